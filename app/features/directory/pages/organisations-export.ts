import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { organisationColumns } from '../columns.tsx'
import { exportOrganisations, organisationsRules } from '../organisations-list.server.ts'
import { refusal } from '../suggestions.server.ts'
import type { Route } from './+types/organisations-export'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:read')
  const { rules } = await organisationsRules(ctx)
  const state = parseListParams(url.searchParams, rules)
  if (!state.ok) {
    const { status, message } = listErrorAnswer(state.error)
    return refusal(status, message)
  }
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  const rows = await exportOrganisations(ctx, state.value, format)
  if (!rows.ok) return refusal(403, 'Votre rôle ne permet pas d’exporter l’annuaire.')
  return exportResponse(await exportRows(format, 'Organisations', organisationColumns, rows.value))
}
