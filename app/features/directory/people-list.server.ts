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
    sortable: ['nom', 'prenom', 'organisation', 'ajout'],
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
  const total = await countPeople(ctx.db, where)
  const page = checkPage(state, total)
  if (!page.ok) return page
  const rows = await lines(ctx, state, where, sql`limit ${page.value.limit} offset ${page.value.offset}`)
  return ok({ rows, total, near })
}

async function countPeople(db: AppContext['db'], where: SQL): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from directory.person p where ${where}`,
  )
  return rows[0]!.n
}

export type ExportError = { type: 'not-allowed' } | { type: 'too-many'; count: number }

/** The whole list as it is filtered; who took it away, and how much, is kept. */
export async function exportPeople(
  ctx: AppContext,
  state: ListState,
  format: 'csv' | 'xlsx' | 'vcf',
  most = Number.POSITIVE_INFINITY,
): Promise<Result<PersonLine[], ExportError>> {
  if (!can(ctx.actor, 'directory:read') || !can(ctx.actor, 'directory:export')) return err({ type: 'not-allowed' })
  const { where } = await conditions(ctx, state)
  return ctx.db.transaction(async (tx) => {
    const count = most < Number.POSITIVE_INFINITY ? await countPeople(tx, where) : 0
    if (count > most) return err({ type: 'too-many', count })
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
    sql`p.merged_into_id is null and p.erased_year is null`,
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
  left join directory.organisation_card o on o.id = a.organisation_id where ${trueOn(day)} and ${condition})`

/** The latest answer for this purpose is a yes. */
const agreed = (purpose: string) => sql`p.id in (
  select id from (
    select distinct on (coalesce(m.identity_id, c.person_id)) coalesce(m.identity_id, c.person_id) as id, c.given
    from directory.consent c left join directory.person_merge m on m.id = c.person_id where c.purpose = ${purpose}
    order by 1, c.at desc, c.id desc
  ) latest where given)`

const orders: Record<string, SQL> = {
  nom: sql`p.sort_name`,
  prenom: sql`p.search`,
  organisation: sql`p.employer`,
  ajout: sql`p.created_at`,
}

/** Which of somebody's affiliations their line shows: that of today, else the last one known. */
const shownFirst = (day: string) => sql`(${trueOn(day)}) desc, a.valid_from desc nulls last, a.created_at desc, a.id`

/** The organisation of everybody's line, read by one pass: only where the list is sorted by it. */
const employed = (day: string) => sql`
  select p.*, e.employer from directory.person p left join (
    select distinct on (coalesce(m.identity_id, a.person_id)) coalesce(m.identity_id, a.person_id) as person_id,
      platform.normalise(coalesce(o.name, a.organisation_name)) as employer
    from directory.affiliation a left join directory.person_merge m on m.id = a.person_id
    left join directory.organisation_card o on o.id = a.organisation_id
    order by coalesce(m.identity_id, a.person_id), ${shownFirst(day)}
  ) e on e.person_id = p.id`

async function lines(ctx: AppContext, { sort }: ListState, where: SQL, range: SQL): Promise<PersonLine[]> {
  const direction = sort.direction === 'desc' ? sql`desc` : sql`asc`
  // those who have none come last, and people of one organisation by their names; nothing that an index could not give otherwise
  const name = sort.key === 'organisation' ? sql` nulls last, p.sort_name` : sql``
  const order = sql`${orders[sort.key] ?? orders.nom!} ${direction}${name}, p.id`
  const people = sort.key === 'organisation' ? sql`(${employed(today(ctx))})` : sql`directory.person`
  const { rows } = await ctx.db.execute<PersonLine>(sql`
    with page as materialized (select p.* from ${people} p where ${where} order by ${order} ${range})
    select p.id, p.given_name as "givenName", p.family_name as "familyName", p.email, p.phone, t.name as departement,
      a.function, coalesce(o.name, a.organisation_name) as organisation, o.acronym, o.identity_id as "organisationId", k.label as profile,
      coalesce(c.purposes, '{}') as consents, to_char(p.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "addedOn"
    from page p
    left join lateral (
      select a.* from directory.affiliation a
      where a.person_id = any(${recordsOf(sql`p.id`)})
      order by ${shownFirst(today(ctx))} limit 1
    ) a on true
    left join directory.organisation_card o on o.id = a.organisation_id
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
