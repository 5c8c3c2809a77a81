import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { FigureFilters } from '#app/platform/figures.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type ActivityAxis, activityAxes, type AxisKey, NONE, presenceAxes } from './axes.ts'
import { actColumn, actCte, type Scope } from './base.server.ts'
import { comparedWith, yearOf, yearPeriod } from './period.ts'
import { readWords } from './words.server.ts'
import { type Words, wordOf } from './words.ts'
import { readActivities, readYear, type Year, type YearCell } from './year.server.ts'

/** One cell of an axis with its words, and the same cell a year earlier. */
export interface Line {
  key: string
  label: string
  now: YearCell
  before: YearCell | null
}

export interface YearView {
  year: number
  /** The year is not over: it is compared with the year before at the same date. */
  underWay: boolean
  /** null when the year before holds nothing. */
  compared: { year: number; until: string | null } | null
  total: YearCell
  before: YearCell | null
  lines: Record<AxisKey, Line[]>
}

type ViewError = { type: 'not-allowed' }

const nothing = (key: string): YearCell => ({
  key,
  activities: 0,
  halfDays: 0,
  presences: 0,
  remote: 0,
  counted: 0,
  estimated: 0,
  people: 0,
})

/** Who came in a year, in words, beside the year before. Only axes of activities filter it. */
export const participationView = (ctx: AppContext, year: number, filters: FigureFilters, words?: Words) =>
  viewOf(ctx, year, filters, readYear, words)

/** What the team did in a year: activities and half-days. */
export const activityView = (ctx: AppContext, year: number, filters: FigureFilters, words?: Words) =>
  viewOf(ctx, year, filters, readActivities, words)

async function viewOf(
  ctx: AppContext,
  year: number,
  filters: FigureFilters,
  read: typeof readYear,
  words?: Words,
): Promise<Result<YearView, ViewError>> {
  if (!can(ctx.actor, 'figures:read')) return err({ type: 'not-allowed' })
  return ok(await buildView(ctx.db, ctx.now(), year, filters, read, words))
}

/** What everybody may read of a year: who came to collective actions, in numbers, without a name or a row. */
export const publicView = (db: Database, now: Date, year: number): Promise<YearView> =>
  buildView(db, now, year, { perimetre: ['participation'] }, readYear)

async function buildView(
  db: Database,
  now: Date,
  year: number,
  filters: FigureFilters,
  read: typeof readYear,
  given?: Words,
): Promise<YearView> {
  const earlier = comparedWith(year, now)
  const [found, previous, words] = await Promise.all([
    read(db, { period: yearPeriod(year), filters, now }),
    read(db, { period: earlier, filters, now }),
    given ?? readWords(db),
  ])
  const before = previous.total.activities > 0 ? previous : null
  const underWay = year === yearOf(now)
  return {
    year,
    underWay,
    compared: before && { year: year - 1, until: underWay ? earlier.to : null },
    total: found.total,
    before: before && before.total,
    lines: linesOf(found, before, words),
  }
}

function linesOf(now: Year, before: Year | null, words: Words): YearView['lines'] {
  const axes = [...activityAxes, ...presenceAxes].map((axis) => [axis, axisLines(axis, now, before, words)])
  return Object.fromEntries(axes) as YearView['lines']
}

function axisLines(axis: AxisKey, now: Year, before: Year | null, words: Words): Line[] {
  const [cells, former] = [byKey(now.by[axis]), byKey(before?.by[axis] ?? [])]
  const inOrder = axis === 'serie' ? [] : Object.keys(words[axis] ?? {})
  if (axis === 'mois') inOrder.sort()
  const keys = [...new Set([...inOrder, ...cells.keys(), ...former.keys()])]
  const lines = keys
    .filter((key) => axis === 'mois' || cells.has(key) || former.has(key))
    .map((key) => ({
      key,
      label: wordOf(words, axis, key),
      now: cells.get(key) ?? nothing(key),
      before: before && (former.get(key) ?? nothing(key)),
    }))
  if (axis === 'serie') lines.sort((a, b) => b.now.presences - a.now.presences || a.label.localeCompare(b.label, 'fr'))
  return [...lines.filter(({ key }) => key !== NONE), ...lines.filter(({ key }) => key === NONE)]
}

const byKey = (cells: readonly YearCell[]) => new Map(cells.map((cell) => [cell.key, cell]))

export interface Crosstab {
  rows: { key: string; label: string }[]
  columns: { key: string; label: string }[]
  /** Half-days by row and column; absent when there is none. */
  cells: Record<string, Record<string, number>>
}

/** Half-days of a year by two axes at once; the others filter. */
export async function halfDayCrosstab(
  ctx: AppContext,
  year: number,
  filters: FigureFilters,
  [rowAxis, columnAxis]: readonly [ActivityAxis, ActivityAxis],
  words: Words,
): Promise<Result<Crosstab, ViewError>> {
  if (!can(ctx.actor, 'figures:read')) return err({ type: 'not-allowed' })
  const scope: Scope = { period: yearPeriod(year), filters, now: ctx.now() }
  const { rows } = await ctx.db.execute<{ row: string; col: string; value: number }>(sql`with ${actCte(scope)}
    select ${actColumn(rowAxis)} as row, ${actColumn(columnAxis)} as col, sum(act.half_days)::int as value
    from act where act.kept group by 1, 2 having sum(act.half_days) > 0`)
  const cells: Crosstab['cells'] = {}
  for (const { row, col, value } of rows) cells[row] = { ...cells[row], [col]: value }
  return ok({
    rows: headings(rowAxis, new Set(rows.map(({ row }) => row)), words),
    columns: headings(columnAxis, new Set(rows.map(({ col }) => col)), words),
    cells,
  })
}

function headings(axis: AxisKey, present: ReadonlySet<string>, words: Words) {
  const inOrder = Object.keys(words[axis] ?? {}).filter((key) => present.has(key))
  if (axis === 'mois') inOrder.sort()
  return [...inOrder, ...[...present].filter((key) => !inOrder.includes(key))].map((key) => ({
    key,
    label: wordOf(words, axis, key),
  }))
}
