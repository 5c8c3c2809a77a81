import { desc, eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { recordsOf } from './identity.server.ts'
import type { ConsentHow, ConsentPurpose } from './labels.ts'
import { consents, people } from './schema.server.ts'

export interface ConsentAnswer {
  purpose: ConsentPurpose
  given: boolean
  how: ConsentHow
  /** The very sentence that was agreed to or refused. */
  wording: string
}

/**
 * Writes answers down, one dated row each; the latest for a purpose is the one that counts. An unticked box of a form is no
 * answer: give only what was said, or a person who once agreed would withdraw without knowing.
 */
export async function recordConsents(
  tx: Database,
  ctx: AppContext,
  personId: string,
  answers: readonly ConsentAnswer[],
): Promise<void> {
  if (answers.length === 0) return
  await tx.insert(consents).values(answers.map((answer) => ({ ...answer, personId, at: ctx.now() })))
  await recordChange(tx, ctx, {
    action: 'directory.consents-recorded',
    entity: 'person',
    entityId: personId,
    fields: Object.fromEntries(answers.map(({ purpose, given }) => [purpose, [null, given]])),
  })
}

export type NoteConsentError = { type: 'not-allowed' } | { type: 'not-found' }

/** An answer that a member of the team took down: by telephone, on paper… */
export async function noteConsent(
  ctx: AppContext,
  personId: string,
  answer: ConsentAnswer,
): Promise<Result<null, NoteConsentError>> {
  if (!can(ctx.actor, 'directory:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [person] = await tx.select({ mergedIntoId: people.mergedIntoId }).from(people).where(eq(people.id, personId))
    if (!person) return err({ type: 'not-found' })
    await recordConsents(tx, ctx, person.mergedIntoId ?? personId, [answer])
    return ok(null)
  })
}

export type Consent = Omit<typeof consents.$inferSelect, 'personId'>

/** Every answer of a person and of those merged into them, the latest first. */
export const consentsOf = (db: Database, personId: string): Promise<Consent[]> =>
  db
    .select({
      id: consents.id,
      purpose: consents.purpose,
      given: consents.given,
      at: consents.at,
      how: consents.how,
      wording: consents.wording,
    })
    .from(consents)
    .where(sql`${consents.personId} = any(${recordsOf(personId)})`)
    .orderBy(desc(consents.at), desc(consents.id))

/** What counts today: the latest answer for each purpose; no entry where nothing was ever asked. */
export const currentConsents = (list: readonly Consent[]): Partial<Record<ConsentPurpose, Consent>> =>
  Object.fromEntries([...list].reverse().map((one) => [one.purpose, one]))
