import { pdfResponse } from '#app/platform/pdf/render.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { drawCertificates } from '../document.server.ts'
import { certificatesOf } from '../queries.server.ts'
import type { Route } from './+types/all-pdf'

/** Every good certificate of an activity or of a cycle, one a page; the address says which of the two. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:export')
  const kind = url.pathname.startsWith('/bureau/series/') ? 'series' : 'activity'
  const asked = url.searchParams.get('partie') ?? '1'
  const part = /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 0
  const list = part > 0 ? await certificatesOf(ctx, { kind, id: idParam(params.id) }, part) : []
  if (list.length === 0) throw notFound('Aucune attestation n’est encore établie ici.')
  return pdfResponse(`Attestations ${list[0]!.facts.subject}`, () => drawCertificates(ctx, list))
}
