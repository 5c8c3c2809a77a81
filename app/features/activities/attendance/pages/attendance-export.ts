import type { Route } from './+types/attendance-export'
import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { attendanceColumns } from '../columns.ts'
import { readSheet } from '../read-sheet.server.ts'

/** The list as it is filtered, whole. */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:export')
  const url = new URL(request.url)
  const read = await readSheet(ctx, idParam(params.id), url.searchParams, { whole: true })
  if (!read) throw notFound()
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  return exportResponse(await exportRows(format, `Présence ${read.sheet.title}`, attendanceColumns, read.rows))
}
