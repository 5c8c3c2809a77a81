import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'

/** What people said of their needs goes soon after the activity; how many rows were emptied. */
export async function forgetNeeds(ctx: AppContext, before: Date): Promise<number> {
  const { rows } = await ctx.db.execute(sql`
    update activities.attendance n set accessibility_needs = null from activities.activity a
    where a.id = n.activity_id and n.accessibility_needs is not null
      and coalesce(a.ends_at, n.registered_at) < ${before.toISOString()}::timestamptz returning n.id`)
  return rows.length
}
