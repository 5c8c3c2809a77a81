import { pdfResponse } from '#app/platform/pdf/render.server.ts'
import { withinLimit } from '#app/platform/rate-limit.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { notFound, tooMany } from '#app/platform/web.server.ts'
import { linkRefusal } from '../../registration/link-refusal.server.ts'
import { readOwn } from '../../registration/own.server.ts'
import { drawCertificates } from '../document.server.ts'
import { drawLimit } from '../limits.ts'
import { ofAttendance } from '../queries.server.ts'
import type { Route } from './+types/own-pdf'

/** One's own certificate, by the link of one's registration, once it was asked for there. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const own = await readOwn(ctx, params.token)
  if (!own.ok) throw linkRefusal(own.error)
  const found = own.value.status === 'present' ? await ofAttendance(ctx.db, own.value.id) : null
  if (!found)
    throw notFound('Il n’y a pas d’attestation à cette adresse : demandez-la depuis la page de votre inscription.')
  if (!(await withinLimit(ctx, drawLimit, context.get(webRequest).ip))) throw tooMany()
  return pdfResponse(`Attestation ${found.holder}`, () => drawCertificates(ctx, [found]))
}
