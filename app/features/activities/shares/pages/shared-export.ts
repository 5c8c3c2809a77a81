import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, notFound } from '#app/platform/web.server.ts'
import { sharedColumns } from '../columns.tsx'
import { exportShared } from '../shares.server.ts'
import { readYear } from '../year.server.ts'
import type { Route } from './+types/shared-export'

/** Who counts what in a year, with the identifier that the organisers share. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const year = readYear(url.searchParams, ctx.now())
  if (year === null) throw badRequest('Donnez une année en quatre chiffres.')
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  const rows = await exportShared(ctx, year, format)
  if (!rows) throw notFound()
  return exportResponse(await exportRows(format, `Activités co-organisées ${year}`, sharedColumns, rows))
}
