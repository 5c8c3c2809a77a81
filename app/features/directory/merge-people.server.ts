import { eq, inArray } from 'drizzle-orm'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { emit, eventType } from '#app/platform/outbox.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { people } from './schema.server.ts'

export const peopleMerged = eventType<{ keptId: string; droppedId: string }>(
  'directory.people-merged',
  'Deux fiches de personne fusionnées',
)

export type MergePeopleError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'same-person' }
  | { type: 'already-merged'; personId: string }

type Person = typeof people.$inferSelect

/**
 * Two records of one person become one: the dropped record stays, and leads to the one that is kept. Everything that hung on
 * either is read through both, so nothing is rewritten; what the kept record lacked is filled from the other.
 */
export async function mergePeople(
  ctx: AppContext,
  { keptId, droppedId }: { keptId: string; droppedId: string },
): Promise<Result<null, MergePeopleError>> {
  if (!can(ctx.actor, 'directory:merge')) return err({ type: 'not-allowed' })
  if (keptId === droppedId) return err({ type: 'same-person' })
  return ctx.db.transaction(async (tx) => {
    // always in the same order: two merges that cross wait for each other instead of making a circle
    const both = await tx
      .select()
      .from(people)
      .where(inArray(people.id, [keptId, droppedId]))
      .orderBy(people.id)
      .for('update')
    const [kept, dropped] = [both.find(({ id }) => id === keptId), both.find(({ id }) => id === droppedId)]
    if (!kept || !dropped) return err({ type: 'not-found' })
    const merged = [kept, dropped].find(({ mergedIntoId }) => mergedIntoId !== null)
    if (merged) return err({ type: 'already-merged', personId: merged.id })
    const now = ctx.now()
    await tx.update(people).set({ mergedIntoId: keptId, updatedAt: now }).where(eq(people.id, droppedId))
    // those merged before into the dropped one follow: there is never a chain
    await tx.update(people).set({ mergedIntoId: keptId }).where(eq(people.mergedIntoId, droppedId))
    const filled = missing(kept, dropped)
    await tx
      .update(people)
      .set({ ...filled, updatedAt: now })
      .where(eq(people.id, keptId))
    await recordMerge(ctx, tx, kept, dropped, filled)
    return ok(null)
  })
}

const missing = (kept: Person, dropped: Person) => ({
  email: kept.email ?? dropped.email,
  phone: kept.phone ?? dropped.phone,
  departementId: kept.departementId ?? dropped.departementId,
  note: kept.note ?? dropped.note,
})

async function recordMerge(
  ctx: AppContext,
  tx: AppContext['db'],
  kept: Person,
  dropped: Person,
  filled: Partial<Person>,
) {
  const change = { action: 'directory.people-merged', entity: 'person' }
  const name = (one: Person) => `${one.givenName} ${one.familyName}`.trim()
  const fields = { merged: [null, name(dropped)] as [unknown, unknown], ...changedFields(kept, filled) }
  await recordChange(tx, ctx, { ...change, entityId: kept.id, fields })
  await recordChange(tx, ctx, { ...change, entityId: dropped.id, fields: { mergedInto: [null, name(kept)] } })
  await emit(tx, ctx, peopleMerged, { keptId: kept.id, droppedId: dropped.id })
}
