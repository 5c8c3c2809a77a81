import { data } from 'react-router'
import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { assiduityColumns } from '../assiduity-columns.tsx'
import { assiduityRules, exportAssiduity } from '../assiduity-list.server.ts'
import type { Route } from './+types/assiduity-export'

/** The table as it is filtered, whole, with a column an activity. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:export')
  const state = parseListParams(url.searchParams, assiduityRules)
  if (!state.ok) throw data(listErrorAnswer(state.error).message, { status: listErrorAnswer(state.error).status })
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  const list = await exportAssiduity(ctx, idParam(params.id), state.value, format)
  if (!list.ok) throw notFound()
  const { series, steps, rows } = list.value
  const columns = assiduityColumns(steps, series.requiredShare)
  return exportResponse(await exportRows(format, `Assiduité ${series.title}`, columns, rows))
}
