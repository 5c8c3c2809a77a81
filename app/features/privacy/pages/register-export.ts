import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { registerColumns } from '../purposes/register-columns.ts'
import { readRegister } from '../purposes/register.server.ts'
import type { Route } from './+types/register-export'

export async function loader({ context, request }: Route.LoaderArgs) {
  const register = await readRegister(context.get(requestContext), { taken: true })
  if (!register.ok) throw notFound()
  const format = new URL(request.url).pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  return exportResponse(await exportRows(format, 'Registre des traitements', registerColumns, register.value))
}
