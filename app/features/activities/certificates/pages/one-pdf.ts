import { pdfResponse } from '#app/platform/pdf/render.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { drawCertificates } from '../document.server.ts'
import { officeCertificate } from '../queries.server.ts'
import type { Route } from './+types/one-pdf'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const found = await officeCertificate(ctx, idParam(params.certificateId))
  if (!found) throw notFound('Cette attestation n’existe pas, ou n’est plus valable.')
  return pdfResponse(`Attestation ${found.holder}`, () => drawCertificates(ctx, [found]))
}
