import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import type { Column } from '#app/ui/table.ts'
import { listVocabularies } from '../queries.server.ts'
import type { Route } from './+types/vocabularies'

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'vocabularies:write')
  return { list: await listVocabularies(ctx) }
}

type Row = Awaited<ReturnType<typeof listVocabularies>>[number]

const columns: Column<Row>[] = [
  {
    key: 'nom',
    label: 'Vocabulaire',
    value: ({ label }) => label,
    render: ({ key, label, detail }) => (
      <>
        <Link href={`/bureau/vocabulaires/${key}`}>{label}</Link>
        <br />
        <span className="small soft">{detail}</span>
      </>
    ),
    weight: 'main',
  },
  { key: 'termes', label: 'Termes proposés', value: ({ offered }) => offered, kind: 'number' },
  {
    key: 'version',
    label: 'Dernier changement',
    value: ({ last }) => last?.at,
    render: ({ last }) =>
      last && (
        <>
          <Moment date={last.at} /> <span className="soft">par {last.actorLabel}</span>
        </>
      ),
  },
]

export default function Vocabularies({ loaderData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <title>Vocabulaires</title>
      <PageHead
        title="Vocabulaires"
        detail="Les mots avec lesquels le centre range ce qu’il fait. Chaque changement garde la version d’avant, pour relire une année passée avec ses mots."
      />
      <DataTable
        caption="Vocabulaires"
        columns={columns}
        rows={loaderData.list}
        rowKey={({ key }) => key}
        empty={null}
      />
    </OfficePage>
  )
}
