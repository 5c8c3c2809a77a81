import { pdfResponse } from '#app/platform/pdf/render.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { sheetOptions } from '../options.ts'
import { signingSheet, type SheetError } from '../sheet.server.ts'
import type { Route } from './+types/sheet-pdf'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:read')
  const options = sheetOptions.safeParse(Object.fromEntries(url.searchParams))
  if (!options.success) throw badRequest(options.error.issues[0]!.message)
  const sheet = await signingSheet(ctx, idParam(params.id), options.data)
  if (!sheet.ok) throw notFound(sentences[sheet.error.type])
  return pdfResponse(`Feuille d’émargement ${sheet.value.title}`, sheet.value.draw)
}

const sentences: Record<SheetError['type'], string> = {
  'no-such-activity': 'Cette activité n’existe pas.',
  'no-such-session': 'Cette séance n’existe plus.',
}
