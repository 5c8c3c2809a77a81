import type { AppContext } from './context.ts'
import type { Result } from './result.ts'

/** Days of Europe/Paris, both included: « 2022-01-01 » to « 2022-12-31 ». */
export interface Period {
  from: string
  to: string
}

/** count: things counted one by one, its rows are them · estimate: never added to counts · ratio: keeps its two counts. */
export type FigureKind = 'count' | 'estimate' | 'ratio'

/** By axis, the keys that are kept; an axis that is absent keeps everything. `-` is « non renseigné ». */
export type FigureFilters = Readonly<Record<string, readonly string[]>>

export interface FigureAxis {
  key: string
  /** The cells add up to the total. When false, one thing may stand in several cells (a person in two months). */
  adds: boolean
}

export interface FigureValue {
  value: number
  /** « 74 % » opens on the 14 and the 19: what a ratio is made of. */
  parts?: { numerator: number; denominator: number }
}

export interface FigureCell {
  key: string
  value: number
}

/** What one row of a figure adds to it; the rows of a count add up to its value. */
export interface FigureRow {
  id: string
  count: number
}

export interface RowPage {
  offset: number
  limit: number
  sort?: { key: string; direction: 'asc' | 'desc' }
}

export interface FigureRows<Row extends FigureRow> {
  total: number
  rows: Row[]
}

export type FigureError = { type: 'not-allowed' } | { type: 'unknown-axis'; axis: string }

type Answer<Value> = Promise<Result<Value, FigureError>>

/** A number of the year, declared once by the feature that owns its rows. */
export interface Figure<Row extends FigureRow = FigureRow> {
  id: string
  /** « Présences cumulées » */
  label: string
  unit: { one: string; many: string }
  /** Printed beside the number, wherever it is shown. */
  definition: string
  /** What is counted when nothing is asked: the key of a perimeter, or null for everything. */
  perimeter: string | null
  kind: FigureKind
  /** What a row is. */
  rowKind: string
  axes: readonly FigureAxis[]
  compute(ctx: AppContext, period: Period, filters?: FigureFilters): Answer<FigureValue>
  breakdown(ctx: AppContext, period: Period, axis: string, filters?: FigureFilters): Answer<FigureCell[]>
  rows(ctx: AppContext, period: Period, filters: FigureFilters, page: RowPage): Answer<FigureRows<Row>>
}
