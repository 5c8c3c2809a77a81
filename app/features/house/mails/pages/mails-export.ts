import { data } from 'react-router'
import { recordChange } from '#app/platform/changes.server.ts'
import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { listErrorAnswer } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { mailColumns } from '../columns.tsx'
import { listAsked } from '../mail-list.server.ts'
import type { Route } from './+types/mails-export'

/** The list as it is filtered, whole. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'mails:read')
  const { pathname, searchParams } = new URL(request.url)
  const list = await listAsked(ctx, searchParams, { whole: true })
  if (!list.ok) {
    const { status, message } = listErrorAnswer(list.error)
    throw data(message, { status })
  }
  const { rows } = list.value
  await recordChange(ctx.db, ctx, {
    action: 'house.mails-exported',
    entity: 'export',
    entityId: 'envois',
    fields: { lines: [null, rows.length] },
  })
  const format = pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  return exportResponse(await exportRows(format, 'Envois', mailColumns, rows))
}
