import { sql } from 'drizzle-orm'
import type { AppContext } from './context.ts'
import { executePrepared } from './prepared.server.ts'

export interface Limit {
  /** What is limited: a route or an action, never something the visitor chooses. */
  name: string
  max: number
  seconds: number
}

/** Counts one try of `who` (an IP address, an account) in the current window; false once the window is full. */
export async function withinLimit(ctx: AppContext, { name, max, seconds }: Limit, who: string): Promise<boolean> {
  const windowStart = new Date(Math.floor(ctx.now().getTime() / 1000 / seconds) * seconds * 1000)
  const { rows } = await executePrepared<{ count: number }>(
    ctx.db,
    sql`
    insert into platform.rate_limit (key, window_start, count) values (${`${name}:${who}`}, ${windowStart.toISOString()}::timestamptz, 1)
    on conflict (key, window_start) do update set count = platform.rate_limit.count + 1
    returning count`,
  )
  return rows[0]!.count <= max
}
