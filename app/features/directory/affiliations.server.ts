import { and, eq } from 'drizzle-orm'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { SituationInput } from './inputs.server.ts'
import { organisationByName, organisationNameOf } from './organisation-by-name.server.ts'
import { type UnknownReference, unknownReference } from './references.server.ts'
import { affiliations, people } from './schema.server.ts'

export type AffiliationError = { type: 'not-allowed' } | { type: 'not-found' } | { type: 'empty' } | UnknownReference

type Situation = Pick<
  SituationInput,
  'organisationId' | 'organisationName' | 'organisationPlain' | 'function' | 'profileId' | 'validFrom' | 'validTo'
>

export const isEmptySituation = (one: Situation) =>
  !one.organisationId && !one.organisationName && !one.organisationPlain && !one.function && !one.profileId

/**
 * A name typed that the directory knows is that organisation; another one is kept as it was typed. What was typed without script
 * replaces the organisation that the form came with.
 */
export async function situationValues(tx: Database, input: Situation) {
  const { organisationPlain, organisationName, ...facts } = input
  const typed = organisationPlain ?? organisationName
  const chosen = organisationPlain ? null : facts.organisationId
  const organisationId = chosen ?? (typed ? ((await organisationByName(tx, typed))?.id ?? null) : null)
  return { ...pickFacts(facts), organisationId, organisationName: organisationId ? null : typed }
}

const pickFacts = ({
  function: work,
  profileId,
  validFrom,
  validTo,
}: Pick<Situation, 'function' | 'profileId' | 'validFrom' | 'validTo'>) => ({
  function: work,
  profileId,
  validFrom,
  validTo,
})

async function refused(tx: Database, input: Situation): Promise<AffiliationError | null> {
  if (isEmptySituation(input)) return { type: 'empty' }
  return unknownReference(tx, { organisationId: input.organisationId, profileId: input.profileId })
}

/** One more thing that somebody does: several may be true at once. */
export async function addAffiliation(
  ctx: AppContext,
  personId: string,
  input: SituationInput,
): Promise<Result<{ id: string }, AffiliationError>> {
  if (!can(ctx.actor, 'directory:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [person] = await tx.select({ keptId: people.mergedIntoId }).from(people).where(eq(people.id, personId))
    if (!person) return err({ type: 'not-found' })
    const wrong = await refused(tx, input)
    if (wrong) return err(wrong)
    const values = await situationValues(tx, input)
    const entityId = person.keptId ?? personId
    const row = { ...values, personId: entityId, createdAt: ctx.now() }
    const [added] = await tx.insert(affiliations).values(row).returning({ id: affiliations.id })
    const fields = changedFields({} as Record<string, unknown>, await readable(tx, values))
    await recordChange(tx, ctx, { action: 'directory.situation-added', entity: 'person', entityId, fields })
    return ok({ id: added!.id })
  })
}

/** Corrects or ends one of them. */
export async function updateAffiliation(
  ctx: AppContext,
  ids: { personId: string; affiliationId: string },
  input: SituationInput,
): Promise<Result<null, AffiliationError>> {
  if (!can(ctx.actor, 'directory:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const before = await lockAffiliation(tx, ids)
    if (!before) return err({ type: 'not-found' })
    const wrong = await refused(tx, input)
    if (wrong) return err(wrong)
    const values = await situationValues(tx, input)
    const fields = changedFields(await readable(tx, before), await readable(tx, values))
    await tx.update(affiliations).set(values).where(eq(affiliations.id, before.id))
    const change = { action: 'directory.situation-updated', entity: 'person', entityId: ids.personId }
    if (Object.keys(fields).length > 0) await recordChange(tx, ctx, { ...change, fields })
    return ok(null)
  })
}

/** Takes away one that was never true; what has ended gets an end instead. */
export async function removeAffiliation(
  ctx: AppContext,
  ids: { personId: string; affiliationId: string },
): Promise<Result<null, { type: 'not-allowed' } | { type: 'not-found' }>> {
  if (!can(ctx.actor, 'directory:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const before = await lockAffiliation(tx, ids)
    if (!before) return err({ type: 'not-found' })
    await tx.delete(affiliations).where(eq(affiliations.id, before.id))
    const known = Object.entries(await readable(tx, before)).filter(([, value]) => value !== null)
    const fields = Object.fromEntries(known.map(([field, value]) => [field, [value, null] as [unknown, unknown]]))
    const change = { action: 'directory.situation-removed', entity: 'person', entityId: ids.personId }
    await recordChange(tx, ctx, { ...change, fields })
    return ok(null)
  })
}

async function lockAffiliation(tx: Database, { personId, affiliationId }: { personId: string; affiliationId: string }) {
  const [row] = await tx
    .select()
    .from(affiliations)
    .where(and(eq(affiliations.id, affiliationId), eq(affiliations.personId, personId)))
    .for('update')
  return row
}

type Values = Awaited<ReturnType<typeof situationValues>>

/** As the history tells it: the organisation by its name of that day. */
async function readable(tx: Database, values: Values): Promise<Record<string, unknown>> {
  const organisation = values.organisationId
    ? await organisationNameOf(tx, values.organisationId)
    : values.organisationName
  return { organisation, ...pickFacts(values) }
}
