import { sql } from 'drizzle-orm'
import { type FieldChanges, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { emit } from '#app/platform/outbox.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Kind, lockRecords, type MergeRow, writeRecord } from './kinds.server.ts'
import { merges } from './schema.server.ts'

/** Whose value a field takes; `both` puts two notes one under the other. A field that is not said keeps its value, or is filled. */
export type Choices = Record<string, 'kept' | 'dropped' | 'both'>

export interface MergeInput {
  keptId: string
  droppedId: string
  choices?: Choices
}

export type MergeError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'same-record' }
  | { type: 'already-merged'; id: string }

/**
 * Two records of one person (or organisation) become one: the dropped record stays, and leads to the one that is kept. Everything
 * that hung on either is read through both, so nothing is rewritten. What the merge changed is kept beside it, to be undone.
 */
export async function mergeRecords(
  ctx: AppContext,
  kind: Kind,
  { keptId, droppedId, choices = {} }: MergeInput,
): Promise<Result<{ mergeId: string }, MergeError>> {
  if (!can(ctx.actor, 'directory:merge')) return err({ type: 'not-allowed' })
  if (keptId === droppedId) return err({ type: 'same-record' })
  return ctx.db.transaction(async (tx) => {
    const both = await lockRecords(tx, kind, [keptId, droppedId])
    const [kept, dropped] = [both.find(({ id }) => id === keptId), both.find(({ id }) => id === droppedId)]
    if (!kept || !dropped) return err({ type: 'not-found' })
    const merged = [kept, dropped].find(({ mergedIntoId }) => mergedIntoId !== null)
    if (merged) return err({ type: 'already-merged', id: merged.id })
    return ok(await join(tx, ctx, kind, { kept, dropped, choices }))
  })
}

interface Joined {
  kept: MergeRow
  dropped: MergeRow
  choices: Choices
}

async function join(tx: Database, ctx: AppContext, kind: Kind, { kept, dropped, choices }: Joined) {
  const now = ctx.now()
  const keptFields = changed(kept, chosen(kind, kept, dropped, choices))
  const droppedFields = handedOver(kind, dropped, keptFields)
  await writeRecord(tx, kind, dropped.id, now, { ...afterOf(droppedFields), mergedIntoId: kept.id })
  await writeRecord(tx, kind, kept.id, now, afterOf(keptFields))
  const followerIds = await follow(tx, kind, dropped.id, kept.id)
  const facts = { entity: kind.entity, keptId: kept.id, droppedId: dropped.id, followerIds, keptFields, droppedFields }
  const [merge] = await tx
    .insert(merges)
    .values({ ...facts, byLabel: ctx.actor.label, at: now })
    .returning({ id: merges.id })
  const change = { action: kind.merged.name, entity: kind.entity }
  const said: FieldChanges = { merged: [null, kind.nameOf(dropped)], ...keptFields }
  await recordChange(tx, ctx, { ...change, entityId: kept.id, fields: said })
  await recordChange(tx, ctx, { ...change, entityId: dropped.id, fields: { mergedInto: [null, kind.nameOf(kept)] } })
  await emit(tx, ctx, kind.merged, { keptId: kept.id, droppedId: dropped.id })
  return { mergeId: merge!.id }
}

type Fields = Record<string, [before: string | null, after: string | null]>

const afterOf = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([field, [, after]]) => [field, after]))

/** Field by field, what the kept record is from now on. */
function chosen({ columns, required }: Kind, kept: MergeRow, dropped: MergeRow, choices: Choices) {
  const values = Object.keys(columns).map((field): [string, string | null] => {
    const [mine, theirs] = [kept[field] ?? null, dropped[field] ?? null]
    // only notes can stand one under the other
    const choice = choices[field] === 'both' && field !== 'note' ? undefined : choices[field]
    const value = valueOf(choice, mine, theirs)
    return [field, required.includes(field) ? value || mine || theirs || '' : value]
  })
  return Object.fromEntries(values)
}

function valueOf(choice: Choices[string] | undefined, mine: string | null, theirs: string | null) {
  if (choice === 'kept') return mine
  if (choice === 'dropped') return theirs
  if (choice === 'both') return [...new Set([mine, theirs])].filter(Boolean).join('\n\n') || null
  return mine || theirs
}

const changed = (before: MergeRow, after: Record<string, string | null>): Fields =>
  Object.fromEntries(
    Object.entries(after)
      .filter(([field, value]) => value !== before[field])
      .map(([field, value]) => [field, [before[field] ?? null, value]]),
  )

/** A SIRET that the kept record takes leaves the dropped one: it stands on one record only. */
const handedOver = ({ single }: Kind, dropped: MergeRow, keptFields: Fields): Fields =>
  Object.fromEntries(
    single
      .filter((field) => dropped[field] && keptFields[field]?.[1] === dropped[field])
      .map((field) => [field, [dropped[field]!, null]]),
  )

/** Those merged before into the dropped record lead to the kept one from now on: there is never a chain. */
async function follow(tx: Database, { table }: Kind, droppedId: string, keptId: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`update ${table} set merged_into_id = ${keptId} where merged_into_id = ${droppedId} returning id`,
  )
  return rows.map(({ id }) => id)
}
