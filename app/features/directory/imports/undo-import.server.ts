import { eq, type SQL, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { ImportKind, UndoRule } from '#app/platform/imports.ts'
import { finishProgress, stepProgress } from '#app/platform/progress.server.ts'
import { recordChanges, recordset } from './batch-writing.server.ts'
import { BATCH } from './check-import.server.ts'
import { holdImport, importById } from './import-record.server.ts'
import { printOf } from './prints.server.ts'
import { signedBy } from './run-import.server.ts'
import { imports } from './schema.server.ts'

/**
 * Takes back what an import made and filled, batch by batch. What somebody has changed since, or what something else rests on,
 * stays and is told; what hangs on it stays with it.
 */
export async function runUndo(ctx: AppContext, kinds: readonly ImportKind[], importId: string): Promise<void> {
  const one = await importById(ctx, importId)
  const kind = kinds.find(({ key }) => key === one?.kind)
  if (!one || !kind || one.state !== 'undoing') return
  const signed = signedBy(ctx, one)
  let done = 0
  const step = async (count: number) => {
    done += count
    if (one.progressId) await stepProgress(ctx, one.progressId, { done, step: 'Annulation' })
  }
  for (const rule of kind.undo) await repeat(signed, importId, (tx) => removeBatch(tx, signed, importId, rule), step)
  for (const rule of kind.undo) await repeat(signed, importId, (tx) => emptyBatch(tx, signed, importId, rule), step)
  await ctx.db.transaction(async (tx) => {
    const held = await holdImport(tx, importId)
    if (held?.state !== 'undoing') return
    await tx.update(imports).set({ state: 'undone', undoneAt: ctx.now() }).where(eq(imports.id, importId))
    await recordChange(tx, signed, { action: 'directory.import-undone', entity: 'import', entityId: importId })
    if (one.progressId) await finishProgress({ ...ctx, db: tx }, one.progressId)
  })
}

async function repeat(
  ctx: AppContext,
  importId: string,
  work: (tx: Database) => Promise<number>,
  step: (count: number) => Promise<void>,
) {
  for (;;) {
    const count = await ctx.db.transaction(async (tx) => {
      const held = await holdImport(tx, importId)
      return held?.state === 'undoing' ? work(tx) : 0
    })
    if (count === 0) return
    await step(count)
  }
}

interface Fated extends Record<string, unknown> {
  id: number
  entityId: string
  fate: 'undone' | 'changed' | 'used'
}

async function removeBatch(tx: Database, ctx: AppContext, importId: string, rule: UndoRule): Promise<number> {
  const { entity, table, owned } = rule
  const used = await usesOf(tx, rule)
  // made again under another name, or already gone: nothing to take back
  const { rows } = await tx.execute<Fated>(sql`
    select t.id, t.entity_id as "entityId", case when x.id is null then 'undone' when t.print is distinct from ${printOf('x')} then 'changed'
      when ${changedWithin(importId, rule)} then 'changed' when ${used} or ${parentStays(importId, rule)} then 'used' else 'undone' end as fate
    from (select * from directory.import_trace where import_id = ${importId} and entity = ${entity} and act = 'made' and fate is null
      order by id limit ${BATCH}) t
    left join ${sql.raw(table)} x on x.id = t.entity_id`)
  if (rows.length === 0) return 0
  const gone = rows.filter(({ fate }) => fate === 'undone').map(({ entityId }) => entityId)
  for (const { table: child, column } of owned) {
    await tx.execute(sql`delete from ${sql.raw(child)} where ${sql.raw(column)} = any(${sql.param(gone)}::uuid[])`)
  }
  await tx.execute(sql`delete from ${sql.raw(table)} where id = any(${sql.param(gone)}::uuid[])`)
  await decide(tx, rows)
  const change = { action: 'directory.import-taken-back', entity, fields: {} }
  await recordChanges(
    tx,
    ctx,
    gone.map((entityId) => ({ ...change, entityId })),
  )
  return rows.length
}

const decide = (tx: Database, rows: readonly Fated[]) =>
  tx.execute(sql`
    update directory.import_trace t set fate = r.fate
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id bigint, fate text) where t.id = r.id`)

const anyOf = (conditions: readonly SQL[]): SQL =>
  conditions.length > 0 ? sql`(${sql.join([...conditions], sql` or `)})` : sql`false`

/** Whatever the database knows to point at such a record, of this feature or of one to come. */
async function usesOf(tx: Database, { table, owned }: UndoRule): Promise<SQL> {
  const { rows } = await tx.execute<{ table: string; column: string }>(sql`
    select c.conrelid::regclass::text as "table", a.attname as "column" from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = ${table}::regclass and cardinality(c.conkey) = 1`)
  const own = new Set(owned.map(({ table: child, column }) => `${child} ${column}`))
  const uses = rows.filter((one) => !own.has(`${one.table} ${one.column}`))
  return anyOf(
    uses.map(
      (one) => sql`exists (select 1 from ${sql.raw(one.table)} u where u.${sql.identifier(one.column)} = t.entity_id)`,
    ),
  )
}

/** What hangs on the record and that this import did not make, or not so. */
const changedWithin = (importId: string, { owned }: UndoRule): SQL =>
  anyOf(
    owned.flatMap(({ table, column, entity }) =>
      entity
        ? [
            sql`exists (select 1 from ${sql.raw(table)} o where o.${sql.identifier(column)} = t.entity_id and not exists (
              select 1 from directory.import_trace m where m.import_id = ${importId} and m.entity = ${entity} and m.entity_id = o.id
                and m.act = 'made' and m.print = ${printOf('o')}))`,
          ]
        : [],
    ),
  )

const parentStays = (importId: string, { parent }: UndoRule): SQL =>
  parent
    ? sql`exists (select 1 from directory.import_trace m where m.import_id = ${importId} and m.entity = ${parent.entity}
        and m.entity_id = x.${sql.identifier(parent.column)} and m.act = 'made' and m.fate in ('changed', 'used'))`
    : sql`false`

interface Filled extends Fated {
  fields: Record<string, string>
  made: boolean
}

/** Empties again what was filled, column by column, where nobody has written anything else since. */
async function emptyBatch(tx: Database, ctx: AppContext, importId: string, rule: UndoRule): Promise<number> {
  const { entity, table, filled } = rule
  const { rows } = await tx.execute<Filled>(sql`
    select t.id, t.entity_id as "entityId", t.fields,
      case when x.id is null or ${stillThere(filled)} then 'undone' else 'changed' end as fate,
      exists (select 1 from directory.import_trace m
        where m.import_id = ${importId} and m.entity_id = t.entity_id and m.act = 'made') as made
    from (select * from directory.import_trace where import_id = ${importId} and entity = ${entity} and act = 'filled' and fate is null
      order by id limit ${BATCH}) t
    left join ${sql.raw(table)} x on x.id = t.entity_id`)
  if (rows.length === 0) return 0
  const empty = rows.filter(({ fate, made }) => fate === 'undone' && !made)
  for (const column of filled) await emptyColumn(tx, table, column, empty)
  await decide(tx, rows)
  await recordChanges(
    tx,
    ctx,
    empty.map(({ entityId, fields }) => ({
      action: 'directory.import-taken-back',
      entity,
      entityId,
      fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, [value, null]])),
    })),
  )
  return rows.length
}

const stillThere = (filled: readonly string[]): SQL => {
  if (filled.length === 0) return sql`true`
  const current = filled.map((column) => sql`${column}::text, x.${sql.identifier(column)}::text`)
  return sql`jsonb_strip_nulls(jsonb_build_object(${sql.join(current, sql`, `)})) @> t.fields`
}

async function emptyColumn(tx: Database, table: string, column: string, rows: readonly Filled[]): Promise<void> {
  const values = rows.flatMap(({ entityId: id, fields }) => (column in fields ? [{ id, value: fields[column] }] : []))
  if (values.length === 0) return
  await tx.execute(sql`
    update ${sql.raw(table)} x set ${sql.identifier(column)} = null from ${recordset(values, 'id uuid, value text')}
    where x.id = r.id and x.${sql.identifier(column)}::text = r.value`)
}
