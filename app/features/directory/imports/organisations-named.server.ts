import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { recordChanges, recordset } from './batch-writing.server.ts'

export interface NamedOrganisations {
  /** By name as it was said. */
  ids: Map<string, string>
  made: { id: string; name: string }[]
}

interface Row extends Record<string, unknown> {
  name: string
  plain: string
  id: string | null
}

/** The organisations of these names, set-based; those that nobody knows are added when `add` says so. */
export async function organisationsNamed(
  tx: Database,
  ctx: AppContext,
  names: readonly string[],
  add: boolean,
): Promise<NamedOrganisations> {
  const distinct = [...new Set(names)]
  if (distinct.length === 0) return { ids: new Map(), made: [] }
  if (add) await lockNames(tx, distinct)
  const { rows } = await tx.execute<Row>(sql`
    with said as materialized (
      select name, platform.normalise(name) as plain from unnest(${sql.param(distinct)}::text[]) as t(name)
    ), acronyms as (
      select platform.normalise(acronym) as plain, (array_agg(coalesce(merged_into_id, id)))[1] as id
      from directory.organisation where acronym is not null
      group by 1 having count(distinct coalesce(merged_into_id, id)) = 1
    )
    select s.name, s.plain, coalesce(
      (select coalesce(o.merged_into_id, o.id) from directory.organisation o where platform.normalise(o.name) = s.plain
        order by o.merged_into_id is not null, o.created_at, o.id limit 1), a.id) as id
    from said s left join acronyms a on a.plain = s.plain where s.plain <> ''`)
  const ids = new Map(rows.flatMap(({ name, id }) => (id ? [[name, id] as const] : [])))
  if (!add) return { ids, made: [] }
  const made = new Map<string, { id: string; name: string }>()
  for (const { name, plain, id } of rows) {
    if (id) continue
    if (!made.has(plain)) made.set(plain, { id: randomUUID(), name })
    ids.set(name, made.get(plain)!.id)
  }
  await addAll(tx, ctx, [...made.values()])
  return { ids, made: [...made.values()] }
}

/** In one order, so that two imports never wait for each other; the same locks as a form's (locks.server.ts). */
const lockNames = (tx: Database, names: readonly string[]) =>
  tx.execute(sql`
    select count(pg_advisory_xact_lock(hashtextextended('directory.organisation:' || plain, 0))) from (
      select distinct platform.normalise(name) as plain from unnest(${sql.param([...names])}::text[]) as t(name) order by 1) n`)

async function addAll(tx: Database, ctx: AppContext, made: readonly { id: string; name: string }[]): Promise<void> {
  if (made.length === 0) return
  const now = ctx.now().toISOString()
  await tx.execute(sql`
    insert into directory.organisation (id, name, created_at, updated_at)
    select r.id, r.name, ${now}::timestamptz, ${now}::timestamptz from ${recordset(made, 'id uuid, name text')}`)
  await recordChanges(
    tx,
    ctx,
    made.map(({ id }) => ({
      action: 'directory.organisation-added',
      entity: 'organisation',
      entityId: id,
      fields: { source: [null, 'import'] },
    })),
  )
}
