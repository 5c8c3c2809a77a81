import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'

/** Days during which a validated list still shows the names of those who connected, and a list nobody validates is kept. */
export const KEPT_DAYS = 30

/** Erases the names and addresses of connection lists: who was recognised is on the attendance list, the others are a number. */
export async function forgetConnections(ctx: AppContext): Promise<void> {
  const before = new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000).toISOString()
  await ctx.db.transaction(async (tx) => {
    await tx.execute(
      sql`delete from activities.connection_import where state = 'draft' and created_at < ${before}::timestamptz`,
    )
    await tx.execute(sql`
      with old as (
        update activities.connection_import set forgotten_at = ${ctx.now().toISOString()}, file_name = ''
        where forgotten_at is null and state <> 'draft' and coalesce(applied_at, created_at) < ${before}::timestamptz
        returning id
      )
      update activities.connection_participant c set name = null, email = null from old where c.import_id = old.id`)
  })
}
