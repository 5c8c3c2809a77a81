import { eq, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { organisations } from './schema.server.ts'

/** The organisation of exactly this name, whatever its accents, case and hyphens; its acronym will do when only one has it. */
export async function organisationByName(db: Database, name: string): Promise<{ id: string; name: string } | null> {
  const { rows } = await db.execute<{ id: string; name: string; exact: boolean }>(sql`
    with said as materialized (select platform.normalise(${name.slice(0, 400)}) as name)
    select coalesce(k.id, o.id) as id, coalesce(k.name, o.name) as name, platform.normalise(o.name) = said.name as exact
    from said, directory.organisation o left join directory.organisation k on k.id = o.merged_into_id
    where said.name <> '' and o.id in (
      select id from directory.organisation where platform.normalise(name) = said.name
      union select id from directory.organisation
      where search like '% ' || replace(said.name, '_', '\\_') and platform.normalise(acronym) = said.name)
    order by exact desc, o.merged_into_id is not null, o.created_at, o.id limit 20`)
  const [first] = rows
  if (!first) return null
  const alone = first.exact || new Set(rows.map(({ id }) => id)).size === 1
  return alone ? { id: first.id, name: first.name } : null
}

export async function organisationNameOf(db: Database, id: string): Promise<string | null> {
  const [row] = await db.select({ name: organisations.name }).from(organisations).where(eq(organisations.id, id))
  return row?.name ?? null
}
