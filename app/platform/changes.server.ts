import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { type AppContext, userIdOf } from './context.ts'
import type { Database } from './database.server.ts'
import { executePrepared } from './prepared.server.ts'
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
    actorId: userIdOf(ctx.actor),
    actorLabel: ctx.actor.label,
    requestId: ctx.requestId ?? null,
    fields: {},
    ...change,
  })
}

type TraceOfRow = Omit<Change, 'entityId'> & { entityId?: string | null }

/**
 * A row and its trace in one statement, for what happens hundreds of times a second. `insert` returns at least `id`, which is the
 * record of the trace unless another is given; where it writes nothing, nothing is traced. `also` is a second insert of the same
 * statement, which reads the first as `made`.
 */
export async function writeTraced<Row extends Record<string, unknown>>(
  tx: Database,
  ctx: AppContext,
  insert: SQL,
  change: TraceOfRow,
  also?: { insert: SQL; change: TraceOfRow },
): Promise<Row[]> {
  const second = also ? sql`, also as (${also.insert}), also_traced as (${traceOfMade(ctx, also.change)})` : sql``
  const { rows } = await executePrepared<Row>(
    tx,
    sql`with made as (${insert}), traced as (${traceOfMade(ctx, change)})${second} select * from made`,
  )
  return rows
}

function traceOfMade(ctx: AppContext, { action, entity, entityId = null, fields = {} }: TraceOfRow): SQL {
  const actorId = userIdOf(ctx.actor)
  return sql`
    insert into platform.change (at, actor_id, actor_label, action, entity, entity_id, fields, request_id)
    select ${ctx.now().toISOString()}::timestamptz, ${actorId}::uuid, ${ctx.actor.label}, ${action}, ${entity},
      coalesce(${entityId}::text, made.id::text), ${JSON.stringify(fields)}::jsonb, ${ctx.requestId ?? null} from made`
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
