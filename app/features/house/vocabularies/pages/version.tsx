import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { PageHead, StateTag } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import type { Column } from '#app/ui/table.ts'
import { readVersion } from '../queries.server.ts'
import { type Perimeter, perimeterLabels } from '../vocabularies.ts'
import type { Route } from './+types/version'

export async function loader({ context, params }: Route.LoaderArgs) {
  const number = /^\d{1,6}$/.test(params.version) ? Number(params.version) : 0
  const version = await readVersion(context.get(requestContext), params.vocabulary, number)
  if (!version) throw notFound('Cette version n’existe pas.')
  return version
}

type VersionRow = Awaited<ReturnType<typeof loader>>['terms'][number]

export default function Version({ loaderData }: Route.ComponentProps) {
  const { vocabulary, version, at, actorLabel, terms } = loaderData
  const nameOf = new Map(terms.map(({ id, label }) => [id, label]))
  const columns: Column<VersionRow>[] = [
    {
      key: 'terme',
      label: 'Terme',
      value: ({ label }) => label,
      weight: 'main',
      render: ({ label, retired }) => (
        <>
          {label} {retired && <StateTag tone="neutral">Retiré</StateTag>}
        </>
      ),
    },
    {
      key: 'famille',
      label: 'Famille',
      value: ({ parentId }) => parentId && nameOf.get(parentId),
      shown: vocabulary.families ?? false,
    },
    {
      key: 'perimetre',
      label: 'Se compte dans',
      value: ({ attributes }) => perimeterLabels[attributes.perimeter as Perimeter],
      shown: vocabulary.kinds ?? false,
    },
  ]
  return (
    <OfficePage>
      <title>{`${vocabulary.label}, version ${version}`}</title>
      <PageHead
        breadcrumb={[
          { label: 'Vocabulaires', href: '/bureau/vocabulaires' },
          { label: vocabulary.label, href: `/bureau/vocabulaires/${vocabulary.key}` },
        ]}
        title={`${vocabulary.label}, version ${version}`}
        detail={
          <>
            <Moment date={at} />, par {actorLabel}
          </>
        }
      />
      <DataTable
        caption={vocabulary.label}
        columns={columns}
        rows={terms}
        rowKey={({ id }) => id}
        noun={{ one: 'terme' }}
        empty={null}
      />
    </OfficePage>
  )
}
