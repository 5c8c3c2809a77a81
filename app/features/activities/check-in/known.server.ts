import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { Outcome, OutcomeType } from './door.ts'
import type { Door } from './door.server.ts'

interface Known extends Record<string, unknown> {
  key: string
  id: string | null
  outcome: Extract<OutcomeType, 'entered' | 'undone' | 'added' | 'found'> | 'already-present'
  at: number
}

/** The answers already given to these keys at this door. */
export async function answeredBefore(
  { ctx, activityId }: Door,
  keys: readonly string[],
  db: Database = ctx.db,
): Promise<Map<string, Outcome>> {
  if (keys.length === 0) return new Map()
  const { rows } = await db.execute<Known>(sql`
    select key, attendance_id as id, outcome, round(extract(epoch from at) * 1000)::float8 as at from activities.check_in_gesture
    where activity_id = ${activityId} and key in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`)
  return new Map(
    rows.map(({ key, id, outcome, at }) => [
      key,
      { key, id, outcome: outcome === 'already-present' ? 'already' : outcome, at },
    ]),
  )
}

/** A gesture that is not a single statement waits here for its twin, then knows whether it was done. */
export async function heldKey(door: Door, tx: Database, key: string): Promise<Outcome | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`geste ${key}`}, 0))`)
  return (await answeredBefore(door, [key], tx)).get(key) ?? null
}
