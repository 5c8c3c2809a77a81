import { eq } from 'drizzle-orm'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { PersonInput } from './inputs.server.ts'
import { type UnknownReference, unknownReference } from './references.server.ts'
import { people } from './schema.server.ts'

export type UpdatePersonError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'merged'; keptId: string }
  | UnknownReference

/** Corrects a person's facts. What they do is in their affiliations; what is written on past attendance never moves. */
export async function updatePerson(
  ctx: AppContext,
  id: string,
  input: PersonInput,
): Promise<Result<null, UpdatePersonError>> {
  if (!can(ctx.actor, 'directory:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [before] = await tx.select().from(people).where(eq(people.id, id)).for('update')
    if (!before) return err({ type: 'not-found' })
    if (before.mergedIntoId) return err({ type: 'merged', keptId: before.mergedIntoId })
    const unknown = await unknownReference(tx, { departementId: input.departementId })
    if (unknown) return err(unknown)
    const fields = changedFields(before, input)
    if (Object.keys(fields).length === 0) return ok(null)
    await tx
      .update(people)
      .set({ ...input, updatedAt: ctx.now() })
      .where(eq(people.id, id))
    await recordChange(tx, ctx, { action: 'directory.person-updated', entity: 'person', entityId: id, fields })
    return ok(null)
  })
}
