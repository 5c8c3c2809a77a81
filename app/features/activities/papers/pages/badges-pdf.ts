import { pdfResponse } from '#app/platform/pdf/render.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { badgeSheets, type BadgesError } from '../badges.server.ts'
import { badgeOptions } from '../options.ts'
import type { Route } from './+types/badges-pdf'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:read')
  const options = badgeOptions.safeParse(Object.fromEntries(url.searchParams))
  if (!options.success) throw badRequest(options.error.issues[0]!.message)
  const sheets = await badgeSheets(ctx, idParam(params.id), options.data)
  if (!sheets.ok) throw notFound(sentences[sheets.error.type])
  return pdfResponse(`Badges ${sheets.value.title}`, sheets.value.draw)
}

const sentences: Record<BadgesError['type'], string> = {
  'no-such-activity': 'Cette activité n’existe pas.',
  nobody: 'Personne n’est attendu sur place : il n’y a pas de badge à imprimer.',
}
