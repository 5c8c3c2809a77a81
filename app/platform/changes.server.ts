import { desc, eq, and } from 'drizzle-orm'
import type { AppContext } from './context.ts'
import type { Database } from './database.server.ts'
import { changes } from './schema.server.ts'

export type FieldChanges = Record<string, [before: unknown, after: unknown]>

export interface Change {
  /** Verb in the past, by feature: « activities.published », « directory.person-updated ». The feature gives it a French label. */
  action: string
  /** « activity », « person », « organisation », « user »… */
  entity: string
  entityId: string
  /** Field by field: what it was, what it is. Left out when the action says it all. Never a password, a token or an answer in free text. */
  fields?: FieldChanges
}

/** Who changed what, when: written with the change itself, in the same transaction. */
export async function recordChange(tx: Database, ctx: AppContext, change: Change): Promise<void> {
  await tx.insert(changes).values({
    at: ctx.now(),
    actorId: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
    actorLabel: ctx.actor.label,
    requestId: ctx.requestId ?? null,
    fields: {},
    ...change,
  })
}

/** The fields of `after` that differ from `before`; dates are compared by instant, lists and objects by content. */
export function changedFields<Row extends Record<string, unknown>>(before: Row, after: Partial<Row>): FieldChanges {
  const entries = Object.entries(after).filter(([field, value]) => plain(before[field]) !== plain(value))
  return Object.fromEntries(entries.map(([field, value]) => [field, [before[field] ?? null, value ?? null]]))
}

const plain = (value: unknown) => JSON.stringify(value ?? null)

export interface RecordedChange {
  id: number
  at: Date
  actorLabel: string
  action: string
  fields: FieldChanges
}

/** What happened to one record, the latest first. The caller has checked that the actor may see the record. */
export function changesOf(db: Database, entity: string, entityId: string, limit = 200): Promise<RecordedChange[]> {
  return db
    .select({
      id: changes.id,
      at: changes.at,
      actorLabel: changes.actorLabel,
      action: changes.action,
      fields: changes.fields,
    })
    .from(changes)
    .where(and(eq(changes.entity, entity), eq(changes.entityId, entityId)))
    .orderBy(desc(changes.id))
    .limit(limit)
}
