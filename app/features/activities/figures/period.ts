import type { Period } from '#app/platform/figures.ts'
import { dateParts, formatDate, isoDay, parseDay } from '#app/ui/french.ts'

export const FIRST_YEAR = 1990
export const LAST_YEAR = 2100

export const yearPeriod = (year: number): Period => ({ from: `${year}-01-01`, to: `${year}-12-31` })

export const yearOf = (now: Date): number => dateParts(now).year

/** The same day a year earlier; 29 February becomes 28 February. */
function dayBefore(day: string): string {
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return parseDay(before) ?? `${before.slice(0, 8)}28`
}

/** From 1 January to today. */
export const yearSoFar = (now: Date): Period => ({ from: `${yearOf(now)}-01-01`, to: isoDay(now) })

/** What a period is compared with: the year before, cut at the same date. */
const yearEarlier = ({ from, to }: Period): Period => ({ from: dayBefore(from), to: dayBefore(to) })

/** A year under way is compared with the year before at the same date, a past one with the whole year before. */
export const comparedWith = (year: number, now: Date): Period =>
  yearEarlier(year === yearOf(now) ? yearSoFar(now) : yearPeriod(year))

const isWholeYear = ({ from, to }: Period): boolean => from.endsWith('-01-01') && to.endsWith('-12-31')

/** « 2022 », « du 1er janvier au 24 novembre 2022 » */
export const periodLabel = (period: Period): string =>
  isWholeYear(period) ? period.from.slice(0, 4) : `du 1er janvier au ${formatDate(period.to)}`
