import { data } from 'react-router'
import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { teamColumns } from '../columns.tsx'
import { teamListRules } from '../list-rules.ts'
import { listTeam } from '../queries.server.ts'
import type { Route } from './+types/team-export'

export async function loader({ context, url }: Route.LoaderArgs) {
  const state = parseListParams(url.searchParams, teamListRules)
  if (!state.ok) {
    const { status, message } = listErrorAnswer(state.error)
    throw data(message, { status })
  }
  const rows = await listTeam(context.get(requestContext), state.value)
  if (!rows) throw notFound()
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  return exportResponse(await exportRows(format, 'Équipe', teamColumns, rows))
}
