import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The words for ids of terms, territories, people and series, in one question. */
export async function namesFor(db: Database, ids: readonly unknown[]): Promise<Map<string, string>> {
  const texts = [...new Set(ids.filter((id) => typeof id === 'string'))]
  if (texts.length === 0) return new Map()
  const [codes, uuids] = [sql.param(texts), sql.param(texts.filter((id) => UUID.test(id)))]
  const { rows } = await db.execute<{ id: string; name: string }>(sql`
    select id, label as name from platform.term where id = any(${codes}::text[])
    union all select id, name from territory.territory_card where id = any(${codes}::text[])
    union all select id::text, full_name from directory.person_card where id = any(${uuids}::uuid[])
    union all select id::text, title from activities.series where id = any(${uuids}::uuid[])`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
