import { eq, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { held } from './list.server.ts'
import { type TerritoryKind, territories, vintages } from './schema.server.ts'

export interface Relative extends Record<string, unknown> {
  id: string
  kind: TerritoryKind
  code: string
  name: string
  detail: string | null
  from: string
  to: string | null
  /** The first day is only that of the source: the link is older. */
  fromUnknown: boolean
  /** The vintage that says so. */
  source: string
  year: number
  attribution: string
}

export interface Succession extends Record<string, unknown> {
  id: string
  name: string
  day: string
  way: 'former' | 'next'
}

/** A territory with what holds it, what it holds, its former names and who took over from whom. */
export async function loadTerritory(ctx: AppContext, id: string) {
  if (!can(ctx.actor, 'territory:read')) return null
  const [found] = await ctx.db
    .select({ territory: territories, vintage: vintages })
    .from(territories)
    .innerJoin(vintages, eq(vintages.id, territories.vintageId))
    .where(eq(territories.id, id))
  if (!found) return null
  const [parents, children, successions, names, coverage] = await Promise.all([
    relatives(ctx, id, 'up'),
    relatives(ctx, id, 'down'),
    successionsOf(ctx, id),
    formerNamesOf(ctx, id),
    coverageOf(ctx, id),
  ])
  const { search: _search, ...territory } = found.territory
  const { source, year, attribution } = found.vintage
  const sources = distinctSources([{ source, year, attribution }, ...parents, ...children])
  return { territory, parents, children, successions, formerNames: names, coverage, sources }
}

export type TerritoryRecord = NonNullable<Awaited<ReturnType<typeof loadTerritory>>>

function distinctSources(all: readonly Pick<Relative, 'source' | 'year' | 'attribution'>[]) {
  const byName = new Map(
    all.map(({ source, year, attribution }) => [`${source} ${year}`, { source, year, attribution }] as const),
  )
  return [...byName.values()]
}

async function relatives({ db }: AppContext, id: string, way: 'up' | 'down'): Promise<Relative[]> {
  const [mine, other] = way === 'up' ? [sql`l.child_id`, sql`l.parent_id`] : [sql`l.parent_id`, sql`l.child_id`]
  const { rows } = await db.execute<Relative>(sql`
    select t.id, t.kind, t.code, t.name, t.detail, l.valid_from::text as "from", l.valid_to::text as "to",
      (l.valid_from = s.first_day and v.source = 'Code officiel géographique') as "fromUnknown",
      v.source, v.year, v.attribution
    from territory.link l join territory.territory t on t.id = ${other}
    join territory.vintage v on v.id = l.vintage_id
    join (select source, make_date(min(year), 1, 1) as first_day from territory.vintage group by source) s on s.source = v.source
    where ${mine} = ${id}
    order by (l.valid_to is not null), case when t.kind in ('departement', 'qpv') then t.code end,
      platform.normalise(t.name), l.valid_from limit 2000`)
  return rows
}

async function successionsOf({ db }: AppContext, id: string): Promise<Succession[]> {
  const { rows } = await db.execute<Succession>(sql`
    select t.id, t.name, s.day::text, case when s.former_id = ${id} then 'next' else 'former' end as way
    from territory.succession s
    join territory.territory t on t.id = case when s.former_id = ${id} then s.next_id else s.former_id end
    where ${id} in (s.former_id, s.next_id) order by s.day, t.name`)
  return rows
}

async function formerNamesOf({ db }: AppContext, id: string): Promise<{ name: string; year: number }[]> {
  const { rows } = await db.execute<{ name: string; year: number }>(
    sql`select name, year from territory.former_name where territory_id = ${id} order by year desc, name`,
  )
  return rows
}

/** What lies there: EPCI and communes of today, contracts and quarters of the lists loaded, residents of the quarters. */
async function coverageOf({ db }: AppContext, id: string) {
  const { rows } = await db.execute<{
    epci: number
    communes: number
    contracts: number
    qpv: number
    residents: number | null
  }>(sql`
    with lying as (
      select l.child_id as id from territory.link l where l.parent_id = ${id} and l.valid_to is null
      union select deep.child_id from territory.link l join territory.link deep on deep.parent_id = l.child_id
      where l.parent_id = ${id} and ${id} like 'reg-%' and l.valid_to is null and deep.valid_to is null)
    select count(*) filter (where t.kind = 'epci')::int as epci, count(*) filter (where t.kind = 'commune')::int as communes,
      coalesce(max(h.contracts), 0) as contracts, coalesce(max(h.qpv), 0) as qpv, max(h.residents) as residents
    from (select 1) always left join lying on true left join territory.territory t on t.id = lying.id
    left join ${held} h on h.holder = ${id}`)
  return rows[0]!
}
