import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'

type Value = string | number | boolean | null | undefined | Date | readonly string[] | Record<string, unknown>

/** All the rows of a table in one statement; the columns are the keys of the first row, as PostgreSQL names them. */
export async function insertRows(tx: Database, table: string, rows: readonly Record<string, Value>[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first).map((column) => sql.identifier(column))
  const list = sql.join(columns, sql`, `)
  const [schema, name] = table.split('.')
  const target = sql`${sql.identifier(schema!)}.${sql.identifier(name!)}`
  await tx.execute(sql`
    insert into ${target} (${list})
    select ${list} from jsonb_populate_recordset(null::${target}, ${JSON.stringify(rows)}::jsonb)`)
}
