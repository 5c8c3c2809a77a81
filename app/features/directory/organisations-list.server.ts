import { type SQL, sql } from 'drizzle-orm'
import { departementOptions } from '#app/features/territory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkPage, type ListRules, type ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { termsOf } from '#app/platform/terms.server.ts'
import { trueOn } from './identity.server.ts'
import { listText } from './list-text.server.ts'
import { exportChange, type ListError } from './people-list.server.ts'
import { today } from './today.server.ts'

export interface OrganisationLine extends Record<string, unknown> {
  id: string
  name: string
  acronym: string | null
  kind: string | null
  place: string | null
  departement: string | null
  siret: string | null
  email: string | null
  phone: string | null
  website: string | null
  /** Who works there today. */
  people: number
  addedOn: string
}

export async function organisationsRules(ctx: AppContext) {
  const [departements, kinds] = await Promise.all([departementOptions(ctx), termsOf(ctx.db, 'organisation')])
  const offered = { departements, kinds: kinds.map(({ id, label }) => ({ value: id, label })) }
  const rules: ListRules = {
    sortable: ['nom', 'personnes', 'ajout'],
    defaultSort: { key: 'nom', direction: 'asc' },
    filters: {
      type: kinds.map(({ id }) => id),
      departement: departements.map(({ value }) => value),
      adresse: ['avec', 'sans'],
    },
  }
  return { rules, offered }
}

export interface OrganisationsFound {
  rows: OrganisationLine[]
  total: number
  near: boolean
}

export async function listOrganisations(
  ctx: AppContext,
  state: ListState,
): Promise<Result<OrganisationsFound, ListError>> {
  if (!can(ctx.actor, 'directory:read')) return err({ type: 'not-allowed' })
  const { where, near } = await conditions(ctx, state)
  const counted = await ctx.db.execute<{ n: number }>(
    sql`select count(*)::int as n from directory.organisation p where ${where}`,
  )
  const total = counted.rows[0]!.n
  const page = checkPage(state, total)
  if (!page.ok) return page
  const rows = await lines(ctx, state, where, sql`limit ${page.value.limit} offset ${page.value.offset}`)
  return ok({ rows, total, near })
}

export async function exportOrganisations(
  ctx: AppContext,
  state: ListState,
  format: 'csv' | 'xlsx',
): Promise<Result<OrganisationLine[], { type: 'not-allowed' }>> {
  if (!can(ctx.actor, 'directory:read') || !can(ctx.actor, 'directory:export')) return err({ type: 'not-allowed' })
  const { where } = await conditions(ctx, state)
  return ctx.db.transaction(async (tx) => {
    const rows = await lines({ ...ctx, db: tx }, state, where, sql``)
    const change = exportChange('directory.organisations-exported', 'organisations', state, format, rows.length)
    await recordChange(tx, ctx, change)
    return ok(rows)
  })
}

async function conditions(ctx: AppContext, { q, filters }: ListState): Promise<{ where: SQL; near: boolean }> {
  const text = await listText(ctx.db, q, 'organisation')
  const { type = [], departement = [], adresse = [] } = filters
  const all: (SQL | false)[] = [
    sql`p.merged_into_id is null`,
    text !== null && text.condition,
    type.length > 0 && sql`p.kind_id = any(${sql.param([...type])}::text[])`,
    departement.length > 0 && sql`p.departement_id = any(${sql.param([...departement])}::text[])`,
    adresse.length === 1 && (adresse[0] === 'avec' ? sql`p.email is not null` : sql`p.email is null`),
  ]
  return {
    where: sql.join(
      all.filter((one) => one !== false),
      sql` and `,
    ),
    near: text?.near ?? false,
  }
}

const orders: Record<string, SQL> = {
  nom: sql`p.search`,
  personnes: sql`coalesce(s.people, 0)`,
  ajout: sql`p.created_at`,
}

/** Who works there today, by organisation: of all of them when the list is sorted by it, else of those of the page. */
const staff = (day: string, of: SQL) => sql`
  select o.identity_id as organisation_id, count(distinct coalesce(m.identity_id, a.person_id))::int as people
  from directory.affiliation a left join directory.person_merge m on m.id = a.person_id
  join directory.organisation_card o on o.id = a.organisation_id
  where o.identity_id in (${of}) and ${trueOn(day)}
  group by 1`

async function lines(ctx: AppContext, { sort }: ListState, where: SQL, range: SQL): Promise<OrganisationLine[]> {
  const direction = sort.direction === 'desc' ? sql`desc` : sql`asc`
  const order = sql`${orders[sort.key] ?? orders.nom!} ${direction}, p.search, p.id`
  const chosen = sql`select p.* from directory.organisation p where ${where}`
  const page = sql`${chosen} order by ${order} ${range}`
  const all = sort.key === 'personnes'
  const { rows } = await ctx.db.execute<OrganisationLine>(sql`
    with page as materialized (${all ? chosen : page}), staff as materialized (${staff(today(ctx), sql`select id from page`)})
    select p.id, p.name, p.acronym, k.label as kind, t.name as place, d.name as departement, p.siret, p.email, p.phone, p.website,
      coalesce(s.people, 0) as people, to_char(p.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "addedOn"
    from page p
    left join staff s on s.organisation_id = p.id
    left join platform.term k on k.id = p.kind_id
    left join territory.territory_card t on t.id = p.territory_id
    left join territory.territory_card d on d.id = p.departement_id
    order by ${order} ${all ? range : sql``}`)
  return rows
}
