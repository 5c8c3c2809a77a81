import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { exportPeople, type ExportError, type PersonLine } from '../people-list.server.ts'
import { loadPerson } from '../person-record.server.ts'
import type { CardFacts } from './vcard.ts'

/** What an address book takes in one file. */
export const MOST_CARDS = 5000

/** One person's card; that it was taken away is kept. */
export async function personCard(
  ctx: AppContext,
  id: string,
): Promise<Result<CardFacts, { type: 'not-allowed' } | { type: 'not-found' }>> {
  if (!can(ctx.actor, 'directory:export')) return err({ type: 'not-allowed' })
  const record = await loadPerson(ctx, id)
  if (!record) return err({ type: 'not-found' })
  const now = record.affiliations.find(({ when }) => when === 'now')
  const { givenName, familyName, email, phone } = record.person
  await recordChange(ctx.db, ctx, { action: 'directory.card-exported', entity: 'person', entityId: id })
  const facts = { id, givenName, familyName, email, phone }
  return ok({ ...facts, organisation: now?.organisation ?? null, function: now?.function ?? null })
}

/** The cards of the list as it is filtered. */
export const peopleCards = (ctx: AppContext, state: ListState): Promise<Result<PersonLine[], ExportError>> =>
  exportPeople(ctx, state, 'vcf', MOST_CARDS)
