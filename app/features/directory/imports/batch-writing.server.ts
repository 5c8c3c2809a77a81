import { type SQL, sql } from 'drizzle-orm'
import { type AppContext, userIdOf } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'

/** Rows as one parameter, whatever their number. */
export const recordset = (rows: readonly object[], columns: string): SQL =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${sql.raw(columns)})`

export interface BatchChange {
  action: string
  entity: string
  entityId: string
  fields: Record<string, [unknown, unknown]>
}

/** One trace per record, in one statement. */
export async function recordChanges(tx: Database, ctx: AppContext, changes: readonly BatchChange[]): Promise<void> {
  if (changes.length === 0) return
  const actorId = userIdOf(ctx.actor)
  await tx.execute(sql`
    insert into platform.change (at, actor_id, actor_label, action, entity, entity_id, fields, request_id)
    select ${ctx.now().toISOString()}::timestamptz, ${actorId}::uuid, ${ctx.actor.label}, r.action, r.entity, r."entityId", r.fields,
      ${ctx.requestId ?? null}
    from ${recordset(changes, 'action text, entity text, "entityId" text, fields jsonb')}`)
}

/** What a record is told to have become, field by field, from nothing. */
export const madeFields = (values: Record<string, unknown>): BatchChange['fields'] =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([field, value]) => [field, [null, value]]),
  )
