import { sql } from 'drizzle-orm'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { UnidentifiedBasis } from './unidentified.ts'
import { maxUnidentified } from './unidentified.ts'
import { openActivity } from './open-activity.server.ts'

export interface Unidentified {
  unidentifiedCount: number
  unidentifiedBasis: UnidentifiedBasis
}

export type SetUnidentifiedError =
  | { type: 'not-allowed' }
  | { type: 'no-such-activity' }
  | { type: 'activity-cancelled' }
  | { type: 'out-of-range' }

/** People present who could not be named, counted or estimated: they are never added to people. */
export function setUnidentified(
  ctx: AppContext,
  { activityId, ...after }: { activityId: string } & Unidentified,
): Promise<Result<Unidentified, SetUnidentifiedError>> {
  return ctx.db.transaction(async (tx): Promise<Result<Unidentified, SetUnidentifiedError>> => {
    if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
    const activity = await openActivity(tx, activityId)
    if (!activity) return err({ type: 'no-such-activity' })
    if (activity.status === 'cancelled') return err({ type: 'activity-cancelled' })
    const { unidentifiedCount: count, unidentifiedBasis: basis } = after
    if (!Number.isInteger(count) || count < 0 || count > maxUnidentified) return err({ type: 'out-of-range' })
    const { rows } = await tx.execute<Unidentified & Record<string, unknown>>(sql`
      select unidentified_count as "unidentifiedCount", unidentified_basis as "unidentifiedBasis"
      from activities.activity where id = ${activityId} for no key update`)
    const fields = changedFields<Unidentified & Record<string, unknown>>(rows[0]!, after)
    if (Object.keys(fields).length === 0) return ok(after)
    await tx.execute(sql`
      update activities.activity set unidentified_count = ${count}, unidentified_basis = ${basis}, updated_at = ${ctx.now().toISOString()}
      where id = ${activityId}`)
    await recordChange(tx, ctx, {
      action: 'attendance.unidentified-set',
      entity: 'activity',
      entityId: activityId,
      fields,
    })
    return ok(after)
  })
}
