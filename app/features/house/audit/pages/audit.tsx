import { data } from 'react-router'
import { listErrorAnswer } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { DateField, SearchField, Select } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { entityLabels } from '../../labels.ts'
import { trailColumns } from '../columns.tsx'
import { listTrail } from '../trail-list.server.ts'
import type { Route } from './+types/audit'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'audit:read')
  const list = await listTrail(ctx, url.searchParams)
  if (list.ok) return list.value
  const { status, message } = listErrorAnswer(list.error)
  throw data(message, { status })
}

const entities = Object.entries(entityLabels).map(([value, label]) => ({ value, label }))

export default function Audit({ loaderData }: Route.ComponentProps) {
  const { state, rows, total } = loaderData
  const chosen = (name: string) => state.filters[name]?.[0] ?? ''
  return (
    <OfficePage wide>
      <title>Journal</title>
      <PageHead title="Journal" detail="Qui a changé quoi, et quand, champ par champ." />
      <DataTable
        caption="Journal des modifications"
        columns={trailColumns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'changement' }}
        exportHref="/bureau/journal/export"
        filters={
          <>
            <SearchField name="q" label="Par" placeholder="Nom" defaultValue={state.q} />
            <Select
              name="fiche"
              label="Fiches"
              placeholder="Toutes"
              options={entities}
              defaultValue={chosen('fiche')}
            />
            <DateField name="du" label="Du" defaultValue={chosen('du')} />
            <DateField name="au" label="Au" defaultValue={chosen('au')} />
          </>
        }
        empty={
          <EmptyState title="Rien n’a encore changé.">
            Chaque ajout, modification ou retrait s’écrira ici de lui-même, avec son auteur.
          </EmptyState>
        }
      />
    </OfficePage>
  )
}
