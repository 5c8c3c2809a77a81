import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { ClientBase } from 'pg'

export type MigrationFile = ReturnType<typeof readMigrationFiles>[number]

export function readMigrations(folder: string): MigrationFile[] {
  return readMigrationFiles({ migrationsFolder: folder })
}

/** Applies, in the client's transaction, those of the given migrations that the database has not seen yet. */
export async function applyMigrations(client: ClientBase, migrations: MigrationFile[]): Promise<number> {
  await client.query('create schema if not exists drizzle')
  await client.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  )
  const { rows } = await client.query<{ last: string | null }>(
    'select max(created_at)::text as last from drizzle.__drizzle_migrations',
  )
  const waiting = migrations.filter(({ folderMillis }) => folderMillis > Number(rows[0]?.last ?? 0))
  for (const { sql, hash, folderMillis } of waiting) {
    for (const statement of sql) await client.query(statement)
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      folderMillis,
    ])
  }
  return waiting.length
}
