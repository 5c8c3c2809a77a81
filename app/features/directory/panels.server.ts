import { type SQL, sql } from 'drizzle-orm'
import { descendantsOf } from '#app/features/territory/index.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Panel, PanelItem, PanelSource } from '#app/platform/panels.server.ts'
import { organisationRecords, trueOn } from './identity.server.ts'
import { today } from './today.server.ts'

const SHOWN = 50

type Row = PanelItem & { total: number } & Record<string, unknown>

/** Who is on a territory: shown on its page. */
export const directoryPanels: PanelSource[] = [
  { entity: 'territory', load: organisationsThere },
  { entity: 'territory', load: peopleThere },
]

async function organisationsThere(ctx: AppContext, territoryId: string): Promise<Panel | null> {
  if (!can(ctx.actor, 'directory:read')) return null
  const { rows } = await ctx.db.execute<Row>(sql`
    select o.id, o.name as label, k.label as detail, '/bureau/organisations/' || o.id as href, count(*) over ()::int as total
    from directory.organisation o left join platform.term k on k.id = o.kind_id
    where ${await located(ctx, territoryId)} and o.merged_into_id is null
    order by o.search, o.id limit ${SHOWN}`)
  return panel('organisations', 'Organisations', rows, more('organisations', territoryId))
}

/** Those who live or work there today. */
async function peopleThere(ctx: AppContext, territoryId: string): Promise<Panel | null> {
  if (!can(ctx.actor, 'directory:read')) return null
  const day = today(ctx)
  const { rows } = await ctx.db.execute<Row>(sql`
    with there as (
      select id from directory.person where departement_id = ${territoryId} and merged_into_id is null
      union select coalesce(m.merged_into_id, m.id) from directory.organisation o
        join directory.affiliation a on a.organisation_id = any(${organisationRecords(sql`o.id`)}) join directory.person m on m.id = a.person_id
        where ${await located(ctx, territoryId)} and o.merged_into_id is null and ${trueOn(day)}
    ), shown as (
      select p.id, p.given_name, p.family_name, p.sort_name, count(*) over ()::int as total
      from there join directory.person p using (id) order by p.sort_name, p.id limit ${SHOWN}
    )
    select p.id, trim(p.given_name || ' ' || p.family_name) as label, s.detail, '/bureau/personnes/' || p.id as href, p.total
    from shown p left join lateral (
      select nullif(concat_ws(', ', a.function, coalesce(o.name, a.organisation_name)), '') as detail
      from directory.affiliation a left join directory.organisation o on o.id = a.organisation_id
      where a.person_id = p.id order by coalesce(a.valid_to, 'infinity') desc, a.valid_from desc nulls last, a.id limit 1
    ) s on true
    order by p.sort_name, p.id`)
  return panel('people', 'Personnes', rows, more('personnes', territoryId))
}

/** An organisation of this territory, or of one that lies or ever lay in it: a commune of the EPCI, a quartier of the commune. */
async function located(ctx: AppContext, territoryId: string): Promise<SQL> {
  if (territoryId.startsWith('dep-')) return sql`o.departement_id = ${territoryId}`
  const inside = await descendantsOf(ctx.db, territoryId)
  return sql`o.territory_id = any(${sql.param([territoryId, ...inside])}::text[])`
}

/** The list of a département can be filtered; those of the smaller territories are whole, or nearly. */
const more = (list: string, territoryId: string) =>
  territoryId.startsWith('dep-') ? `/bureau/${list}?departement=${encodeURIComponent(territoryId)}` : undefined

const panel = (key: string, title: string, rows: readonly Row[], moreHref?: string): Panel => ({
  key,
  title,
  total: rows[0]?.total ?? 0,
  items: rows.map(({ id, label, detail, href }) => ({ id, label, detail, href })),
  moreHref,
})
