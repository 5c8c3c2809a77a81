import { eq, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { type TerritoryKind, territories, vintages } from './schema.server.ts'

export interface Relative extends Record<string, unknown> {
  id: string
  kind: TerritoryKind
  code: string
  name: string
  population: number | null
  from: string
  to: string | null
  /** The first day is only that of the source: the link is older. */
  fromUnknown: boolean
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
  const [parents, children, successions, names, urbanPolicy] = await Promise.all([
    relatives(ctx, id, 'up'),
    relatives(ctx, id, 'down'),
    successionsOf(ctx, id),
    formerNamesOf(ctx, id),
    urbanPolicyIn(ctx, id),
  ])
  const { search: _search, ...territory } = found.territory
  return { territory, vintage: found.vintage, parents, children, successions, formerNames: names, urbanPolicy }
}

export type TerritoryRecord = NonNullable<Awaited<ReturnType<typeof loadTerritory>>>

async function relatives({ db }: AppContext, id: string, way: 'up' | 'down'): Promise<Relative[]> {
  const [mine, other] = way === 'up' ? [sql`l.child_id`, sql`l.parent_id`] : [sql`l.parent_id`, sql`l.child_id`]
  const { rows } = await db.execute<Relative>(sql`
    select t.id, t.kind, t.code, t.name, t.population::int as population, l.valid_from::text as "from", l.valid_to::text as "to",
      (l.valid_from = s.first_day and v.source = 'Code officiel géographique') as "fromUnknown"
    from territory.link l join territory.territory t on t.id = ${other}
    join territory.vintage v on v.id = l.vintage_id
    join (select source, make_date(min(year), 1, 1) as first_day from territory.vintage group by source) s on s.source = v.source
    where ${mine} = ${id}
    order by (l.valid_to is not null), platform.normalise(t.name), l.valid_from limit 1500`)
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
    sql`select name, year from territory.former_name where territory_id = ${id} order by year desc`,
  )
  return rows
}

/** What the politique de la ville counts there: quarters, their residents, contracts. */
async function urbanPolicyIn({ db }: AppContext, id: string) {
  const { rows } = await db.execute<{ qpv: number; residents: number; contracts: number }>(sql`
    with held as (
      select distinct t.id, t.kind, t.population from territory.link l join territory.territory t on t.id = l.child_id
      where l.parent_id = ${id} and t.kind in ('qpv', 'contrat-de-ville')
      union
      select distinct t.id, t.kind, t.population from territory.link d
      join territory.link l on l.parent_id = d.child_id join territory.territory t on t.id = l.child_id
      where d.parent_id = ${id} and d.child_id like 'dep-%' and t.kind in ('qpv', 'contrat-de-ville'))
    select count(*) filter (where kind = 'qpv')::int as qpv, coalesce(sum(population) filter (where kind = 'qpv'), 0)::int as residents,
      count(*) filter (where kind = 'contrat-de-ville')::int as contracts
    from held`)
  return rows[0]!
}
