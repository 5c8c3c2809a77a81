import { type SQL, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { recordsOf, trueOn } from '../identity.server.ts'
import { today } from '../today.server.ts'
import type { Entity } from './rules.ts'

/** One of the two records, as the review shows it. */
export interface Side {
  id: string
  name: string
  /** Label and value, in the order of the screen; empty values are left out. */
  facts: { label: string; value: string }[]
  /** How much is known of it. */
  weight: number
}

interface Row extends Record<string, unknown> {
  id: string
  name: string
  addedOn: string
}

/** Both kinds, by their ids. */
export async function sidesOf(ctx: AppContext, entity: Entity, ids: readonly string[]): Promise<Map<string, Side>> {
  const query = entity === 'person' ? people(today(ctx), ids) : organisations(ids)
  const { rows } = await ctx.db.execute<Row>(query)
  return new Map(rows.map((row) => [row.id, sideOf(row, labels[entity])]))
}

const labels: Record<Entity, Record<string, string>> = {
  person: {
    email: 'Adresse',
    phone: 'Téléphone',
    work: 'Situation',
    departement: 'Département',
    addedOn: 'Ajoutée le',
    absorbed: 'Fiches absorbées',
  },
  organisation: {
    acronym: 'Sigle',
    kind: 'Type',
    siret: 'SIRET',
    place: 'Territoire',
    email: 'Adresse',
    phone: 'Téléphone',
    people: 'Personnes',
    addedOn: 'Ajoutée le',
    absorbed: 'Fiches absorbées',
  },
}

function sideOf(row: Row, words: Record<string, string>): Side {
  const facts = Object.entries(words).flatMap(([key, label]) => {
    const value = row[key]
    return value === null || value === '' || value === 0 ? [] : [{ label, value: String(value) }]
  })
  return { id: row.id, name: row.name, facts, weight: facts.length }
}

const asked = (ids: readonly string[]) => sql`any(${sql.param([...ids])}::uuid[])`
const added = (of: SQL) => sql`to_char(${of}.created_at at time zone 'Europe/Paris', 'DD/MM/YYYY') as "addedOn"`

const people = (day: string, ids: readonly string[]) => sql`
  select p.id, trim(p.given_name || ' ' || p.family_name) as name, p.email, p.phone, t.name as departement, s.work, ${added(sql`p`)},
    (select count(*)::int from directory.person m where m.merged_into_id = p.id) as absorbed
  from directory.person p
  left join territory.territory_card t on t.id = p.departement_id
  left join lateral (
    select nullif(concat_ws(', ', a.function, coalesce(o.name, a.organisation_name)), '') as work
    from directory.affiliation a left join directory.organisation_card o on o.id = a.organisation_id
    where a.person_id = any(${recordsOf(sql`p.id`)})
    order by (${trueOn(day)}) desc, a.valid_from desc nulls last, a.created_at desc, a.id limit 1
  ) s on true
  where p.id = ${asked(ids)}`

const organisations = (ids: readonly string[]) => sql`
  select o.id, o.name, o.acronym, k.label as kind, o.siret, t.name as place, o.email, o.phone, ${added(sql`o`)},
    (select count(distinct a.person_id)::int from directory.affiliation a where a.organisation_id = o.id) as people,
    (select count(*)::int from directory.organisation m where m.merged_into_id = o.id) as absorbed
  from directory.organisation o
  left join platform.term k on k.id = o.kind_id
  left join territory.territory_card t on t.id = coalesce(o.territory_id, o.departement_id)
  where o.id = ${asked(ids)}`
