import { formatNumber, formatPercent, joinList, nb } from '#app/ui/french.ts'
import { sharesOf } from '#app/ui/shares.ts'
import type { Line, YearView } from '#app/features/activities/index.server.ts'

/** « 2021 », « 2021 à la même date » */
export const comparedLabel = ({ compared }: YearView): string | undefined =>
  compared ? (compared.until ? `${compared.year} à la même date` : String(compared.year)) : undefined

/** « 12 % de plus qu’en 2021 (360) », « 2,1 fois le nombre de 2021 (89) »; null when there is nothing to compare with. */
export function evolution(now: number, before: number | undefined, view: YearView): string | null {
  const compared = comparedLabel(view)
  if (!compared || !before) return null
  const ratio = (now - before) / before
  if (Math.abs(ratio) < 0.005) return `autant qu’en ${compared}`
  if (ratio >= 1) return nb(`${formatNumber(now / before, 1)} fois le nombre de ${compared} (${formatNumber(before)})`)
  return nb(
    `${formatPercent(Math.abs(ratio))} de ${ratio > 0 ? 'plus' : 'moins'} qu’en ${compared} (${formatNumber(before)})`,
  )
}

/** The three greatest parts, with their shares: « Collectivités (42 %), Associations (25 %) et État (14 %) ». */
export function leaders(lines: readonly Line[], measure: 'presences' | 'people'): string | null {
  const shares = sharesOf(lines.map(({ now }) => now[measure]))
  const ranked = lines
    .map(({ key, label, now }, i) => ({ key, label, value: now[measure], share: shares[i] ?? 0 }))
    .filter(({ key, value }) => key !== '-' && value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, 3)
  return ranked.length === 0 ? null : nb(joinList(ranked.map(({ label, share }) => `${label} (${share} %)`)))
}

/** The month most people came in; null when several are equal or there is only one. */
export function busiestMonth({ lines }: YearView): Line | null {
  const filled = lines.mois.filter(({ now }) => now.presences > 0).sort((a, b) => b.now.presences - a.now.presences)
  const [first, second] = filled
  return first && second && first.now.presences > second.now.presences ? first : null
}

/** « 1,4 fois » */
export const timesEach = ({ total }: YearView): string | null =>
  total.people > 0 && total.presences > total.people ? `${formatNumber(total.presences / total.people, 1)} fois` : null

export const unnamedOf = ({ total }: YearView): number => total.counted + total.estimated
