import { eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { mayReadActivities } from '../policy.ts'
import { type EditError, editActivity, type EditTarget } from '../record/editing.server.ts'
import { quartersText } from './quarters.ts'
import { shares, sharings } from './schema.server.ts'

export interface Part {
  /** null: the centre itself. */
  organisationId: string | null
  name: string
  quarters: number
}

export interface Sharing {
  activityId: string
  halfDays: number
  /** Those that were agreed on; null: nothing was. Others than the activity's: to be seen again. */
  agreedHalfDays: number | null
  parts: Part[]
  commonId: string
  reporterId: string | null
}

interface Row extends Record<string, unknown> {
  halfDays: number
  slug: string
  agreed: number | null
  commonId: string | null
  reporterId: string | null
  parts: Part[]
}

/** The centre, then every partner of the activity, with what each counts; null: no such co-organised activity, or not for this actor. */
export async function readSharing(ctx: AppContext, activityId: string): Promise<Sharing | null> {
  if (!mayReadActivities(ctx.actor)) return null
  const { rows } = await ctx.db.execute<Row>(sql`
    select a.half_days as "halfDays", a.slug, g.half_days as agreed, g.common_id as "commonId", g.reporter_id as "reporterId",
      coalesce((select json_agg(json_build_object('organisationId', x.id, 'name', x.name, 'quarters', coalesce(s.quarters, 0))
        order by x.id is not null, x.name)
        from (select null::uuid as id, '' as name
          union select o.id, o.name from directory.organisation_card o where o.id in (
            select organisation_id from activities.activity_partner where activity_id = a.id
            union select organisation_id from activities.share where activity_id = a.id)) x
        left join activities.share s on s.activity_id = a.id and s.organisation_id is not distinct from x.id), '[]') as parts
    from activities.activity a left join activities.sharing g on g.activity_id = a.id
    where a.id = ${activityId} and a.role = 'co-organisateur'`)
  const [row] = rows
  if (!row) return null
  const { halfDays, slug, agreed, commonId, reporterId, parts } = row
  return {
    activityId,
    halfDays,
    agreedHalfDays: agreed,
    parts,
    commonId: commonId ?? `${ctx.baseUrl}/agenda/${slug}`,
    reporterId,
  }
}

export interface SharesInput {
  parts: readonly { organisationId: string | null; quarters: number }[]
  /** What every co-organiser calls this activity; null: the address of our page. */
  commonId: string | null
  /** Who reports those who came; null: we do. */
  reporterId: string | null
}

export type SetSharesProblem =
  | { type: 'not-co-organised' }
  | { type: 'wrong-total'; given: number; halfDays: number }
  | { type: 'not-a-partner' }

export type SetSharesError = EditError | SetSharesProblem

/** Writes what the co-organisers agreed on; the database checks, at commit, that the parts make the half-days. */
export const setShares = (ctx: AppContext, target: EditTarget, { parts, commonId, reporterId }: SharesInput) =>
  editActivity<SetSharesProblem>(ctx, target, async (tx, activity) => {
    if (activity.role !== 'co-organisateur') return err({ type: 'not-co-organised' })
    const given = parts.reduce((all, { quarters }) => all + quarters, 0)
    if (given !== activity.halfDays * 4) return err({ type: 'wrong-total', given, halfDays: activity.halfDays })
    const before = await readSharing({ ...ctx, db: tx }, activity.id)
    const known = new Set(before!.parts.map(({ organisationId }) => organisationId))
    const named = [...parts.map(({ organisationId }) => organisationId), reporterId]
    if (named.some((id) => !known.has(id))) return err({ type: 'not-a-partner' })
    const id = commonId ?? `${ctx.baseUrl}/agenda/${activity.slug}`
    const agreed = { halfDays: activity.halfDays, commonId: id, reporterId, updatedAt: ctx.now() }
    await tx.delete(shares).where(eq(shares.activityId, activity.id))
    await tx
      .insert(sharings)
      .values({ activityId: activity.id, ...agreed })
      .onConflictDoUpdate({ target: sharings.activityId, set: agreed })
    const rows = parts.filter(({ quarters }) => quarters > 0).map((part) => ({ ...part, activityId: activity.id }))
    if (rows.length > 0) await tx.insert(shares).values(rows)
    return ok({
      action: 'activities.shares-set',
      fields: { shares: [traceOf(before!.parts, before!.parts), traceOf(rows, before!.parts)] },
    })
  })

/** In words: an organisation may be gone when the trail is read. */
const traceOf = (parts: SharesInput['parts'], known: readonly Part[]) =>
  parts
    .filter(({ quarters }) => quarters > 0)
    .map(({ organisationId, quarters }) => {
      const name = organisationId && known.find((part) => part.organisationId === organisationId)?.name
      return `${name || 'Le centre'} : ${quartersText(quarters)}`
    })

/** Nothing is agreed on any more: all is ours again, until it is. */
export async function clearShares(ctx: AppContext, activityId: string): Promise<Result<null, EditError>> {
  const done = await editActivity<never>(ctx, { activityId, version: null }, async (tx) => {
    const gone = await tx
      .delete(sharings)
      .where(eq(sharings.activityId, activityId))
      .returning({ id: sharings.activityId })
    return ok(gone.length > 0 ? { action: 'activities.shares-cleared' } : null)
  })
  return done.ok ? ok(null) : done
}

export interface SharedLine {
  id: string
  title: string
  startsAt: Date
  halfDays: number
  state: 'shared' | 'to-share'
  ours: number
  others: string
  reporter: string | null
  commonId: string | null
}

/** The co-organised activities of a year, for what remains to be agreed on, and for what is exchanged with the others. */
export async function sharedOfYear(ctx: AppContext, year: number): Promise<SharedLine[] | null> {
  if (!ctx.actor.permissions.has('figures:read')) return null
  const { rows } = await ctx.db.execute<
    Omit<SharedLine, 'startsAt'> & { startsAt: string } & Record<string, unknown>
  >(sql`
    select a.id, a.title, a.starts_at as "startsAt", a.half_days as "halfDays", t.state, t.quarters::float8 / 4 as ours,
      case when t.state = 'shared' then coalesce((select string_agg(o.name || ' : ' || replace((s.quarters::float8 / 4)::text, '.', ','), ' ; ' order by o.name)
        from activities.share s join directory.organisation_card o on o.id = s.organisation_id where s.activity_id = a.id), '') else '' end as others,
      (select o.name from activities.sharing g join directory.organisation_card o on o.id = g.reporter_id where g.activity_id = a.id and t.state = 'shared') as reporter,
      t.common_id as "commonId"
    from activities.activity a join activities.attributed t on t.activity_id = a.id
    where a.status = 'published' and a.role = 'co-organisateur' and t.state in ('shared', 'to-share')
      and a.starts_at >= make_timestamptz(${year}, 1, 1, 0, 0, 0, 'Europe/Paris')
      and a.starts_at < make_timestamptz(${year + 1}, 1, 1, 0, 0, 0, 'Europe/Paris')
    order by a.starts_at, a.id limit 5000`)
  return rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt) }))
}

/** A list of who counts what leaves the house: written down who took it. */
export async function exportShared(
  ctx: AppContext,
  year: number,
  format: 'csv' | 'xlsx',
): Promise<SharedLine[] | null> {
  const rows = await sharedOfYear(ctx, year)
  if (!rows) return null
  const fields = { rows: [null, rows.length] as [unknown, unknown], format: [null, format] as [unknown, unknown] }
  await recordChange(ctx.db, ctx, {
    action: 'activities.shares-exported',
    entity: 'export',
    entityId: `partages-${year}`,
    fields,
  })
  return rows
}
