import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { withinLimit } from '#app/platform/rate-limit.server.ts'
import { tooMany } from '#app/platform/web.server.ts'
import { organisationNames } from '../search.server.ts'
import { suggestions } from '../suggestions.server.ts'
import type { Route } from './+types/organisation-names-json'

/** As one types, a visitor asks some ten times for one name. */
const LIMIT = { name: 'organisations.json', max: 120, seconds: 60 }

/** Names of organisations, for the public registration form. Nothing else, and nobody. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  if (!(await withinLimit(ctx, LIMIT, context.get(webRequest).ip))) throw tooMany()
  return suggestions(await organisationNames(ctx.db, url.searchParams.get('q') ?? ''))
}
