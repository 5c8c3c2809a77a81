import { joinList, plural } from '#app/ui/french.ts'
import type { Mode } from '../labels.ts'
import type { AgendaLine, RegistrationHint } from './agenda.server.ts'

/** « Toulouse », « À distance », « Montpellier et à distance » */
export function whereWords(mode: Mode, place: string | null): string {
  if (mode === 'distanciel') return 'À distance'
  if (mode === 'hybride') return place ? `${place} et à distance` : 'Sur place et à distance'
  return place ?? 'Lieu à préciser'
}

/** « Séminaire, avec le Département et deux associations » */
export function whatWords({ kind, series, partners }: Pick<AgendaLine, 'kind' | 'series' | 'partners'>): string {
  const named = partners.slice(0, 2)
  const others = partners.length - named.length
  const all = others > 0 ? [...named, plural(others, 'autre partenaire', 'autres partenaires')] : named
  const together = all.length > 0 ? `, avec ${joinList(all)}` : ''
  return `${kind}${together}${series ? ` · cycle « ${series} »` : ''}`
}

type Hint = { tone: 'good' | 'warn' | 'bad' | 'neutral'; words: string }

export function hintWords(hint: RegistrationHint): Hint | null {
  switch (hint.kind) {
    case 'none':
      return null
    case 'cancelled':
      return { tone: 'bad', words: 'Annulée' }
    case 'open':
      return { tone: 'good', words: 'Inscription ouverte' }
    case 'places':
      return { tone: 'good', words: plural(hint.left, 'place') }
    case 'waiting-list':
      return { tone: 'warn', words: 'Liste d’attente' }
    case 'full':
      return { tone: 'neutral', words: 'Complet' }
    default:
      return hint satisfies never
  }
}
