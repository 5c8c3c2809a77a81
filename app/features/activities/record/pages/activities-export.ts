import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound, requirePermission } from '#app/platform/web.server.ts'
import { activityColumns } from '../columns.tsx'
import { listActivities, listChoices, listRules } from '../list.server.ts'
import type { Route } from './+types/activities-export'

/** The list as it is filtered and sorted, whole. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'activities:read')
  const state = parseListParams(url.searchParams, listRules(await listChoices(ctx)))
  if (!state.ok) return refused(listErrorAnswer(state.error))
  const list = await listActivities(ctx, state.value, { all: true })
  if (!list) throw notFound()
  if (!list.ok) return refused(listErrorAnswer(list.error))
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  return exportResponse(await exportRows(format, 'Activités', activityColumns, list.value.rows))
}

const refused = ({ status, message }: { status: number; message: string }) =>
  new Response(message, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
