import { and, eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { kinds, lockRecords } from './kinds.server.ts'
import type { Entity } from './rules.ts'
import { distinctPairs } from './schema.server.ts'

export type TellApartError = { type: 'not-allowed' } | { type: 'not-found' }

type Ids = readonly [string, string]

/** « Ce ne sont pas les mêmes »: the two are never proposed again. Saying it twice changes nothing. */
export async function tellApart(ctx: AppContext, entity: Entity, ids: Ids): Promise<Result<null, TellApartError>> {
  if (!can(ctx.actor, 'directory:merge')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) =>
    (await keepApart(tx, ctx, entity, ids)) ? ok(null) : err({ type: 'not-found' }),
  )
}

/** Within the caller's transaction, which has checked the right; false where one of the two does not exist. */
export async function keepApart(tx: Database, ctx: AppContext, entity: Entity, ids: Ids): Promise<boolean> {
  const records = await lockRecords(tx, kinds[entity], ids)
  const [one, other] = records
  if (!one || !other) return false
  const decision = { entity, oneId: one.id, otherId: other.id, decidedBy: ctx.actor.label, at: ctx.now() }
  const made = await tx.insert(distinctPairs).values(decision).onConflictDoNothing().returning()
  if (made.length > 0) await trace(tx, ctx, entity, 'directory.told-apart', [one, other])
  return true
}

/** The decision was wrong: the next search may propose them again, and this list does at once if it had. */
export async function proposeAgain(ctx: AppContext, entity: Entity, ids: Ids): Promise<Result<null, TellApartError>> {
  if (!can(ctx.actor, 'directory:merge')) return err({ type: 'not-allowed' })
  const [oneId, otherId] = [...ids].sort() as [string, string]
  return ctx.db.transaction(async (tx) => {
    const records = await lockRecords(tx, kinds[entity], ids)
    const where = and(
      eq(distinctPairs.entity, entity),
      eq(distinctPairs.oneId, oneId),
      eq(distinctPairs.otherId, otherId),
    )
    const gone = await tx.delete(distinctPairs).where(where).returning()
    if (gone.length === 0 || records.length < 2) return err({ type: 'not-found' })
    await trace(tx, ctx, entity, 'directory.proposed-again', records)
    return ok(null)
  })
}

type Records = Awaited<ReturnType<typeof lockRecords>>

/** On both records, each with the name of the other. */
async function trace(tx: Database, ctx: AppContext, entity: Entity, action: string, records: Records) {
  const { nameOf } = kinds[entity]
  const [one, other] = [records[0]!, records[1]!]
  await recordChange(tx, ctx, { action, entity, entityId: one.id, fields: { other: [null, nameOf(other)] } })
  await recordChange(tx, ctx, { action, entity, entityId: other.id, fields: { other: [null, nameOf(one)] } })
}

/**
 * The pairs told apart, as they stand after merges: whoever was merged into one of the two is not the other either. To be joined
 * as a table (one_id, other_id) with one_id < other_id.
 */
export const apart = (entity: Entity) => sql`
  (select least(x.id, y.id) as one_id, greatest(x.id, y.id) as other_id from directory.distinct_pair d
    cross join lateral (select coalesce(r.merged_into_id, r.id) as id from ${kinds[entity].table} r where r.id = d.one_id) x
    cross join lateral (select coalesce(r.merged_into_id, r.id) as id from ${kinds[entity].table} r where r.id = d.other_id) y
    where d.entity = ${entity})`
