import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type OpenActivity, openActivity } from '../attendance/open-activity.server.ts'
import type { Join } from './reading/list.ts'

export type HoldError = { type: 'not-allowed' } | { type: 'no-such-activity' } | { type: 'activity-cancelled' }

/** The activity whose lists are worked on: one list at a time, so that two people who validate never count somebody twice. */
export async function heldActivity(
  tx: Database,
  ctx: AppContext,
  activityId: string,
): Promise<Result<OpenActivity, HoldError>> {
  if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`connexions ${activityId}`}, 0))`)
  const activity = await openActivity(tx, activityId)
  if (!activity) return err({ type: 'no-such-activity' })
  return activity.status === 'cancelled' ? err({ type: 'activity-cancelled' }) : ok(activity)
}

/** When it was held. */
export async function sessionsOf(db: Database, activityId: string): Promise<Join[]> {
  const { rows } = await db.execute<{ from: number; to: number }>(sql`
    select extract(epoch from starts_at)::int as "from", extract(epoch from ends_at)::int as "to"
    from activities.session where activity_id = ${activityId} order by starts_at`)
  return rows.map(({ from, to }) => [from, to])
}
