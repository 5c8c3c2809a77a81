import type { FigureFilters, Period } from '#app/platform/figures.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { dateParts, parseDay } from '#app/ui/french.ts'
import { type AxisKey, isAxis, perimeterLabels } from './axes.ts'
import { FIRST_YEAR, LAST_YEAR, yearPeriod } from './period.ts'
import { knownKey, type Words } from './words.ts'

/** What an address of the figures asks for. */
export interface Asked {
  year: number
  /** The last day counted, when the year is cut before its end. */
  until: string | null
  filters: FigureFilters
}

export type AddressError =
  | { type: 'bad-year'; value: string }
  | { type: 'bad-day'; value: string }
  | { type: 'unknown-value'; axis: AxisKey; value: string }
  | { type: 'axis-not-used'; axis: AxisKey }

export const EVERYTHING = 'tout'

export const periodOf = ({ year, until }: Pick<Asked, 'year' | 'until'>): Period =>
  until === null ? yearPeriod(year) : { from: `${year}-01-01`, to: until }

export function readYearParam(text: string | null | undefined, now: Date): Result<number, AddressError> {
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

/** The query of a figure, a year and its filters; the perimeter is always said, so that a shared address never changes its meaning. */
export function figureQuery({ year, until, filters }: Asked): string {
  const params = new URLSearchParams({ annee: String(year) })
  if (until) params.set('jusqu', until)
  const { perimetre, ...others } = filters
  for (const value of perimetre?.length ? perimetre : [EVERYTHING]) params.append('perimetre', value)
  for (const [axis, values] of Object.entries(others)) for (const value of values) params.append(axis, value)
  return `?${params}`
}

/** Where « D’où vient ce chiffre ? » is answered. */
export const figureHref = (id: string, asked: Asked): string => `/bureau/chiffres/${id}${figureQuery(asked)}`

/** The same figure, one cell further in. */
export const cellHref = (id: string, asked: Asked, cell: Partial<Record<AxisKey, string>>): string => {
  const narrower = Object.fromEntries(Object.entries(cell).map(([axis, key]) => [axis, [key]]))
  return figureHref(id, { ...asked, filters: { ...asked.filters, ...narrower } })
}

export const isPerimeter = (key: string): key is keyof typeof perimeterLabels => key in perimeterLabels

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
