import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { searchActivities } from '../search.server.ts'
import type { Route } from './+types/activities-json'

/** The source of the fields that choose an activity. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'activities:read')
  const found = await searchActivities(ctx, url.searchParams.get('q') ?? '', 12)
  return Response.json(found.map(({ id, label, detail }) => ({ id, label, detail })))
}
