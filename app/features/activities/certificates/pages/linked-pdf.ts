import { data } from 'react-router'
import { pdfResponse } from '#app/platform/pdf/render.server.ts'
import { withinLimit } from '#app/platform/rate-limit.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { notFound, tooMany } from '#app/platform/web.server.ts'
import { privateHeaders } from '../../registration/link-refusal.server.ts'
import { drawCertificates } from '../document.server.ts'
import { drawLimit } from '../limits.ts'
import { linkedCertificate } from '../queries.server.ts'
import type { Route } from './+types/linked-pdf'

/** What the mailed link opens: the latest version, as long as it is good. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const found = await linkedCertificate(ctx, params.token)
  if (!found.ok) throw refusal(found.error.type)
  if (!(await withinLimit(ctx, drawLimit, context.get(webRequest).ip))) throw tooMany()
  return pdfResponse(`Attestation ${found.value.holder}`, () => drawCertificates(ctx, [found.value]))
}

const gone = (sentence: string) => data(sentence, { status: 410, headers: privateHeaders })

function refusal(type: 'forged' | 'expired' | 'revoked') {
  switch (type) {
    case 'forged':
      return notFound('Ce lien n’est pas complet. Ouvrez-le depuis le message reçu, sans le recopier.')
    case 'expired':
      return gone('Ce lien était ouvert un an. Demandez votre attestation au centre.')
    case 'revoked':
      return gone(
        'Cette attestation n’est plus valable : votre présence a été corrigée. Écrivez au centre si c’est une erreur.',
      )
    default:
      return type satisfies never
  }
}
