import { createHash } from 'node:crypto'
import type { SQL } from 'drizzle-orm'
import type { PgDialect, PgSession } from 'drizzle-orm/pg-core'
import type { Database } from './database.server.ts'

/** What `execute` itself uses; Drizzle keeps both out of its types. */
interface Inside {
  session: PgSession
  dialect: PgDialect
}

/**
 * The same as `db.execute`, planned once by connection instead of at every call: for statements that run hundreds of times a
 * second, whose text is always the same (never a list of varying length: each length would be kept as one more statement).
 */
export async function executePrepared<Row extends Record<string, unknown>>(
  db: Database,
  query: SQL,
): Promise<{ rows: Row[] }> {
  const { session, dialect } = db as unknown as Inside
  const built = dialect.sqlToQuery(query)
  const name = `m_${createHash('sha1').update(built.sql).digest('hex').slice(0, 24)}`
  return session
    .prepareQuery<{ execute: { rows: Row[] }; all: unknown; values: unknown }>(built, undefined, name, false)
    .execute()
}
