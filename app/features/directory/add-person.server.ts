import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { likePerson, type Twin } from './duplicates.server.ts'
import type { NewPersonInput } from './inputs.server.ts'
import { lockEmail } from './locks.server.ts'
import { type UnknownReference, unknownReference } from './references.server.ts'
import { affiliations, people } from './schema.server.ts'
import { isEmptySituation, situationValues } from './affiliations.server.ts'

export type AddPersonError = { type: 'not-allowed' } | { type: 'like-others'; twins: Twin[] } | UnknownReference

/** Adds a person and what they do. Somebody who looks like them is an error to show, unless it was `confirmed`. */
export async function addPerson(
  ctx: AppContext,
  input: NewPersonInput,
): Promise<Result<{ id: string }, AddPersonError>> {
  if (!can(ctx.actor, 'directory:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const { departementId, profileId, organisationId } = input
    const unknown = await unknownReference(tx, { departementId, profileId, organisationId })
    if (unknown) return err(unknown)
    if (input.email) await lockEmail(tx, input.email)
    const twins = input.confirmed ? [] : await likePerson(tx, input)
    if (twins.length > 0) return err({ type: 'like-others', twins })
    return ok(await insertPerson(tx, ctx, input))
  })
}

async function insertPerson(tx: AppContext['db'], ctx: AppContext, input: NewPersonInput) {
  const { givenName, familyName, email, phone, departementId, note } = input
  const now = ctx.now()
  const person = { givenName, familyName, email, phone, departementId, note, createdAt: now, updatedAt: now }
  const [added] = await tx.insert(people).values(person).returning({ id: people.id })
  const id = added!.id
  if (!isEmptySituation(input)) {
    const situation = await situationValues(tx, input)
    await tx.insert(affiliations).values({ ...situation, personId: id, createdAt: now })
  }
  const change = { action: 'directory.person-added', entity: 'person', entityId: id }
  await recordChange(tx, ctx, { ...change, fields: { source: [null, 'office'] } })
  return { id }
}
