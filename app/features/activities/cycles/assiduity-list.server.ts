import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkPage, type ListParamsError, type ListRules, type ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Follower, followersOf, reaches, shareOf } from './assiduity.server.ts'
import { readSeries, type SeriesRecord, type StepLine, stepsOf } from './read-series.server.ts'

export const assiduityRules: ListRules = {
  sortable: ['personne', 'organisation', 'assiduite', 'heures'],
  defaultSort: { key: 'personne', direction: 'asc' },
  filters: { seuil: ['atteint', 'pas-encore'] },
}

export interface FollowerLine extends Follower {
  share: number
  /** null: the cycle asks for no share. */
  reached: boolean | null
}

export interface CycleFigures {
  /** Activities held, and those to come. */
  held: number
  coming: number
  followers: number
  presences: number
  /** Of all followers together: presences over what everybody could have attended; null before the first activity. */
  average: { attended: number; possible: number } | null
  /** Who reaches the share asked for, of what was held so far. */
  reached: number
}

export interface AssiduityList {
  series: SeriesRecord
  steps: StepLine[]
  rows: FollowerLine[]
  total: number
  figures: CycleFigures
}

export type AssiduityError = { type: 'not-found' } | ListParamsError

/** Who follows a cycle, as the list is filtered; `whole`: every page of it. */
export async function assiduityList(
  ctx: AppContext,
  seriesId: string,
  state: ListState,
  { whole = false } = {},
): Promise<Result<AssiduityList, AssiduityError>> {
  if (!can(ctx.actor, 'attendance:read')) return err({ type: 'not-found' })
  const series = await readSeries(ctx, seriesId)
  if (!series) return err({ type: 'not-found' })
  const [steps, followers] = [await stepsOf(ctx, seriesId), await followersOf(ctx.db, seriesId, ctx.now())]
  const lines = followers.map((follower) => lineOf(follower, series))
  const kept = lines.filter((line) => isKept(line, state)).sort(orderOf(state))
  const page = checkPage(state, kept.length)
  if (!page.ok && !whole) return page
  const shown = whole || !page.ok ? kept : kept.slice(page.value.offset, page.value.offset + page.value.limit)
  const published = steps.filter(({ status }) => status === 'published')
  return ok({ series, steps: published, rows: shown, total: kept.length, figures: figuresOf(published, lines) })
}

const lineOf = (follower: Follower, { requiredShare }: SeriesRecord): FollowerLine => ({
  ...follower,
  share: shareOf(follower),
  reached: requiredShare === null ? null : reaches(follower, requiredShare),
})

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function isKept({ fullName, organisation, reached }: FollowerLine, { q, filters }: ListState): boolean {
  const wanted = filters.seuil ?? []
  if (wanted.length > 0 && !wanted.includes(reached ? 'atteint' : 'pas-encore')) return false
  return q === '' || plain(`${fullName} ${organisation ?? ''}`).includes(plain(q))
}

const french = new Intl.Collator('fr')
const byName = (a: FollowerLine, b: FollowerLine) =>
  french.compare(`${a.familyName} ${a.fullName}`, `${b.familyName} ${b.fullName}`) ||
  a.identityId.localeCompare(b.identityId)

const orders: Record<string, (a: FollowerLine, b: FollowerLine) => number> = {
  personne: byName,
  organisation: (a, b) => french.compare(a.organisation ?? '\uffff', b.organisation ?? '\uffff'),
  assiduite: (a, b) => a.share - b.share,
  heures: (a, b) => a.minutes - b.minutes,
}

function orderOf({ sort }: ListState) {
  const by = orders[sort.key] ?? byName
  const way = sort.direction === 'desc' ? -1 : 1
  return (a: FollowerLine, b: FollowerLine) => by(a, b) * way || byName(a, b)
}

/** What a cycle comes to so far. */
export function figuresOf(steps: readonly StepLine[], lines: readonly FollowerLine[]): CycleFigures {
  const held = steps.filter((step) => step.held).length
  const presences = lines.reduce((all, { attended }) => all + attended, 0)
  return {
    held,
    coming: steps.length - held,
    followers: lines.length,
    presences,
    average: held > 0 && lines.length > 0 ? { attended: presences, possible: held * lines.length } : null,
    reached: lines.filter(({ reached }) => reached).length,
  }
}

/** For the page of the series: numbers alone, for whoever reads activities. The caller has checked that right. */
export async function cycleFigures(ctx: AppContext, series: SeriesRecord): Promise<CycleFigures> {
  const [steps, followers] = [await stepsOf(ctx, series.id), await followersOf(ctx.db, series.id, ctx.now())]
  return figuresOf(
    steps.filter(({ status }) => status === 'published'),
    followers.map((follower) => lineOf(follower, series)),
  )
}

/** The whole list as it is filtered, to leave the house: written down who took it, and how much. */
export async function exportAssiduity(
  ctx: AppContext,
  seriesId: string,
  state: ListState,
  format: 'csv' | 'xlsx',
): Promise<Result<AssiduityList, AssiduityError>> {
  if (!can(ctx.actor, 'attendance:export')) return err({ type: 'not-found' })
  const list = await assiduityList(ctx, seriesId, state, { whole: true })
  if (!list.ok) return list
  await recordChange(ctx.db, ctx, {
    action: 'activities.assiduity-exported',
    entity: 'series',
    entityId: seriesId,
    fields: { rows: [null, list.value.rows.length], format: [null, format] },
  })
  return list
}
