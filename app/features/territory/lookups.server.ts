import { inArray, type SQL, sql } from 'drizzle-orm'
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

/** Everything that holds this territory on that day: EPCI, départements, région, contrat de ville… itself left out. */
export async function ancestorsOf(db: Database, id: string, day: string): Promise<string[]> {
  const links = standing(day)
  const { rows } = await db.execute<{ id: string }>(sql`
    select up.parent_id as id from ${links} up where up.child_id = ${id}
    union
    select region.parent_id from ${links} up join ${links} region on region.child_id = up.parent_id
    where up.child_id = ${id} and region.parent_id like 'reg-%'`)
  return rows.map((row) => row.id)
}

/**
 * Everything that lies in it on that day, at any depth; itself left out. Without a day, everything that ever did, and what lay in
 * those it took over from: the whole memory of the place.
 */
export async function descendantsOf(db: Database, id: string, day?: string): Promise<string[]> {
  const links = day === undefined ? sql`territory.link` : standing(day)
  const roots = day === undefined ? withFormer(id) : sql`roots(id) as (select ${id}::text)`
  const { rows } = await db.execute<{ id: string }>(sql`
    with recursive ${roots}
    select id from roots where id <> ${id}
    union select down.child_id from roots join ${links} down on down.parent_id = roots.id
    union
    select deep.child_id from roots join ${links} down on down.parent_id = roots.id join ${links} deep on deep.parent_id = down.child_id
    where roots.id like 'reg-%'`)
  return rows.map((row) => row.id)
}

/**
 * The links that stand on a day. Everything is linked straight to its EPCI and its départements, so that nobody climbs from a
 * commune through an EPCI that spreads over two départements; only régions are one step further. A source that says nothing of
 * the past (the Code officiel géographique) dates its links from the first vintage loaded: earlier days are read as that day.
 */
const standing = (day: string): SQL => sql`(
  select l.child_id, l.parent_id from territory.link l
  join territory.vintage v on v.id = l.vintage_id
  join (select source, make_date(min(year), 1, 1) as first_day from territory.vintage group by source) s on s.source = v.source
  where l.valid_from <= greatest(${day}::date, s.first_day) and (l.valid_to is null or l.valid_to >= ${day}::date))`

const withFormer = (id: string): SQL => sql`roots(id) as (
  select ${id}::text union select s.former_id from territory.succession s join roots on roots.id = s.next_id)`
