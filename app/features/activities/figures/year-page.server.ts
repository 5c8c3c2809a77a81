import { type AppContext, can } from '#app/platform/context.ts'
import type { FigureFilters } from '#app/platform/figures.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type AddressError, readAddress } from './address.ts'
import { type Asked } from './hrefs.ts'
import { type ActivityAxis, activityAxes, type AxisKey, isActivityAxis } from './axes.ts'
import { figureById } from './catalogue.server.ts'
import { yearPeriod } from './period.ts'
import { sharedOfYear } from '../shares/shares.server.ts'
import { activityView, type Crosstab, halfDayCrosstab, participationView, type YearView } from './view.server.ts'
import { readWords } from './words.server.ts'
import type { Words } from './words.ts'
import { recordedYears } from './year.server.ts'

export interface YearPage {
  asked: Asked
  years: number[]
  /** Nothing was recorded in this year, whatever the filters. */
  blank: boolean
  participation: YearView
  activity: YearView
  /** Support missions, told apart from collective actions: shown when the perimeter is the latter. */
  appui: { presences: number; people: number } | null
  /** The perimeter chosen by hand; without one each part has its own. */
  perimeter: string | null
  axes: [ActivityAxis, ActivityAxis]
  crosstab: Crosstab
  /** Figures that have no part of the page of their own. */
  others: OtherFigure[]
  /** Co-organised activities on which nothing is agreed yet. */
  toShare: number
  choices: Record<'theme' | 'departement' | 'type' | 'mode', { value: string; label: string }[]>
}

export interface OtherFigure {
  id: string
  label: string
  kind: 'count' | 'estimate' | 'ratio'
  value: number
}

export type YearPageError =
  | { type: 'not-allowed' }
  | { type: 'bad-address'; error: AddressError }
  | { type: 'bad-axis'; value: string }

/** Everything the page of a year shows. */
export async function yearPage(ctx: AppContext, params: URLSearchParams): Promise<Result<YearPage, YearPageError>> {
  if (!can(ctx.actor, 'figures:read')) return err({ type: 'not-allowed' })
  const words = await readWords(ctx.db)
  const asked = readAddress(params, { axes: activityAxes, perimeter: null, words, now: ctx.now() })
  if (!asked.ok) return err({ type: 'bad-address', error: asked.error })
  const axes = readAxes(params)
  if (!axes.ok) return axes
  const { year, filters } = asked.value
  const chosen = params.get('perimetre') || null
  const people: FigureFilters = chosen ? filters : { ...filters, perimetre: ['participation'] }
  const [participation, activity, crosstab, years, appui, others, shared] = await Promise.all([
    participationView(ctx, year, people, words),
    activityView(ctx, year, filters, words),
    halfDayCrosstab(ctx, year, filters, axes.value, words),
    recordedYears(ctx.db),
    chosen ? null : appuiOf(ctx, year, filters),
    othersOf(ctx, year),
    sharedOfYear(ctx, year),
  ])
  if (!participation.ok || !activity.ok || !crosstab.ok) return err({ type: 'not-allowed' })
  return ok({
    asked: { ...asked.value, until: null },
    years: [...new Set([...years, year])].sort((a, b) => b - a),
    blank: !years.includes(year),
    participation: participation.value,
    activity: activity.value,
    appui,
    perimeter: chosen,
    axes: axes.value,
    crosstab: crosstab.value,
    others,
    toShare: (shared ?? []).filter(({ state }) => state === 'to-share').length,
    choices: choicesOf(words, activity.value, filters),
  })
}

function readAxes(params: URLSearchParams): Result<[ActivityAxis, ActivityAxis], YearPageError> {
  const [rows, columns] = [params.get('lignes') || 'anct', params.get('colonnes') || 'mode']
  const stranger = [rows, columns].find((axis) => !isActivityAxis(axis))
  if (stranger !== undefined) return err({ type: 'bad-axis', value: stranger.slice(0, 30) })
  return ok([rows as ActivityAxis, columns as ActivityAxis])
}

const OTHERS = ['demi-journees-attribuees', 'presences-declarees', 'parcours', 'assiduite-cycles', 'parcours-acheves']

/** Each in its own perimeter, of the whole year; those that count nothing are left out. */
async function othersOf(ctx: AppContext, year: number): Promise<OtherFigure[]> {
  const found = await Promise.all(
    OTHERS.map(async (id) => {
      const { label, kind, perimeter, compute } = figureById(id)!
      const done = await compute(ctx, yearPeriod(year), perimeter ? { perimetre: [perimeter] } : {})
      return { id, label, kind, value: done.ok ? done.value.value : 0 }
    }),
  )
  return found.filter(({ value }) => value > 0)
}

async function appuiOf(ctx: AppContext, year: number, filters: FigureFilters): Promise<YearPage['appui']> {
  const bounded = { ...filters, perimetre: ['appui'] }
  const [presences, people] = await Promise.all(
    ['presences', 'personnes'].map((id) => figureById(id)!.compute(ctx, yearPeriod(year), bounded)),
  )
  return presences?.ok && people?.ok ? { presences: presences.value.value, people: people.value.value } : null
}

/** What can be chosen: what the year holds, and what is already chosen. */
function choicesOf(words: Words, view: YearView, filters: FigureFilters): YearPage['choices'] {
  const of = (axis: AxisKey) =>
    Object.entries(words[axis] ?? {})
      .filter(([key]) => filters[axis] || view.lines[axis].some((line) => line.key === key))
      .map(([value, label]) => ({ value, label }))
  return { theme: of('theme'), departement: of('departement'), type: of('type'), mode: of('mode') }
}
