import type { FigureFilters } from '#app/platform/figures.ts'
import type { AxisKey } from './axes.ts'

/** Every perimeter at once, in addresses. */
export const EVERYTHING = 'tout'

/** What an address of the figures asks for. */
export interface Asked {
  year: number
  /** The last day counted, when the year is cut before its end. */
  until: string | null
  filters: FigureFilters
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
