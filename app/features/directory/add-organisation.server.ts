import { eq, sql } from 'drizzle-orm'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { likeOrganisation, type Twin } from './duplicates.server.ts'
import type { OrganisationInput } from './inputs.server.ts'
import { lockOrganisationName } from './locks.server.ts'
import { type UnknownReference, unknownReference } from './references.server.ts'
import { organisations } from './schema.server.ts'
import { normalised } from './text.server.ts'

export type AddOrganisationError =
  | { type: 'not-allowed' }
  | { type: 'like-others'; twins: Twin[] }
  | { type: 'siret-taken'; organisationId: string; name: string }
  | UnknownReference

/** Adds an organisation. One of nearly that name is an error to show, unless it was `confirmed`; a SIRET is never shared. */
export async function addOrganisation(
  ctx: AppContext,
  input: OrganisationInput,
): Promise<Result<{ id: string }, AddOrganisationError>> {
  if (!can(ctx.actor, 'directory:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const { confirmed, ...facts } = input
    const wrong = await refused(tx, facts)
    if (wrong) return err(wrong)
    const [plainName] = await normalised(tx, [facts.name])
    await lockOrganisationName(tx, plainName!)
    const twins = confirmed ? [] : await likeOrganisation(tx, facts)
    if (twins.length > 0) return err({ type: 'like-others', twins })
    const now = ctx.now()
    const row = { ...(await placed(tx, facts)), createdAt: now, updatedAt: now }
    const [added] = await tx.insert(organisations).values(row).onConflictDoNothing().returning({ id: organisations.id })
    if (!added) return err((await siretTaken(tx, facts.siret))!)
    const change = { action: 'directory.organisation-added', entity: 'organisation', entityId: added.id }
    await recordChange(tx, ctx, { ...change, fields: { source: [null, 'office'] } })
    return ok(added)
  })
}

export type UpdateOrganisationError = Exclude<AddOrganisationError, { type: 'like-others' }> | { type: 'not-found' }

export async function updateOrganisation(
  ctx: AppContext,
  id: string,
  { confirmed: _, ...facts }: OrganisationInput,
): Promise<Result<null, UpdateOrganisationError>> {
  if (!can(ctx.actor, 'directory:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [before] = await tx.select().from(organisations).where(eq(organisations.id, id)).for('update')
    if (!before || before.mergedIntoId) return err({ type: 'not-found' })
    const wrong = await refused(tx, facts, id)
    if (wrong) return err(wrong)
    const values = await placed(tx, facts)
    const fields = changedFields(before, values)
    if (Object.keys(fields).length === 0) return ok(null)
    await tx
      .update(organisations)
      .set({ ...values, updatedAt: ctx.now() })
      .where(eq(organisations.id, id))
    await recordChange(tx, ctx, {
      action: 'directory.organisation-updated',
      entity: 'organisation',
      entityId: id,
      fields,
    })
    return ok(null)
  })
}

type Facts = Omit<OrganisationInput, 'confirmed'>

async function refused(tx: Database, { kindId, territoryId, departementId, siret }: Facts, self?: string) {
  return (await unknownReference(tx, { kindId, territoryId, departementId })) ?? siretTaken(tx, siret, self)
}

async function siretTaken(tx: Database, siret: string | null, self?: string) {
  if (!siret) return null
  const [owner] = await tx
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(eq(organisations.siret, siret))
  if (!owner || owner.id === self) return null
  return { type: 'siret-taken' as const, organisationId: owner.id, name: owner.name }
}

/** The département follows from the territory unless it was said. */
async function placed(tx: Database, facts: Facts): Promise<Facts> {
  if (facts.departementId || !facts.territoryId) return facts
  const { rows } = await tx.execute<{ id: string }>(sql`
    select d.id from territory.territory_card t
    join territory.territory_card d on d.kind = 'departement' and d.code = coalesce(t.departement_code, t.code)
    where t.id = ${facts.territoryId} and (t.departement_code is not null or t.kind = 'departement')`)
  return { ...facts, departementId: rows[0]?.id ?? null }
}
