import { checkPage, listErrorAnswer, type ListParamsError, parseListParams } from '#app/platform/list-params.ts'
import { data } from 'react-router'
import { importKinds } from '#app/platform/imports.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead, StateTag } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import type { Column } from '#app/ui/table.ts'
import { countImports, latestImports } from '../import-record.server.ts'
import { importStateLabels } from '../state-labels.ts'
import type { Route } from './+types/imports'

const rules = { sortable: [], defaultSort: { key: 'date', direction: 'desc' }, pageSize: 50 } as const

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:import')
  const state = parseListParams(url.searchParams, rules)
  if (!state.ok) throw refused(state.error)
  const total = await countImports(ctx)
  const page = checkPage(state.value, total)
  if (!page.ok) throw refused(page.error)
  const kinds = context.get(importKinds)
  const rows = (await latestImports(ctx, page.value)).map(
    ({ id, fileName, kind, state: step, createdAt, ownerLabel }) => ({
      id,
      fileName,
      kind: kinds.find(({ key }) => key === kind)?.label ?? 'Autre',
      step,
      createdAt,
      ownerLabel,
    }),
  )
  return { rows, total, state: state.value }
}

function refused(error: ListParamsError) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

type Row = Route.ComponentProps['loaderData']['rows'][number]

const columns: Column<Row>[] = [
  {
    key: 'fichier',
    label: 'Fichier',
    value: ({ fileName }) => fileName,
    render: ({ id, fileName }) => <Link href={`/bureau/imports/${id}`}>{fileName}</Link>,
    weight: 'main',
  },
  { key: 'contenu', label: 'Contenu', value: ({ kind }) => kind },
  {
    key: 'etat',
    label: 'État',
    value: ({ step }) => importStateLabels[step]!.label,
    render: ({ step }) => <StateTag tone={importStateLabels[step]!.tone}>{importStateLabels[step]!.label}</StateTag>,
  },
  { key: 'date', label: 'Envoyé', value: ({ createdAt }) => createdAt, kind: 'datetime' },
  { key: 'qui', label: 'Par', value: ({ ownerLabel }) => ownerLabel, weight: 'wide' },
]

export default function Imports({ loaderData: { rows, total, state } }: Route.ComponentProps) {
  const add = (
    <LinkButton href="/bureau/imports/nouveau" look="primary">
      Importer un fichier
    </LinkButton>
  )
  return (
    <OfficePage wide>
      <title>Imports</title>
      <PageHead title="Imports" actions={add} />
      <DataTable
        caption="Fichiers repris"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'import' }}
        empty={
          <EmptyState title="Aucun fichier repris" action={add}>
            <p>
              <Fr>
                Un carnet d’adresses, une liste d’organisations, les présences d’une année passée : un fichier Excel ou
                CSV suffit.
              </Fr>
            </p>
          </EmptyState>
        }
      />
    </OfficePage>
  )
}
