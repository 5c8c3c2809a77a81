import { eq, sql } from 'drizzle-orm'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { instantOrNull } from '../instant.server.ts'
import type { SeriesKind, Visibility } from '../labels.ts'
import { mayReadActivities, mayWriteActivities } from '../policy.ts'
import { nameSeries, provisionalSlug } from '../record/slug.server.ts'
import { series } from '../schema.server.ts'
import type { NewSeriesInput, SeriesInput } from './inputs.server.ts'
import { seriesProfiles } from './schema.server.ts'

type Tx = AppContext['db']

export type SaveSeriesError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'title-taken' }
  | { type: 'unknown-profile' }

/** A training cycle, or any suite of activities that belong together. */
export async function createSeries(
  ctx: AppContext,
  input: NewSeriesInput,
): Promise<Result<{ id: string }, SaveSeriesError>> {
  if (!mayWriteActivities(ctx.actor)) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const id = crypto.randomUUID()
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('activities.series'))`)
    if (await titleTaken(tx, input.title, id)) return err({ type: 'title-taken' })
    await tx.insert(series).values({ ...input, id, slug: provisionalSlug(id), createdAt: ctx.now() })
    await nameSeries(tx, id, input.title)
    await recordChange(tx, ctx, { action: 'activities.series-created', entity: 'series', entityId: id })
    return ok({ id })
  })
}

/** Its address stays what it was. */
export async function updateSeries(
  ctx: AppContext,
  id: string,
  { profileIds, ...input }: SeriesInput,
): Promise<Result<null, SaveSeriesError>> {
  if (!mayWriteActivities(ctx.actor)) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('activities.series'))`)
    const [before] = await tx.select().from(series).where(eq(series.id, id)).for('update')
    if (!before) return err({ type: 'not-found' })
    if (await titleTaken(tx, input.title, id)) return err({ type: 'title-taken' })
    if (!(await profilesExist(tx, profileIds))) return err({ type: 'unknown-profile' })
    const profiles = await writeProfiles(tx, id, profileIds)
    const fields = { ...changedFields<Record<string, unknown>>(before, input), ...profiles }
    if (Object.keys(fields).length === 0) return ok(null)
    await tx.update(series).set(input).where(eq(series.id, id))
    await recordChange(tx, ctx, { action: 'activities.series-updated', entity: 'series', entityId: id, fields })
    return ok(null)
  })
}

async function titleTaken(tx: Tx, title: string, selfId: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from activities.series where id <> ${selfId} and platform.normalise(title) = platform.normalise(${title}) limit 1`)
  return rows.length > 0
}

async function profilesExist(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const { rows } = await tx.execute<{ found: number }>(sql`
    select count(*)::int as found from platform.term where vocabulary = 'profil' and id = any(${sql.param([...ids])}::text[])`)
  return rows[0]!.found === new Set(ids).size
}

/** What the trace says of it: nothing when the list is the same. */
async function writeProfiles(tx: Tx, seriesId: string, ids: readonly string[]) {
  const rows = await tx.select().from(seriesProfiles).where(eq(seriesProfiles.seriesId, seriesId))
  const [before, after] = [rows.map(({ profileId }) => profileId).sort(), [...new Set(ids)].sort()]
  await tx.delete(seriesProfiles).where(eq(seriesProfiles.seriesId, seriesId))
  if (after.length > 0) await tx.insert(seriesProfiles).values(after.map((profileId) => ({ seriesId, profileId })))
  return changedFields<Record<string, unknown>>({ profileIds: before }, { profileIds: after })
}

export interface SeriesLine {
  id: string
  slug: string
  title: string
  kind: SeriesKind
  visibility: Visibility
  activities: number
  halfDays: number
  present: number
  firstAt: Date | null
  lastAt: Date | null
}

interface SeriesRow extends Record<string, unknown>, Omit<SeriesLine, 'firstAt' | 'lastAt'> {
  firstAt: string | null
  lastAt: string | null
}

/** Every series with what it holds, cancelled activities and drafts apart; null: not for this actor. */
export async function listSeries(ctx: AppContext, only?: string): Promise<SeriesLine[] | null> {
  if (!mayReadActivities(ctx.actor)) return null
  const { rows } = await ctx.db.execute<SeriesRow>(sql`
    select s.id, s.slug, s.title, s.kind, s.visibility, count(a.id)::int as activities,
      coalesce(sum(a.half_days), 0)::int as "halfDays", coalesce(sum(n.present), 0)::int as present,
      min(a.starts_at) as "firstAt", max(a.starts_at) as "lastAt"
    from activities.series s
    left join activities.activity a on a.series_id = s.id and a.status = 'published'
    left join lateral (
      select count(*) as present from activities.attendance where activity_id = a.id and status = 'present') n on true
    where ${only ?? null}::uuid is null or s.id = ${only ?? null}::uuid
    group by s.id order by max(a.starts_at) desc nulls first, s.title`)
  return rows.map((row) => ({ ...row, firstAt: instantOrNull(row.firstAt), lastAt: instantOrNull(row.lastAt) }))
}
