import type { ClientBase } from 'pg'
import type { BackedUpTable, Header } from './archive.server.ts'

const notOurs = "('pg_catalog', 'information_schema', 'pg_toast', 'drizzle')"

/**
 * Our tables: not those of an extension, not the partitions (their parent speaks for them), not the unlogged ones (what
 * they hold may be lost).
 */
const ourTables = `
  select c.oid, n.nspname, c.relname
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
    and n.nspname not in ${notOurs} and n.nspname not like 'pg\\_%'
    and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`

export async function listTables(client: ClientBase): Promise<BackedUpTable[]> {
  const { rows } = await client.query<BackedUpTable>(`
    select format('%I.%I', t.nspname, t.relname) as name,
      array(
        select format('%I', a.attname) from pg_attribute a
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum
      ) as columns
    from (${ourTables}) t order by 1`)
  return rows
}

export async function listSequences(client: ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; value: string }>(`
    select format('%I.%I', schemaname, sequencename) as name, last_value::text as value
    from pg_sequences where last_value is not null and schemaname not in ${notOurs} order by 1`)
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

export async function listMigrations(client: ClientBase): Promise<Header['migrations']> {
  const { rows } = await client.query<{ hash: string; created_at: string }>(
    'select hash, created_at::text from drizzle.__drizzle_migrations order by created_at',
  )
  return rows.map(({ hash, created_at }) => ({ hash, createdAt: Number(created_at) }))
}

export async function describeJobs(client: ClientBase): Promise<Header['jobs']> {
  const { rows } = await client.query<{ known: boolean }>("select to_regclass('pgboss.version') is not null as known")
  if (!rows[0]?.known) return null
  const version = await client.query<{ version: number }>('select version from pgboss.version')
  return { version: version.rows[0]?.version ?? 0 }
}

/** So that the text of a value never depends on the server or the account. */
export async function fixTextFormats(client: ClientBase): Promise<void> {
  await client.query(`
    set local datestyle = 'ISO'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
    set local extra_float_digits = 1; set local bytea_output = 'hex'; set local client_encoding = 'UTF8';
    set local statement_timeout = 0; set local lock_timeout = 0; set local idle_in_transaction_session_timeout = 0`)
}

export type ForeignKey = { table: string; name: string; definition: string }

export async function listForeignKeys(client: ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    select format('%I.%I', n.nspname, c.relname) as table, format('%I', k.conname) as name,
      pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname not in ${notOurs}
    order by 1, 2`)
  return rows
}
