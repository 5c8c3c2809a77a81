import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { writeSetting } from '#app/platform/settings.server.ts'
import type { MinimumRule } from './durations.ts'
import { ruleKinds, usualRule } from './words.ts'

const KEY = 'connections'
const kept = z.object({ kind: z.enum(ruleKinds), value: z.number().int().min(0).max(1440) })

/** The minimum proposed: that of the last list of this activity, else that of the house. */
export async function proposedRule(db: Database, activityId: string): Promise<MinimumRule> {
  const { rows } = await db.execute<{ minutes: number | null; share: number | null }>(sql`
    select minimum_minutes as minutes, minimum_share as share from activities.connection_import
    where activity_id = ${activityId} and state = 'applied' order by applied_at desc limit 1`)
  return rows[0] ? ruleOf(rows[0]) : houseRule(db)
}

export async function houseRule(db: Database): Promise<MinimumRule> {
  const { rows } = await db.execute<{ value: unknown }>(sql`select value from platform.setting where key = ${KEY}`)
  const known = kept.safeParse(rows[0]?.value)
  return known.success ? known.data : usualRule
}

/** The next lists of every activity will propose it; each still shows it before it counts. */
export const keepRule = (tx: Database, ctx: AppContext, rule: MinimumRule) => writeSetting(tx, KEY, rule, ctx.now())

export const ruleOf = ({ minutes, share }: { minutes: number | null; share: number | null }): MinimumRule =>
  minutes !== null
    ? { kind: 'minutes', value: minutes }
    : { kind: share === null ? 'none' : 'share', value: share ?? 0 }

export const ruleColumns = ({ kind, value }: MinimumRule) => ({
  minimumMinutes: kind === 'minutes' ? value : null,
  minimumShare: kind === 'share' ? value : null,
})
