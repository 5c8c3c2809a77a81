import { data } from 'react-router'
import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { registrationColumns, registrationRules } from '../office/columns.tsx'
import { exportRegistrations } from '../office/list.server.ts'
import type { Route } from './+types/office-export'

/** The list as it is filtered, whole, with an answer a column. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:export')
  const state = parseListParams(url.searchParams, registrationRules)
  if (!state.ok) throw data(listErrorAnswer(state.error).message, { status: listErrorAnswer(state.error).status })
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  const list = await exportRegistrations(ctx, idParam(params.id), state.value, format)
  if (!list.ok) throw notFound()
  const { activity, rows } = list.value
  const columns = registrationColumns({ activityId: activity.id, mode: activity.mode, questions: activity.questions })
  return exportResponse(await exportRows(format, `Inscriptions ${activity.title}`, columns, rows))
}
