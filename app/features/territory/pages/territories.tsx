import { data } from 'react-router'
import { listErrorAnswer, type ListParamsError, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound, requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { Attribution } from '../attribution.tsx'
import { territoryColumns } from '../columns.tsx'
import { listTerritories, territoryRules } from '../list.server.ts'
import type { Route } from './+types/territories'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'territory:read')
  const { rules, offered } = await territoryRules(ctx)
  const state = parseListParams(url.searchParams, rules)
  if (!state.ok) throw refused(state.error)
  const found = await listTerritories(ctx, state.value)
  if (found.ok) return { ...found.value, state: state.value, offered }
  if (found.error.type === 'not-allowed') throw notFound()
  throw refused(found.error)
}

function refused(error: ListParamsError) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

export default function Territories({ loaderData: { rows, total, state, offered } }: Route.ComponentProps) {
  const kept = (name: string) => state.filters[name]?.[0] ?? ''
  return (
    <OfficePage wide>
      <title>Territoires</title>
      <PageHead
        title="Territoires"
        detail="Départements, EPCI, contrats de ville et quartiers. Les communes apparaissent dès qu’on les cherche."
      />
      <DataTable
        caption="Territoires"
        columns={territoryColumns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'territoire' }}
        exportHref="/bureau/territoires/export"
        filters={
          <>
            <SearchField
              name="q"
              label="Chercher un territoire"
              placeholder="Nom, code, code postal"
              defaultValue={state.q}
            />
            <Select
              name="nature"
              label="Nature"
              placeholder="Toutes"
              options={offered.kinds}
              defaultValue={kept('nature')}
            />
            <Select
              name="departement"
              label="Département"
              placeholder="Tous les départements"
              options={offered.departements}
              defaultValue={kept('departement')}
            />
          </>
        }
        empty={
          <EmptyState title="Aucun territoire">
            <p>Les territoires se chargent d’eux-mêmes au démarrage.</p>
          </EmptyState>
        }
      />
      <Attribution />
    </OfficePage>
  )
}
