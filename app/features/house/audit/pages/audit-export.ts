import { data } from 'react-router'
import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { listErrorAnswer } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { trailColumns } from '../columns.tsx'
import { traceExport } from '../queries.server.ts'
import { listTrail } from '../trail-list.server.ts'
import type { Route } from './+types/audit-export'

/** The trail as it is filtered, whole. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'audit:read')
  const { pathname, searchParams } = new URL(request.url)
  const list = await listTrail(ctx, searchParams, { whole: true })
  if (!list.ok) {
    const { status, message } = listErrorAnswer(list.error)
    throw data(message, { status })
  }
  await traceExport(ctx, list.value.rows.length)
  const format = pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  return exportResponse(await exportRows(format, 'Journal', trailColumns, list.value.rows))
}
