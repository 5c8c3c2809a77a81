import { sql } from 'drizzle-orm'
import type { AppContext } from '../context.ts'
import { onSchedule } from '../jobs.server.ts'
import { limitOf, readPurpose } from '../purposes.server.ts'

/** What has been done and is of no more use. Failed jobs stay until pg-boss removes them, ninety days after. */
export const purge = onSchedule(
  'platform.purge',
  'Effacer les tâches et les envois anciens',
  '20 3 * * *',
  async (ctx) => {
    const { db } = ctx
    await db.execute(
      sql`delete from pgboss.job where state = 'completed' and completed_on < ${before(ctx, 7)}::timestamptz`,
    )
    await db.execute(sql`delete from platform.outbox where dispatched_at < ${before(ctx, 7)}::timestamptz`)
    await db.execute(sql`delete from platform.progress where finished_at < ${before(ctx, 30)}::timestamptz`)
    await db.execute(sql`delete from platform.rate_limit where window_start < ${before(ctx, 2)}::timestamptz`)
    const limit = limitOf(await readPurpose(db, 'messages'), ctx.now())
    if (limit) await db.execute(sql`delete from platform.mail where created_at < ${limit.toISOString()}::timestamptz`)
  },
)

const before = (ctx: AppContext, days: number) => new Date(ctx.now().getTime() - days * 86_400_000).toISOString()
