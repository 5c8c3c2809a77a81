import { and, eq, isNull, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { signLink } from '#app/platform/signed-link.server.ts'
import { instant } from '../instant.server.ts'
import { checkInLinks } from '../schema.server.ts'
import { endOfDay } from './door.server.ts'

/** Doors held at once at one activity; more is a mistake or a mischief. */
export const MOST_LINKS = 20

export type MakeDoorLinkError =
  | { type: 'not-allowed' }
  | { type: 'no-such-activity' }
  | { type: 'activity-cancelled' }
  /** Its last day is over. */
  | { type: 'over' }
  | { type: 'too-many' }

interface Day extends Record<string, unknown> {
  status: string
  ends: string
  over: boolean
  links: number
}

/** A link that lets whoever holds it check people in at this activity, until the end of its last day. */
export function makeDoorLink(
  ctx: AppContext,
  { activityId, label }: { activityId: string; label: string },
): Promise<Result<{ linkId: string }, MakeDoorLinkError>> {
  return ctx.db.transaction(async (tx): Promise<Result<{ linkId: string }, MakeDoorLinkError>> => {
    if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
    const { rows } = await tx.execute<Day>(sql`
      select a.status, ${endOfDay(ctx)} <= ${ctx.now().toISOString()} as over,
        (select count(*)::int from activities.check_in_link l where l.activity_id = a.id and l.revoked_at is null) as links
      from activities.activity a where a.id = ${activityId} for update`)
    const [day] = rows
    if (!day) return err({ type: 'no-such-activity' })
    if (day.status === 'cancelled') return err({ type: 'activity-cancelled' })
    if (day.over) return err({ type: 'over' })
    if (day.links >= MOST_LINKS) return err({ type: 'too-many' })
    const [made] = await tx
      .insert(checkInLinks)
      .values({ activityId, label, createdAt: ctx.now(), createdBy: ctx.actor.label })
      .returning({ id: checkInLinks.id })
    await traced(ctx, tx, 'attendance.door-link-made', activityId)
    return ok({ linkId: made!.id })
  })
}

export type RevokeDoorLinkError = { type: 'not-allowed' } | { type: 'no-such-link' }

/** The device that holds it is told at its next sign of life, and forgets the list. */
export function revokeDoorLink(
  ctx: AppContext,
  { activityId, linkId }: { activityId: string; linkId: string },
): Promise<Result<null, RevokeDoorLinkError>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, RevokeDoorLinkError>> => {
    if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
    const [revoked] = await tx
      .update(checkInLinks)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(checkInLinks.id, linkId), eq(checkInLinks.activityId, activityId), isNull(checkInLinks.revokedAt)))
      .returning({ id: checkInLinks.id })
    if (!revoked) return err({ type: 'no-such-link' })
    await traced(ctx, tx, 'attendance.door-link-revoked', activityId)
    return ok(null)
  })
}

const traced = (ctx: AppContext, tx: AppContext['db'], action: string, activityId: string) =>
  recordChange(tx, ctx, { action, entity: 'activity', entityId: activityId })

export interface DoorLink {
  id: string
  label: string
  createdAt: Date
  createdBy: string
  state: 'open' | 'revoked' | 'over'
  /** The address to open on the other device; only of an open link. */
  address: string | null
  endsAt: Date
}

interface Row extends Record<string, unknown> {
  id: string
  label: string
  createdAt: string
  createdBy: string
  revoked: boolean
  ends: string
}

/** The links of an activity with their addresses, for who may hold its door; null for who may not. */
export async function doorLinks(ctx: AppContext, activityId: string): Promise<DoorLink[] | null> {
  if (!can(ctx.actor, 'attendance:write')) return null
  const { rows } = await ctx.db.execute<Row>(sql`
    select l.id, l.label, l.created_at as "createdAt", l.created_by as "createdBy", l.revoked_at is not null as revoked,
      ${endOfDay(ctx)} as ends
    from activities.check_in_link l join activities.activity a on a.id = l.activity_id
    where l.activity_id = ${activityId} order by l.created_at desc, l.id limit 100`)
  return rows.map(({ id, label, createdAt, createdBy, revoked, ends }) => {
    const endsAt = instant(ends)
    const state = revoked ? 'revoked' : endsAt <= ctx.now() ? 'over' : 'open'
    const token = signLink(ctx.secret, 'door', { id, expiresAt: endsAt })
    return {
      id,
      label,
      createdAt: instant(createdAt),
      createdBy,
      state,
      endsAt,
      address: state === 'open' ? `${ctx.baseUrl}/accueil/${token}` : null,
    }
  })
}
