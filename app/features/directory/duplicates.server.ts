import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { nameLikeness } from './names.ts'
import { nearestIds } from './search.server.ts'

/** A record that may be the same as the one being written. */
export interface Twin {
  id: string
  label: string
  detail: string | null
  why: 'email' | 'phone' | 'name' | 'acronym'
}

interface PersonRow extends Record<string, unknown> {
  id: string
  label: string
  detail: string | null
  sameEmail: boolean
  samePhone: boolean
  given: string
  family: string
  saidGiven: string
  saidFamily: string
}

interface PersonFacts {
  givenName: string
  familyName: string
  email: string | null
  phone: string | null
}

/** People with the same address, the same telephone or nearly the same name. */
export async function likePerson(tx: Database, person: PersonFacts): Promise<Twin[]> {
  const digits = (person.phone ?? '').replace(/\D/g, '').slice(-9)
  const named = await nearNames(tx, person)
  const { rows } = await tx.execute<PersonRow>(sql`
    with near as (
      select id from directory.person where lower(email) = ${person.email}
      union select id from directory.person where right(regexp_replace(phone, '\\D', '', 'g'), 9) = ${digits.length === 9 ? digits : null}
      union select unnest(${sql.param(named)}::uuid[])
    )
    select p.id, trim(p.given_name || ' ' || p.family_name) as label, coalesce(p.email, s.organisation) as detail,
      coalesce(lower(p.email) = ${person.email}, false) as "sameEmail",
      coalesce(right(regexp_replace(p.phone, '\\D', '', 'g'), 9) = ${digits.length === 9 ? digits : null}, false) as "samePhone",
      platform.normalise(p.given_name) as given, platform.normalise(p.family_name) as family,
      platform.normalise(${person.givenName}) as "saidGiven", platform.normalise(${person.familyName}) as "saidFamily"
    from near join directory.person p using (id)
    left join lateral (
      select coalesce(o.name, a.organisation_name) as organisation from directory.affiliation a
      left join directory.organisation o on o.id = a.organisation_id
      where a.person_id = p.id order by a.valid_from desc nulls last limit 1
    ) s on true
    where p.merged_into_id is null order by p.family_name, p.id limit 60`)
  return rows.flatMap((row) => twin(row) ?? []).slice(0, 6)
}

/** A compound name may be known by either of its parts. */
async function nearNames(tx: Database, { givenName, familyName }: PersonFacts): Promise<string[]> {
  const parts = familyName.split(/[\s-]+/).filter((part) => part.length >= 3)
  const texts = [...new Set([familyName, ...parts.slice(0, 3)])].map((family) => `${givenName} ${family}`)
  const ids: string[] = []
  for (const text of texts) ids.push(...(await nearestIds(tx, text, 'person')))
  return [...new Set(ids)]
}

function twin(row: PersonRow): Twin | null {
  const { id, label, detail } = row
  const likeness = nameLikeness(row, { given: row.saidGiven, family: row.saidFamily })
  const why = row.sameEmail ? 'email' : row.samePhone ? 'phone' : likeness > 0 ? 'name' : null
  return why && { id, label, detail, why }
}

interface OrganisationFacts {
  name: string
  acronym: string | null
  departementId: string | null
}

/** Organisations of nearly the same name, or whose acronym is this name. */
export async function likeOrganisation(tx: Database, { name, acronym }: OrganisationFacts): Promise<Twin[]> {
  const { rows } = await tx.execute<Twin & Record<string, unknown>>(sql`
    with said as materialized (select platform.normalise(${name}) as name, platform.normalise(${acronym ?? name}) as acronym)
    select o.id, o.name as label, coalesce(o.acronym, t.name) as detail,
      case when platform.normalise(o.acronym) = said.acronym then 'acronym' else 'name' end as why
    from said, directory.organisation o left join territory.territory_card t on t.id = coalesce(o.territory_id, o.departement_id)
    where o.merged_into_id is null and (
      (said.name operator(public.<%) o.search and public.similarity(said.name, platform.normalise(o.name)) > 0.65)
      or (said.acronym operator(public.<%) o.search and platform.normalise(o.acronym) = said.acronym))
    order by public.similarity(said.name, platform.normalise(o.name)) desc, o.id limit 6`)
  return rows.map(({ id, label, detail, why }) => ({ id, label, detail, why }))
}
