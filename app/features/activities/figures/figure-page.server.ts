import type { AppContext } from '#app/platform/context.ts'
import { can } from '#app/platform/context.ts'
import type { FigureFilters, FigureValue, Period } from '#app/platform/figures.ts'
import { checkPage, type ListParamsError, type ListState, parseListParams } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type AddressError, periodOf, readAddress } from './address.ts'
import { type Asked } from './hrefs.ts'
import { presenceAxes } from './axes.ts'
import { type ActivityFigure, exportedRows, figureById } from './catalogue.server.ts'
import { type AnyRow, rowSorts } from './rows.server.ts'
import type { RowKind } from './sources.server.ts'
import { readWords } from './words.server.ts'
import type { Words } from './words.ts'

export type OpenError =
  | { type: 'not-allowed' }
  | { type: 'no-such-figure' }
  | { type: 'bad-address'; error: AddressError }
  | { type: 'bad-list'; error: ListParamsError }

interface Open {
  figure: ActivityFigure
  asked: Asked
  period: Period
  state: ListState
  words: Words
}

/** Axes accepted in the address of a figure; a ratio is bounded as its whole is. */
export const filtersOf = (figure: ActivityFigure): string[] => [...(figure.bounds ?? figure.axes.map(({ key }) => key))]

async function open(ctx: AppContext, id: string, params: URLSearchParams): Promise<Result<Open, OpenError>> {
  if (!can(ctx.actor, 'figures:read')) return err({ type: 'not-allowed' })
  const figure = figureById(id)
  if (!figure) return err({ type: 'no-such-figure' })
  const words = await readWords(ctx.db)
  const axes = filtersOf(figure)
  const asked = readAddress(params, { axes, perimeter: figure.perimeter, words, now: ctx.now() })
  if (!asked.ok) return err({ type: 'bad-address', error: asked.error })
  const extra = Object.fromEntries(['annee', 'jusqu', ...axes].map((name) => [name, 'text' as const]))
  const state = parseListParams(params, { ...rowSorts(figure.rowKind as RowKind), filters: extra })
  if (!state.ok) return err({ type: 'bad-list', error: state.error })
  return ok({ figure, asked: asked.value, period: periodOf(asked.value), state: state.value, words })
}

export interface OpenedFigure {
  id: string
  label: string
  unit: { one: string; many: string }
  definition: string
  kind: ActivityFigure['kind']
  rowKind: string
  asked: Asked
  state: ListState
  value: FigureValue
  /** Unidentified people, for the range of a count of people: counted and estimated. */
  range: { counted: number; estimated: number } | null
  rows: AnyRow[]
  total: number
  words: Words
  mayExport: boolean
}

/** « D’où vient ce chiffre ? »: the value asked for, and a page of the rows it is made of. */
export async function openFigure(
  ctx: AppContext,
  id: string,
  params: URLSearchParams,
): Promise<Result<OpenedFigure, OpenError>> {
  const opened = await open(ctx, id, params)
  if (!opened.ok) return opened
  const { figure, asked, period, state, words } = opened.value
  const offset = (state.page - 1) * state.pageSize
  const value = await figure.compute(ctx, period, asked.filters)
  const found = await figure.rows(ctx, period, asked.filters, { offset, limit: state.pageSize, sort: state.sort })
  if (!value.ok || !found.ok) return err({ type: 'not-allowed' })
  const page = checkPage(state, found.value.total)
  if (!page.ok) return err({ type: 'bad-list', error: page.error })
  return ok({
    ...shown(figure),
    asked,
    state,
    value: value.value,
    range: figure.id === 'personnes' ? await rangeOf(ctx, period, asked.filters) : null,
    rows: found.value.rows,
    total: found.value.total,
    words,
    mayExport: figure.rowKind === 'activity' || can(ctx.actor, 'attendance:export'),
  })
}

const shown = ({ id, label, unit, definition, kind, rowKind }: ActivityFigure) => ({
  id,
  label,
  unit,
  definition,
  kind,
  rowKind,
})

/** Nobody knows the profile of those who were not named: a count of people bounded by profile has no range. */
async function rangeOf(ctx: AppContext, period: Period, filters: FigureFilters): Promise<OpenedFigure['range']> {
  if (presenceAxes.some((axis) => filters[axis])) return null
  const [counted, estimated] = await Promise.all(
    ['non-identifiees', 'non-identifiees-estimees'].map((id) => figureById(id)!.compute(ctx, period, filters)),
  )
  return counted?.ok && estimated?.ok ? { counted: counted.value.value, estimated: estimated.value.value } : null
}

/** The same figure, every row of it. */
export async function exportFigure(ctx: AppContext, id: string, params: URLSearchParams) {
  const opened = await open(ctx, id, params)
  if (!opened.ok) return opened
  const { figure, asked, period, state, words } = opened.value
  const rows = await exportedRows(ctx, figure, period, asked.filters, state.sort)
  if (!rows.ok) return err({ type: 'not-allowed' } as const)
  return ok({ ...shown(figure), asked, rows: rows.value, words })
}
