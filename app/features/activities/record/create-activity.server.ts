import { eq } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { fromParis } from '#app/ui/french.ts'
import { mayWriteActivities } from '../policy.ts'
import { personCards } from '#app/features/directory/index.server.ts'
import { activities, sessions } from '../schema.server.ts'
import type { NewActivityInput } from './inputs.server.ts'
import { type UnknownChoice, unknownChoice } from './references.server.ts'
import { type SessionProblem, sessionProblems } from './session-rules.ts'
import { provisionalSlug, refreshSlug } from './slug.server.ts'

export type CreateActivityError = { type: 'not-allowed' } | UnknownChoice | { type: 'session'; problem: SessionProblem }

/** A new activity, in draft, with its one session; the rest comes after. Whoever records it is in charge of it. */
export async function createActivity(
  ctx: AppContext,
  input: NewActivityInput,
): Promise<Result<{ id: string }, CreateActivityError>> {
  if (!mayWriteActivities(ctx.actor)) return err({ type: 'not-allowed' })
  const { day, start, end, endDay, ...essentials } = input
  const span = { startsAt: fromParis(day, start), endsAt: fromParis(endDay ?? day, end) }
  const [problem] = sessionProblems([span])
  if (problem) return err({ type: 'session', problem })
  return ctx.db.transaction(async (tx) => {
    const unknown = await unknownChoice(tx, essentials)
    if (unknown) return err(unknown)
    const id = crypto.randomUUID()
    const now = ctx.now()
    await tx.insert(activities).values({
      ...essentials,
      id,
      slug: provisionalSlug(id),
      leadPersonId: await ownPerson(tx, ctx),
      createdAt: now,
      updatedAt: now,
    })
    await tx.insert(sessions).values({ ...span, activityId: id })
    await refreshSlug(tx, id)
    await recordChange(tx, ctx, { action: 'activities.created', entity: 'activity', entityId: id })
    return ok({ id })
  })
}

async function ownPerson(tx: Database, { actor }: AppContext): Promise<string | null> {
  if (actor.kind !== 'user') return null
  const [card] = await tx.select({ id: personCards.id }).from(personCards).where(eq(personCards.id, actor.personId))
  return card?.id ?? null
}
