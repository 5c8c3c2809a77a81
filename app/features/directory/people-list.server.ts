import { type SQL, sql } from 'drizzle-orm'
import { departementOptions } from '#app/features/territory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkPage, type ListParamsError, type ListRules, type ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { termsOf } from '#app/platform/terms.server.ts'
import { families } from './choices.server.ts'
import { recordsOf, trueOn } from './identity.server.ts'
import type { ConsentPurpose } from './labels.ts'
import { listText } from './list-text.server.ts'
import { consentPurposes } from './schema.server.ts'
import { today } from './today.server.ts'

/** A line of the list; function, organisation and profile are those of today, else the last ones known. */
export interface PersonLine extends Record<string, unknown> {
  id: string
  givenName: string
  familyName: string
  email: string | null
  phone: string | null
  departement: string | null
  function: string | null
  organisation: string | null
  acronym: string | null
  organisationId: string | null
  profile: string | null
  consents: ConsentPurpose[]
  addedOn: string
}

/** What the list accepts, and what its filters offer. */
export async function peopleRules(ctx: AppContext) {
  const [departements, profiles, kinds] = await Promise.all([
    departementOptions(ctx),
    termsOf(ctx.db, 'profil'),
    termsOf(ctx.db, 'organisation'),
  ])
  const offered = {
    departements,
    families: families(profiles),
    kinds: kinds.map(({ id, label }) => ({ value: id, label })),
  }
  const values = (options: readonly { value: string }[]) => options.map(({ value }) => value)
  const rules: ListRules = {
    sortable: ['nom', 'prenom', 'ajout'],
    defaultSort: { key: 'nom', direction: 'asc' },
    filters: {
      famille: values(offered.families),
      departement: values(departements),
      type: values(offered.kinds),
      consentement: consentPurposes,
      adresse: ['avec', 'sans'],
    },
  }
  return { rules, offered }
}

export interface PeopleFound {
  rows: PersonLine[]
  total: number
  near: boolean
}

export type ListError = { type: 'not-allowed' } | ListParamsError

/** One page of the list. */
export async function listPeople(ctx: AppContext, state: ListState): Promise<Result<PeopleFound, ListError>> {
  if (!can(ctx.actor, 'directory:read')) return err({ type: 'not-allowed' })
  const { where, near } = await conditions(ctx, state)
  const counted = await ctx.db.execute<{ n: number }>(
    sql`select count(*)::int as n from directory.person p where ${where}`,
  )
  const total = counted.rows[0]!.n
  const page = checkPage(state, total)
  if (!page.ok) return page
  const rows = await lines(ctx, state, where, sql`limit ${page.value.limit} offset ${page.value.offset}`)
  return ok({ rows, total, near })
}

/** The whole list as it is filtered; who took it away, and how much, is kept. */
export async function exportPeople(
  ctx: AppContext,
  state: ListState,
  format: 'csv' | 'xlsx',
): Promise<Result<PersonLine[], { type: 'not-allowed' }>> {
  if (!can(ctx.actor, 'directory:read') || !can(ctx.actor, 'directory:export')) return err({ type: 'not-allowed' })
  const { where } = await conditions(ctx, state)
  return ctx.db.transaction(async (tx) => {
    const rows = await lines({ ...ctx, db: tx }, state, where, sql``)
    await recordChange(tx, ctx, exportChange('directory.people-exported', 'people', state, format, rows.length))
    return ok(rows)
  })
}

export const exportChange = (action: string, list: string, state: ListState, format: string, rows: number) => ({
  action,
  entity: 'export',
  entityId: list,
  fields: {
    rows: [null, rows] as [unknown, unknown],
    format: [null, format] as [unknown, unknown],
    filters: [
      null,
      Object.entries(state.filters).flatMap(([name, values]) => values.map((value) => `${name}=${value}`)),
    ] as [unknown, unknown],
  },
})

async function conditions(ctx: AppContext, { q, filters }: ListState): Promise<{ where: SQL; near: boolean }> {
  const text = await listText(ctx.db, q, 'person')
  const day = today(ctx)
  const { famille = [], departement = [], type = [], consentement = [], adresse = [] } = filters
  const all: (SQL | false)[] = [
    sql`p.merged_into_id is null`,
    text !== null && text.condition,
    famille.length > 0 &&
      currently(
        day,
        sql`a.profile_id in (select id from platform.term where id = any(${list(famille)}) or parent_id = any(${list(famille)}))`,
      ),
    departement.length > 0 &&
      sql`(p.departement_id = any(${list(departement)}) or ${currently(day, sql`o.departement_id = any(${list(departement)})`)})`,
    type.length > 0 && currently(day, sql`o.kind_id = any(${list(type)})`),
    ...consentement.map(agreed),
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

const list = (values: readonly string[]) => sql`${sql.param([...values])}::text[]`

/** Through what they do today; affiliations of records merged into this one count. */
const currently = (day: string, condition: SQL) => sql`p.id in (
  select coalesce(m.identity_id, a.person_id) from directory.affiliation a left join directory.person_merge m on m.id = a.person_id
  left join directory.organisation o on o.id = a.organisation_id where ${trueOn(day)} and ${condition})`

/** The latest answer for this purpose is a yes. */
const agreed = (purpose: string) => sql`p.id in (
  select id from (
    select distinct on (coalesce(m.identity_id, c.person_id)) coalesce(m.identity_id, c.person_id) as id, c.given
    from directory.consent c left join directory.person_merge m on m.id = c.person_id where c.purpose = ${purpose}
    order by 1, c.at desc, c.id desc
  ) latest where given)`

const orders: Record<string, SQL> = { nom: sql`p.sort_name`, prenom: sql`p.search`, ajout: sql`p.created_at` }

async function lines(ctx: AppContext, { sort }: ListState, where: SQL, range: SQL): Promise<PersonLine[]> {
  const direction = sort.direction === 'desc' ? sql`desc` : sql`asc`
  const order = sql`${orders[sort.key] ?? orders.nom!} ${direction}, p.id`
  const { rows } = await ctx.db.execute<PersonLine>(sql`
    with page as materialized (select p.* from directory.person p where ${where} order by ${order} ${range})
    select p.id, p.given_name as "givenName", p.family_name as "familyName", p.email, p.phone, t.name as departement,
      a.function, coalesce(o.name, a.organisation_name) as organisation, o.acronym, o.id as "organisationId", k.label as profile,
      coalesce(c.purposes, '{}') as consents, to_char(p.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "addedOn"
    from page p
    left join lateral (
      select a.* from directory.affiliation a
      where a.person_id = any(${recordsOf(sql`p.id`)})
      order by (${trueOn(today(ctx))}) desc, a.valid_from desc nulls last, a.created_at desc, a.id limit 1
    ) a on true
    left join directory.organisation o on o.id = a.organisation_id
    left join platform.term k on k.id = a.profile_id
    left join territory.territory_card t on t.id = coalesce(p.departement_id, o.departement_id)
    left join lateral (
      select array_agg(purpose order by purpose) filter (where given) as purposes from (
        select distinct on (c.purpose) c.purpose, c.given from directory.consent c
        where c.person_id = any(${recordsOf(sql`p.id`)})
        order by c.purpose, c.at desc, c.id desc) latest
    ) c on true
    order by ${order}`)
  return rows
}
