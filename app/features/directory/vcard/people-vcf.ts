import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { plural } from '#app/ui/french.ts'
import { peopleRules } from '../people-list.server.ts'
import { refusal } from '../suggestions.server.ts'
import { MOST_CARDS, peopleCards } from './person-card.server.ts'
import { cardResponse } from './vcard.ts'
import type { Route } from './+types/people-vcf'

/** The list as it is filtered, for an address book. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:read')
  const { rules } = await peopleRules(ctx)
  const state = parseListParams(url.searchParams, rules)
  if (!state.ok) {
    const { status, message } = listErrorAnswer(state.error)
    return refusal(status, message)
  }
  const cards = await peopleCards(ctx, state.value)
  if (cards.ok) return cardResponse('personnes', cards.value)
  switch (cards.error.type) {
    case 'not-allowed':
      return refusal(403, 'Votre rôle ne permet pas d’exporter l’annuaire.')
    case 'too-many': {
      const most = plural(MOST_CARDS, 'fiche')
      return refusal(
        400,
        `Cette liste compte ${plural(cards.error.count, 'personne')} ; un carnet d’adresses en prend ${most} au plus. Filtrez-la d’abord.`,
      )
    }
    default:
      return cards.error satisfies never
  }
}
