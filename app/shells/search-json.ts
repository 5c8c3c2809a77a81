import { requirePermission } from '../platform/web.server.ts'
import { requestContext } from '../platform/request-context.server.ts'
import type { Route } from './+types/search-json'
import { searchEverything } from './search.server.ts'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'office:enter')
  return Response.json({ groups: await searchEverything(ctx, url.searchParams.get('q') ?? '', 6) })
}
