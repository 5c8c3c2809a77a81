import { inArray, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { type TerritoryKind, territories } from './schema.server.ts'

export interface TerritoryName {
  id: string
  kind: TerritoryKind
  code: string
  name: string
  departementCode: string | null
}

/** Those of the ids that exist, in no order. */
export function territoriesByIds(db: Database, ids: readonly string[]): Promise<TerritoryName[]> {
  if (ids.length === 0) return Promise.resolve([])
  const { id, kind, code, name, departementCode } = territories
  return db
    .select({ id, kind, code, name, departementCode })
    .from(territories)
    .where(inArray(id, [...ids]))
}

/** Everything that holds this territory on that day: EPCI, département, région, contract… itself left out. */
export const ancestorsOf = (db: Database, id: string, day: string) => walk(db, id, day, 'up')

/** Everything that lies in it on that day, at any depth; itself left out. */
export const descendantsOf = (db: Database, id: string, day: string) => walk(db, id, day, 'down')

/**
 * A source that says nothing of the past (the Code officiel géographique) dates its links from the first vintage loaded: earlier
 * days are read as that first day.
 */
async function walk(db: Database, id: string, day: string, way: 'up' | 'down'): Promise<string[]> {
  const [from, to] = way === 'up' ? [sql`child_id`, sql`parent_id`] : [sql`parent_id`, sql`child_id`]
  const { rows } = await db.execute<{ id: string }>(sql`
    with recursive reached(id) as (
      select ${id}::text
      union
      select l.${to} from territory.link l join reached on reached.id = l.${from}
      join territory.vintage v on v.id = l.vintage_id
      join (select source, make_date(min(year), 1, 1) as first_day from territory.vintage group by source) s on s.source = v.source
      where l.valid_from <= greatest(${day}::date, s.first_day) and (l.valid_to is null or l.valid_to >= ${day}::date)
    )
    select id from reached where id <> ${id}`)
  return rows.map((row) => row.id)
}
