import type { Period } from '#app/platform/figures.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { dateParts, parseDay } from '#app/ui/french.ts'
import { type AxisKey, isAxis } from './axes.ts'
import { type Asked, EVERYTHING } from './hrefs.ts'
import { FIRST_YEAR, LAST_YEAR, yearPeriod } from './period.ts'
import { knownKey, type Words } from './words.ts'

export type AddressError =
  | { type: 'bad-year'; value: string }
  | { type: 'bad-day'; value: string }
  | { type: 'unknown-value'; axis: AxisKey; value: string }
  | { type: 'axis-not-used'; axis: AxisKey }

export const periodOf = ({ year, until }: Pick<Asked, 'year' | 'until'>): Period =>
  until === null ? yearPeriod(year) : { from: `${year}-01-01`, to: until }

function readYearParam(text: string | null | undefined, now: Date): Result<number, AddressError> {
  if (!text) return ok(dateParts(now).year)
  const year = /^\d{4}$/.test(text) ? Number(text) : 0
  return year >= FIRST_YEAR && year <= LAST_YEAR ? ok(year) : err({ type: 'bad-year', value: text.slice(0, 20) })
}

/** Reads annee, jusqu and the axes a figure knows; what it does not know is refused, never ignored. */
export function readAddress(
  params: URLSearchParams,
  { axes, perimeter, words, now }: { axes: readonly string[]; perimeter: string | null; words: Words; now: Date },
): Result<Asked, AddressError> {
  const year = readYearParam(params.get('annee'), now)
  if (!year.ok) return year
  const until = readUntil(params.get('jusqu'), year.value)
  if (!until.ok) return until
  const filters: Record<string, readonly string[]> = {}
  for (const axis of new Set(params.keys())) {
    if (!isAxis(axis)) continue
    const values = [...new Set(params.getAll(axis))].filter((value) => value !== '')
    if (values.length === 0 || (axis === 'perimetre' && values.includes(EVERYTHING))) continue
    if (!axes.includes(axis)) return err({ type: 'axis-not-used', axis })
    const stranger = values.find((value) => !knownKey(words, axis, value))
    if (stranger !== undefined || values.length > 100)
      return err({ type: 'unknown-value', axis, value: (stranger ?? '').slice(0, 50) })
    filters[axis] = values
  }
  if (perimeter && !params.get('perimetre')) filters.perimetre = [perimeter]
  return ok({ year: year.value, until: until.value, filters })
}

function readUntil(text: string | null, year: number): Result<string | null, AddressError> {
  if (!text) return ok(null)
  const day = parseDay(text)
  return day?.startsWith(`${year}-`) ? ok(day) : err({ type: 'bad-day', value: text.slice(0, 20) })
}

/** The sentence of a refused address. */
export function addressAnswer(error: AddressError, axisLabels: Record<AxisKey, string>): string {
  switch (error.type) {
    case 'bad-year':
      return `« ${error.value} » n’est pas une année : donnez quatre chiffres, de ${FIRST_YEAR} à ${LAST_YEAR}.`
    case 'bad-day':
      return `« ${error.value} » n’est pas un jour de cette année.`
    case 'unknown-value':
      return `Le filtre « ${axisLabels[error.axis]} » ne connaît pas « ${error.value} ».`
    case 'axis-not-used':
      return `Ce chiffre ne se découpe pas par « ${axisLabels[error.axis]} ».`
    default:
      return error satisfies never
  }
}
