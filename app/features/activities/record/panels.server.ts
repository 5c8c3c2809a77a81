import { type SQL, sql } from 'drizzle-orm'
import { organisationRecords } from '#app/features/directory/index.server.ts'
import { descendantsOf } from '#app/features/territory/index.server.ts'
import { can, type AppContext } from '#app/platform/context.ts'
import type { Panel, PanelSource } from '#app/platform/panels.server.ts'
import { instantOrNull } from '../instant.server.ts'
import { type ActivityStatus, statusLabels } from '../labels.ts'

interface Row extends Record<string, unknown> {
  id: string
  title: string
  detail: string | null
  startsAt: string | null
  status: ActivityStatus
  total: number
}

const SHOWN = 50

/** `source`: rows (activity_id, detail) of what ties an activity to the record; the latest first. */
async function panelOf(
  ctx: AppContext,
  key: string,
  title: string,
  source: SQL,
  moreHref?: string,
): Promise<Panel | null> {
  if (!can(ctx.actor, 'activities:read')) return null
  const { rows } = await ctx.db.execute<Row>(sql`
    with tied as (${source}), one as (select activity_id, string_agg(distinct detail, ', ') as detail from tied group by activity_id)
    select a.id, a.title, concat_ws(' · ', k.label, one.detail) as detail, a.starts_at as "startsAt", a.status,
      count(*) over ()::int as total
    from one join activities.activity a on a.id = one.activity_id join platform.term k on k.id = a.kind_id
    order by a.starts_at desc nulls first, a.id limit ${SHOWN}`)
  return {
    key,
    title,
    total: rows[0]?.total ?? 0,
    moreHref: (rows[0]?.total ?? 0) > SHOWN ? moreHref : undefined,
    items: rows.map(({ id, title: label, detail, startsAt, status }) => ({
      id,
      label,
      detail,
      day: instantOrNull(startsAt),
      state: status === 'published' ? null : statusLabels[status],
      href: `/bureau/activites/${id}`,
    })),
  }
}

/** Everything that a person merged into this one did is theirs. */
const identity = (id: string) => sql`(select c.id from directory.person_card c
  where c.identity_id = (select identity_id from directory.person_card where id = ${id}))`

const speaking: PanelSource = {
  entity: 'person',
  load: (ctx, id) =>
    panelOf(
      ctx,
      'interventions',
      'Interventions',
      sql`select activity_id, function as detail from activities.speaker where person_id in ${identity(id)}`,
    ),
}

const leading: PanelSource = {
  entity: 'person',
  load: async (ctx, id) => {
    const source = sql`select id as activity_id, null::text as detail from activities.activity where lead_person_id in ${identity(id)}`
    const panel = await panelOf(ctx, 'responsable', 'Activités dont cette personne est responsable', source, led(id))
    // few people lead activities: the page of the others does not say that they do not
    return panel && panel.total > 0 ? panel : null
  },
}

const led = (id: string) => `/bureau/activites?responsable=${id}`

const partnering: PanelSource = {
  entity: 'organisation',
  load: (ctx, id) =>
    panelOf(
      ctx,
      'partenariats',
      'Activités en partenariat',
      sql`select activity_id, part as detail from activities.activity_partner where organisation_id = any(${organisationRecords(id)})
        union all select activity_id, 'intervention de ' || name from activities.speaker where organisation_id = any(${organisationRecords(id)})`,
    ),
}

/** The memory of the place: what took place there, or in what lies or ever lay in it. */
const territory: PanelSource = {
  entity: 'territory',
  load: async (ctx, id) => {
    if (!can(ctx.actor, 'activities:read')) return null
    const places = sql.param([id, ...(await descendantsOf(ctx.db, id))])
    return panelOf(
      ctx,
      'activites',
      'Activités sur ce territoire',
      sql`select x.activity_id, case when x.territory_id <> ${id} then c.name end as detail
        from activities.activity_territory x join territory.territory_card c on c.id = x.territory_id
        where x.territory_id = any(${places}::text[])
        union all
        select a.id, null from activities.activity a where a.departement_id = any(${places}::text[])`,
    )
  },
}

export const recordPanels: PanelSource[] = [speaking, leading, partnering, territory]
