import type { Route } from './+types/connection-list-export'
import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { lineColumns } from '../columns.ts'
import { connectionReview } from '../review.server.ts'

/** Every connection of a list, with what was decided of it. */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:export')
  const review = await connectionReview(ctx, { activityId: idParam(params.id), importId: idParam(params.importId) })
  if (!review) throw notFound()
  const format = new URL(request.url).pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  return exportResponse(await exportRows(format, 'Liste de connexion', lineColumns, review.lines))
}
