import { joinList, plural } from '#app/ui/french.ts'
import type { Audience } from '../labels.ts'

/** Addresses are in French. */
export const audienceSlugs: Record<Audience, string> = { present: 'presents', absent: 'absents', excused: 'excuses' }

export const audienceBySlug = (slug: string): Audience | null =>
  (Object.keys(audienceSlugs) as Audience[]).find((audience) => audienceSlugs[audience] === slug) ?? null

const reasons: Record<string, string> = {
  'no-address': 'sans adresse électronique',
  refused: 'à sa demande',
}

export const reasonWords = (reason: string) => reasons[reason] ?? 'pour une autre raison'

/** « 2 personnes laissées de côté : 1 sans adresse électronique, 1 à sa demande » */
export function leftOutWords(leftOut: Record<string, number>): string | null {
  const total = Object.values(leftOut).reduce((all, one) => all + one, 0)
  if (total === 0) return null
  const parts = Object.entries(leftOut).map(([reason, count]) => `${count} ${reasonWords(reason)}`)
  return `${plural(total, 'personne laissée de côté', 'personnes laissées de côté')} : ${joinList(parts)}`
}
