import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { searchOrganisations } from '../search.server.ts'
import { suggestions } from '../suggestions.server.ts'
import type { Route } from './+types/organisations-json'

/** Organisations as one types, for the boxes of the office. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:read')
  return suggestions(await searchOrganisations(ctx, url.searchParams.get('q') ?? '', 8))
}
