import { eq, sql } from 'drizzle-orm'
import { personCards } from '#app/features/directory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { isoDay } from '#app/ui/french.ts'
import { keeps } from '../schema.server.ts'

export interface KeepInput {
  reason: string
  until: string
}

export type KeepError = { type: 'not-allowed' } | { type: 'not-found' } | { type: 'past' } | { type: 'too-far' }

/** Nobody is kept for ever by a word: ten years, then one decides again. */
const MOST_YEARS = 10

/** Keeps somebody beyond the usual time, until a day and for a reason that is written down. */
export async function keepPerson(
  ctx: AppContext,
  personId: string,
  { reason, until }: KeepInput,
): Promise<Result<null, KeepError>> {
  if (!can(ctx.actor, 'privacy:write')) return err({ type: 'not-allowed' })
  const today = isoDay(ctx.now())
  if (until <= today) return err({ type: 'past' })
  if (until > `${Number(today.slice(0, 4)) + MOST_YEARS}${today.slice(4)}`) return err({ type: 'too-far' })
  return ctx.db.transaction(async (tx) => {
    const [person] = await tx
      .select({ id: personCards.identityId })
      .from(personCards)
      .where(eq(personCards.id, personId))
    if (!person) return err({ type: 'not-found' })
    const kept = { reason, until, at: ctx.now(), actorLabel: ctx.actor.label }
    await tx
      .insert(keeps)
      .values({ personId: person.id, ...kept })
      .onConflictDoUpdate({ target: keeps.personId, set: kept })
    await recordChange(tx, ctx, {
      action: 'privacy.person-kept',
      entity: 'person',
      entityId: person.id,
      fields: { until: [null, until] },
    })
    return ok(null)
  })
}

/** The usual time runs again. */
export async function stopKeeping(ctx: AppContext, personId: string): Promise<Result<null, { type: 'not-allowed' }>> {
  if (!can(ctx.actor, 'privacy:write')) return err({ type: 'not-allowed' })
  await ctx.db.transaction(async (tx) => {
    const gone = await tx.delete(keeps).where(eq(keeps.personId, personId)).returning({ id: keeps.personId })
    if (gone.length > 0)
      await recordChange(tx, ctx, { action: 'privacy.person-not-kept', entity: 'person', entityId: personId })
  })
  return ok(null)
}

export interface KeptPerson {
  id: string
  name: string
  reason: string
  until: string
  by: string
}

/** Those who are kept, the nearest end first. */
export async function listKept(ctx: AppContext): Promise<KeptPerson[] | null> {
  if (!can(ctx.actor, 'privacy:read')) return null
  const { rows } = await ctx.db.execute<KeptPerson & Record<string, unknown>>(sql`
    select c.id, c.full_name as name, k.reason, k.until, k.actor_label as by
    from privacy.keep k join directory.person_card c on c.id = k.person_id
    where k.until >= ${isoDay(ctx.now())}::date order by k.until, c.full_name limit 1000`)
  return rows
}
