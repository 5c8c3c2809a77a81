import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { refusal } from '../suggestions.server.ts'
import { personCard } from './person-card.server.ts'
import { cardResponse } from './vcard.ts'
import type { Route } from './+types/person-vcf'

/** One person, for the address book of a telephone or of a mail program. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:read')
  const card = await personCard(ctx, idParam(params.id))
  if (card.ok) return cardResponse('fiche', [card.value])
  switch (card.error.type) {
    case 'not-allowed':
      return refusal(403, 'Votre rôle ne permet pas d’exporter l’annuaire.')
    case 'not-found':
      throw notFound()
    default:
      return card.error satisfies never
  }
}
