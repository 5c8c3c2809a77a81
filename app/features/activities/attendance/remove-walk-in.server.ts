import { sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { openActivity } from './open-activity.server.ts'

export type RemoveWalkInError =
  | { type: 'not-allowed' }
  | { type: 'no-such-row' }
  | { type: 'activity-cancelled' }
  /** Who registered is not taken off the list: a registration is cancelled. */
  | { type: 'not-a-walk-in' }

/** Takes somebody added by mistake off the list. The person stays in the directory. */
export function removeWalkIn(
  ctx: AppContext,
  { activityId, attendanceId }: { activityId: string; attendanceId: string },
): Promise<Result<null, RemoveWalkInError>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, RemoveWalkInError>> => {
    if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
    return removeWithin(tx, ctx, { activityId, attendanceId })
  })
}

/** The same within a transaction, for who has already checked that the actor may: a door is also held by link. */
export async function removeWithin(
  tx: Database,
  ctx: AppContext,
  { activityId, attendanceId }: { activityId: string; attendanceId: string },
): Promise<Result<null, RemoveWalkInError>> {
  const activity = await openActivity(tx, activityId)
  if (!activity) return err({ type: 'no-such-row' })
  if (activity.status === 'cancelled') return err({ type: 'activity-cancelled' })
  const { rows } = await tx.execute<{ source: string; personId: string }>(sql`
      select source, person_id as "personId" from activities.attendance
      where id = ${attendanceId} and activity_id = ${activityId} for update`)
  const [row] = rows
  if (!row) return err({ type: 'no-such-row' })
  if (row.source !== 'walk-in') return err({ type: 'not-a-walk-in' })
  await tx.execute(sql`delete from activities.attendance where id = ${attendanceId}`)
  await recordChange(tx, ctx, {
    action: 'attendance.walk-in-removed',
    entity: 'activity',
    entityId: activityId,
    fields: { personId: [row.personId, null] },
  })
  return ok(null)
}
