import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'

/** The latest vintage of each source, with what its licence asks to print. */
export async function sourcesInForce(db: Database) {
  const { rows } = await db.execute<{ source: string; year: number; attribution: string }>(sql`
    select distinct on (source) source, year, attribution from territory.vintage order by source, year desc, id`)
  return rows
}
