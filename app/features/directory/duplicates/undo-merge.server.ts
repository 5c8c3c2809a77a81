import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { type FieldChanges, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { emit } from '#app/platform/outbox.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Kind, lockRecords, type MergeRow, writeRecord } from './kinds.server.ts'
import { merges } from './schema.server.ts'
import { keepApart } from './tell-apart.server.ts'

type Merge = typeof merges.$inferSelect

export type UndoMergeError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'already-undone' }
  /** The kept record was merged into another one since: that merge is undone first. */
  | { type: 'kept-merged-since'; into: string }

/**
 * The dropped record stands on its own again, with those that followed it. The kept record gives back what the merge had changed,
 * unless it was changed again since: what was added to it afterwards stays there. `apart`: never to be proposed again.
 */
export async function undoMerge(
  ctx: AppContext,
  kind: Kind,
  { mergeId, apart = false }: { mergeId: string; apart?: boolean },
): Promise<Result<{ keptId: string; restoredId: string }, UndoMergeError>> {
  if (!can(ctx.actor, 'directory:merge')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const named = await mergeOf(tx, kind, mergeId)
    if (!named) return err({ type: 'not-found' })
    // the records first, as a merge does; then the merge itself, as it is by now
    const records = await lockRecords(tx, kind, [named.keptId, named.droppedId, ...named.followerIds])
    const merge = (await mergeOf(tx, kind, mergeId))!
    const [kept, dropped] = [merge.keptId, merge.droppedId].map((id) => records.find((one) => one.id === id))
    if (!kept || !dropped) return err({ type: 'not-found' })
    if (merge.undoneAt) return err({ type: 'already-undone' })
    if (kept.mergedIntoId) return err({ type: 'kept-merged-since', into: kept.mergedIntoId })
    await part(tx, ctx, kind, { merge, kept, dropped })
    if (apart) await keepApart(tx, ctx, kind.entity, [kept.id, dropped.id])
    return ok({ keptId: kept.id, restoredId: dropped.id })
  })
}

async function mergeOf(tx: Database, { entity }: Kind, id: string): Promise<Merge | undefined> {
  const [merge] = await tx
    .select()
    .from(merges)
    .where(and(eq(merges.id, id), eq(merges.entity, entity)))
  return merge
}

async function part(
  tx: Database,
  ctx: AppContext,
  kind: Kind,
  { merge, kept, dropped }: { merge: Merge; kept: MergeRow; dropped: MergeRow },
) {
  const now = ctx.now()
  const given = await givenBack(tx, merge, kept)
  await writeRecord(tx, kind, kept.id, now, given)
  const taken = await takenBack(tx, kind, merge)
  await writeRecord(tx, kind, dropped.id, now, { ...taken, mergedIntoId: null })
  await tx.execute(sql`
    update ${kind.table} set merged_into_id = ${dropped.id}
    where id = any(${sql.param(merge.followerIds)}::uuid[]) and merged_into_id = ${kept.id}`)
  await tx.update(merges).set({ undoneAt: now, undoneByLabel: ctx.actor.label }).where(eq(merges.id, merge.id))
  const fields: FieldChanges = Object.fromEntries(
    Object.entries(given).map(([field, value]) => [field, [kept[field], value]]),
  )
  const change = { action: kind.unmerged.name, entity: kind.entity }
  await recordChange(tx, ctx, {
    ...change,
    entityId: kept.id,
    fields: { merged: [kind.nameOf(dropped), null], ...fields },
  })
  await recordChange(tx, ctx, { ...change, entityId: dropped.id, fields: { mergedInto: [kind.nameOf(kept), null] } })
  await emit(tx, ctx, kind.unmerged, { keptId: kept.id, restoredId: dropped.id })
}

/**
 * What the kept record was before this merge. A later merge that is not undone began from there: it is that one which will give
 * the value back, whichever of the two is undone first.
 */
async function givenBack(tx: Database, merge: Merge, kept: MergeRow): Promise<Record<string, string | null>> {
  const later = await tx
    .select()
    .from(merges)
    .where(and(eq(merges.keptId, merge.keptId), gt(merges.number, merge.number), isNull(merges.undoneAt)))
    .orderBy(asc(merges.number))
  const given: Record<string, string | null> = {}
  for (const [field, [before, after]] of Object.entries(merge.keptFields)) {
    const next = later.find(({ keptFields }) => keptFields[field])
    if (!next && kept[field] === after) given[field] = before
    if (next?.keptFields[field]![0] === after) {
      next.keptFields[field] = [before, next.keptFields[field]![1]]
      await tx.update(merges).set({ keptFields: next.keptFields }).where(eq(merges.id, next.id))
    }
  }
  return given
}

/** A SIRET handed over comes back, unless another record bears it by now. */
async function takenBack(tx: Database, kind: Kind, { droppedFields }: Merge): Promise<Record<string, string | null>> {
  const taken: Record<string, string | null> = {}
  for (const [field, [before]] of Object.entries(droppedFields)) {
    const column = sql.identifier(kind.columns[field]!)
    const { rows } = await tx.execute(sql`select 1 from ${kind.table} where ${column} = ${before}`)
    if (rows.length === 0) taken[field] = before
  }
  return taken
}
