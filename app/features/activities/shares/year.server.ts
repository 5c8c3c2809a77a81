import { FIRST_YEAR, LAST_YEAR, yearOf } from '../figures/period.ts'

/** `?annee=`; this year when nothing is said, null when it is not a year. */
export function readYear(params: URLSearchParams, now: Date): number | null {
  const text = params.get('annee')
  if (!text) return yearOf(now)
  const year = /^\d{4}$/.test(text) ? Number(text) : 0
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : null
}
