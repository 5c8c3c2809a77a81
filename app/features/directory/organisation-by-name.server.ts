import { eq, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import { organisations } from './schema.server.ts'

/** The organisation of exactly this name, whatever its accents, case and hyphens; its acronym will do when only one has it. */
export async function organisationByName(db: Database, name: string): Promise<{ id: string; name: string } | null> {
  const { rows } = await executePrepared<{ id: string; name: string; exact: boolean }>(
    db,
    sql`
    with said as materialized (select platform.normalise(${name.slice(0, 400)}) as name),
    found as (
      select o.id from said join directory.organisation o on platform.normalise(o.name) = said.name
      union select o.id from said join directory.organisation o on o.search like '% ' || replace(said.name, '_', '\\_')
        and platform.normalise(o.acronym) = said.name
    )
    select coalesce(k.id, o.id) as id, coalesce(k.name, o.name) as name, platform.normalise(o.name) = said.name as exact
    from said, found join directory.organisation o using (id) left join directory.organisation k on k.id = o.merged_into_id
    where said.name <> ''
    order by exact desc, o.merged_into_id is not null, o.created_at, o.id limit 20`,
  )
  const [first] = rows
  if (!first) return null
  const alone = first.exact || new Set(rows.map(({ id }) => id)).size === 1
  return alone ? { id: first.id, name: first.name } : null
}

export async function organisationNameOf(db: Database, id: string): Promise<string | null> {
  const [row] = await db.select({ name: organisations.name }).from(organisations).where(eq(organisations.id, id))
  return row?.name ?? null
}
