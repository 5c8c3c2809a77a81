import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { type JobHandler, onSchedule } from '#app/platform/jobs.server.ts'

/** No device sends a gesture again after so long; the audit trail keeps what it did. */
const KEPT = '30 days'

export async function forgetOldDoors(ctx: AppContext): Promise<void> {
  const now = ctx.now().toISOString()
  await ctx.db.execute(sql`delete from activities.check_in_gesture where at < ${now}::timestamptz - ${KEPT}::interval`)
  await ctx.db.execute(sql`
    delete from activities.check_in_link l using activities.activity a
    where a.id = l.activity_id and coalesce(l.revoked_at, a.ends_at, l.created_at) < ${now}::timestamptz - ${KEPT}::interval`)
}

export const checkInJobs: JobHandler[] = [
  onSchedule('activities.forget-doors', 'Oublier les accueils passés', '40 3 * * *', forgetOldDoors),
]
