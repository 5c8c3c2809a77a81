import { eq, inArray } from 'drizzle-orm'
import { addOrganisation, organisationByName, organisationCards } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { activityPartners } from '../schema.server.ts'
import type { PartnerInput } from './inputs.server.ts'

export type PartnerProblem =
  | { type: 'unknown-partner'; index: number; name: string }
  | { type: 'partner-twice'; index: number }

export interface Partner {
  organisationId: string
  name: string
  part: string | null
}

/** Two that were merged since are one partner. */
export const partnersOf = (db: Database, activityId: string): Promise<Partner[]> =>
  db
    .selectDistinctOn([organisationCards.name, organisationCards.identityId], {
      organisationId: organisationCards.identityId,
      name: organisationCards.name,
      part: activityPartners.part,
    })
    .from(activityPartners)
    .innerJoin(organisationCards, eq(organisationCards.id, activityPartners.organisationId))
    .where(eq(activityPartners.activityId, activityId))
    .orderBy(organisationCards.name, organisationCards.identityId, activityPartners.part)

/** Finds each partner in the directory; a name that is not there is added only when the person says so. */
export async function findPartners(
  tx: Database,
  ctx: AppContext,
  inputs: readonly PartnerInput[],
): Promise<Result<Partner[], PartnerProblem>> {
  const partners: Partner[] = []
  for (const [index, input] of inputs.entries()) {
    const found = await findOne(tx, ctx, input)
    if (!found) return err({ type: 'unknown-partner', index, name: input.organisationName ?? '' })
    if (partners.some(({ organisationId }) => organisationId === found.id)) return err({ type: 'partner-twice', index })
    partners.push({ organisationId: found.id, name: found.name, part: input.part })
  }
  return ok(partners)
}

async function findOne(tx: Database, ctx: AppContext, { organisationId, organisationName, addIt }: PartnerInput) {
  if (organisationId) {
    const [card] = await tx.select().from(organisationCards).where(eq(organisationCards.id, organisationId))
    return card ? { id: card.identityId, name: card.name } : null
  }
  if (!organisationName) return null
  const known = await organisationByName(tx, organisationName)
  if (known || !addIt) return known
  const added = await addOrganisation({ ...ctx, db: tx }, newOrganisation(organisationName))
  return added.ok ? { id: added.value.id, name: organisationName } : null
}

const newOrganisation = (name: string) => ({
  name,
  acronym: null,
  kindId: null,
  siret: null,
  email: null,
  phone: null,
  website: null,
  territoryId: null,
  departementId: null,
  note: null,
  confirmed: true,
})

export async function writePartners(tx: Database, activityId: string, partners: readonly Partner[]): Promise<void> {
  await tx.delete(activityPartners).where(eq(activityPartners.activityId, activityId))
  if (partners.length === 0) return
  const rows = partners.map(({ organisationId, part }) => ({ activityId, organisationId, part }))
  await tx.insert(activityPartners).values(rows)
}

export const partnerTrace = (partners: readonly Partner[]): string[] =>
  partners.map(({ name, part }) => (part ? `${name} (${part})` : name)).sort()

/** Names for ids, where a trace or a form needs them. */
export async function organisationNames(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: organisationCards.id, name: organisationCards.name })
    .from(organisationCards)
    .where(inArray(organisationCards.id, [...ids]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
