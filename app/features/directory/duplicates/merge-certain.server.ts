import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { kinds } from './kinds.server.ts'
import { mergeRecords } from './merge-records.server.ts'
import { isCertain, toReview } from './pairs.server.ts'
import type { Entity } from './rules.ts'
import { sidesOf } from './sides.server.ts'

/** Merges of one go: a few seconds at most. */
export const MERGED_AT_ONCE = 300

export type MergeCertainError =
  | { type: 'not-allowed' }
  /** The list has changed since the question was asked: it is asked again with the new number. */
  | { type: 'count-changed'; count: number }

/**
 * Merges the pairs nobody needs to look at, once somebody has said yes to how many they are. The fuller record of each is kept.
 * Each merge stands by itself and can be undone by itself.
 */
export async function mergeCertain(
  ctx: AppContext,
  entity: Entity,
  expected: number,
): Promise<Result<{ merged: number; left: number }, MergeCertainError>> {
  if (!can(ctx.actor, 'directory:merge')) return err({ type: 'not-allowed' })
  const { rows } = await ctx.db.execute<{ one: string; other: string }>(sql`
    select d.one_id as one, d.other_id as other from (${toReview(entity)}) d where ${isCertain(entity)}
    order by d.score desc, d.one_id, d.other_id`)
  if (rows.length !== expected) return err({ type: 'count-changed', count: rows.length })
  const pairs = rows.slice(0, MERGED_AT_ONCE)
  const sides = await sidesOf(
    ctx,
    entity,
    pairs.flatMap(({ one, other }) => [one, other]),
  )
  // of three records of one person, two pairs merge and the third is one person already
  const into = new Map<string, string>()
  const keptOf = (id: string): string => (into.has(id) ? keptOf(into.get(id)!) : id)
  let merged = 0
  for (const pair of pairs) {
    const [one, other] = [keptOf(pair.one), keptOf(pair.other)]
    if (one === other) continue
    const [keptId, droppedId] = sides.get(other)!.weight > sides.get(one)!.weight ? [other, one] : [one, other]
    const result = await mergeRecords(ctx, kinds[entity], { keptId, droppedId })
    if (!result.ok) continue
    into.set(droppedId, keptId)
    merged += 1
  }
  return ok({ merged, left: rows.length - pairs.length })
}
