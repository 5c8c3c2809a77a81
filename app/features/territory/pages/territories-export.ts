import { data } from 'react-router'
import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound, requirePermission } from '#app/platform/web.server.ts'
import { territoryColumns } from '../columns.tsx'
import { exportTerritories, territoryRules } from '../list.server.ts'
import type { Route } from './+types/territories-export'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'territory:read')
  const { rules } = await territoryRules(ctx)
  const state = parseListParams(url.searchParams, rules)
  if (!state.ok) {
    const { status, message } = listErrorAnswer(state.error)
    throw data(message, { status })
  }
  const rows = await exportTerritories(ctx, state.value)
  if (!rows.ok) throw notFound()
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  return exportResponse(await exportRows(format, 'Territoires', territoryColumns, rows.value))
}
