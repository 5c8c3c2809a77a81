import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, requirePermission } from '#app/platform/web.server.ts'
import { type TerritoryKind, territoryKinds } from '../schema.server.ts'
import { searchTerritories } from '../search.server.ts'
import type { Route } from './+types/territories-json'

const isKind = (text: string): text is TerritoryKind => (territoryKinds as readonly string[]).includes(text)

/** Territories as one types, for the boxes of the office; `genre` keeps some kinds. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'territory:read')
  const kinds = url.searchParams.getAll('genre')
  if (!kinds.every(isKind)) throw badRequest('Ce genre de territoire n’existe pas.')
  const found = await searchTerritories(ctx, url.searchParams.get('q') ?? '', 8, kinds.length > 0 ? kinds : undefined)
  return Response.json(
    found.map(({ id, label, detail }) => ({ id, label, detail })),
    { headers: { 'cache-control': 'private, no-store' } },
  )
}
