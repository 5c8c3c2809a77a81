import { createHash } from 'node:crypto'
import { type HeldPerson, holdPeople } from '#app/features/directory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { emit, eventType } from '#app/platform/outbox.server.ts'
import type { Obstacle, PersonalData } from '#app/platform/personal-data.server.ts'
import type { ErasureRule } from '../labels.ts'
import { dueAmong } from '../review/due.server.ts'
import { erasures } from '../schema.server.ts'
import { obstaclesOf, tracesOf } from './subject.server.ts'

/** A list outside the database follows: a backup restored later does not know who left since. */
export const peopleErased = eventType<{ count: number }>('privacy.people-erased', 'Des personnes ont été effacées')

export interface Erasing {
  personIds: readonly string[]
  rule: ErasureRule
}

/** `not-due`: they did something, or were kept, since the list was read. `gone`: somebody else erased them. */
export type LeftReason = Obstacle | 'not-due' | 'gone'

export interface ErasureOutcome {
  erased: number
  left: { personId: string; why: LeftReason }[]
}

/**
 * The one erasure of the house: the purge, a person's request, a decision of the team and a restored backup all come here. In one
 * transaction: the people are held, looked at again, taken away feature by feature, and what was done is noted without a name.
 * The caller has checked the right to do so.
 */
export async function erasePeople(
  ctx: AppContext,
  sources: readonly PersonalData[],
  { personIds, rule }: Erasing,
): Promise<ErasureOutcome> {
  return ctx.db.transaction(async (tx) => {
    const held = await holdPeople(tx, personIds)
    const { chosen, left } = await sort(tx, ctx, sources, { held, personIds, rule })
    if (chosen.length === 0) return { erased: 0, left }
    const records = chosen.flatMap((one) => one.records)
    const traces = await tracesOf(tx, sources, records)
    const members = new Set(traces.filter(({ entity }) => entity === 'user').map(({ personId }) => personId))
    const subject = {
      records,
      traces: traces.map(({ trace }) => trace),
      words: [...new Set(chosen.flatMap(({ words }) => words))],
      signatures: chosen.filter((one) => one.records.some((id) => members.has(id))).flatMap(({ names }) => names),
    }
    for (const { erase } of sources) await erase(tx, ctx, subject)
    await note(tx, ctx, chosen, rule)
    return { erased: chosen.length, left }
  })
}

interface Sorting extends Erasing {
  held: readonly HeldPerson[]
}

/** Under the lock, nothing moves any more: who registered a moment ago is no longer due. */
async function sort(
  tx: Database,
  ctx: AppContext,
  sources: readonly PersonalData[],
  { held, personIds, rule }: Sorting,
) {
  const obstacles = await obstaclesOf(
    tx,
    sources,
    held.flatMap(({ records }) => records),
  )
  const identities = held.map(({ identityId }) => identityId)
  const due = rule === 'retention' ? await dueAmong(tx, ctx, sources, identities) : null
  const left: ErasureOutcome['left'] = []
  const chosen = held.filter(({ identityId, records }) => {
    const obstacle = records.map((id) => obstacles.get(id)).find(Boolean)
    const why = obstacle ?? (due && !due.has(identityId) ? ('not-due' as const) : null)
    if (why) left.push({ personId: identityId, why })
    return !why
  })
  const known = new Set(held.flatMap(({ records }) => records))
  for (const personId of personIds) if (!known.has(personId)) left.push({ personId, why: 'gone' })
  return { chosen, left }
}

/** SHA-256 of an id that stands nowhere else any more: found again in a restored backup, and nowhere else. */
export const markOf = (id: string) => createHash('sha256').update(id).digest('hex')

async function note(tx: Database, ctx: AppContext, chosen: readonly HeldPerson[], rule: ErasureRule) {
  const made = await tx
    .insert(erasures)
    .values(
      chosen.map(({ records }) => ({
        at: ctx.now(),
        actorLabel: ctx.actor.label,
        rule,
        marks: records.map(markOf),
      })),
    )
    .returning({ id: erasures.id })
  const one = made.length === 1
  await recordChange(tx, ctx, {
    action: one ? 'privacy.person-erased' : 'privacy.people-erased',
    entity: 'erasure',
    entityId: one ? made[0]!.id : 'plusieurs',
    fields: { rule: [null, rule], ...(one ? {} : { rows: [null, made.length] }) },
  })
  await emit(tx, ctx, peopleErased, { count: made.length })
}
