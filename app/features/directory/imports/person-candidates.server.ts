import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { PlainName } from '../names.ts'
import type { PersonSaid } from './person-line.server.ts'

export interface KnownPerson {
  id: string
  label: string
  email: string | null
  phone: string | null
  departementId: string | null
  note: string | null
}

export interface Candidate {
  via: 'email' | 'phone' | 'name'
  name: PlainName
  person: KnownPerson
}

export interface ComparedLine {
  name: PlainName
  /** The organisation as searches write it; an empty text where none was said. */
  organisation: string
  candidates: Candidate[]
}

interface Row extends Record<string, unknown> {
  line: number
  given: string
  family: string
  organisation: string
  via: Candidate['via'] | null
  knownGiven: string
  knownFamily: string
  id: string
  label: string
  email: string | null
  phone: string | null
  departementId: string | null
  note: string | null
}

/** For every line, who shares its address, its telephone or its very name: one statement for a whole batch. */
export async function compareLines(
  tx: Database,
  lines: readonly { line: number; said: PersonSaid }[],
): Promise<Map<number, ComparedLine>> {
  const asked = lines.map(({ line, said: { plain, givenName, familyName, email, phone, organisation } }) => ({
    line,
    known: plain !== undefined,
    given: plain?.given ?? givenName,
    family: plain?.family ?? familyName,
    organisation: plain?.organisation ?? organisation ?? '',
    email: email ?? '',
    digits: phoneEnd(phone) ?? '',
  }))
  // a guess of the planner's about expressions would read the whole directory for every batch
  await reachIntoIndexes(tx, true)
  const { rows } = await tx.execute<Row>(sql`
    with plain as materialized (
      select line, email, digits, case when known then given else platform.normalise(given) end as given,
        case when known then family else platform.normalise(family) end as family,
        case when known or organisation = '' then organisation else platform.normalise(organisation) end as organisation
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        as said(line int, known boolean, given text, family text, organisation text, email text, digits text)
    ), found as (
      select line, 'email' as via, p.id from plain s join directory.person p on lower(p.email) = s.email where s.email <> ''
      union all
      select line, 'phone', p.id from plain s
        join directory.person p on right(regexp_replace(p.phone, '\\D', '', 'g'), 9) = s.digits where s.digits <> ''
      union all
      select line, 'name', p.id from plain s join directory.person p on p.sort_name = s.family || '  ' || s.given
    )
    select s.line, s.given, s.family, s.organisation, f.via,
      split_part(p.sort_name, '  ', 2) as "knownGiven", split_part(p.sort_name, '  ', 1) as "knownFamily",
      k.id, trim(k.given_name || ' ' || k.family_name) as label, k.email, k.phone, k.departement_id as "departementId", k.note
    from plain s left join found f using (line) left join directory.person p on p.id = f.id
    left join directory.person k on k.id = coalesce(p.merged_into_id, p.id)
    order by s.line, k.created_at, k.id`)
  await reachIntoIndexes(tx, false)
  const compared = new Map<number, ComparedLine>()
  for (const row of rows) {
    const { line, given, family, organisation } = row
    if (!compared.has(line)) compared.set(line, { name: { given, family }, organisation, candidates: [] })
    const one = candidateOf(row)
    if (one) compared.get(line)!.candidates.push(one)
  }
  // kept with the line: the writing need not ask the database again
  for (const { line, said } of lines) said.plain = plainOf(compared.get(line)!)
  return compared
}

/** Until the end of the transaction at most. */
const reachIntoIndexes = (tx: Database, only: boolean) =>
  tx.execute(sql`
    select set_config('enable_hashjoin', ${only ? 'off' : 'on'}, true), set_config('enable_mergejoin', ${only ? 'off' : 'on'}, true)`)

const plainOf = ({ name, organisation }: ComparedLine) => ({ ...name, organisation })

const candidateOf = ({
  via,
  knownGiven: given,
  knownFamily: family,
  id,
  label,
  email,
  phone,
  departementId,
  note,
}: Row) =>
  via && id ? { via, name: { given, family }, person: { id, label, email, phone, departementId, note } } : null

export async function peopleByIds(tx: Database, ids: readonly string[]): Promise<Map<string, KnownPerson>> {
  const { rows } = await tx.execute<KnownPerson & Record<string, unknown>>(sql`
    select id, trim(given_name || ' ' || family_name) as label, email, phone, departement_id as "departementId", note
    from directory.person where id = any(${sql.param([...ids])}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The nine digits that stay the same with and without a country. */
export function phoneEnd(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/\D/g, '')
  return digits.length >= 9 ? digits.slice(-9) : null
}

export interface KnownAffiliation {
  id: string
  personId: string
  organisationId: string | null
  /** Name and acronym of the organisation, as searches write them. */
  names: string[]
  function: string | null
  profileId: string | null
  validFrom: string | null
  validTo: string | null
}

export async function affiliationsOf(
  tx: Database,
  people: readonly string[],
): Promise<Map<string, KnownAffiliation[]>> {
  const { rows } = await tx.execute<KnownAffiliation & Record<string, unknown>>(sql`
    select a.id, coalesce(p.merged_into_id, p.id) as "personId", a.organisation_id as "organisationId",
      array_remove(array[platform.normalise(coalesce(o.name, a.organisation_name)), platform.normalise(o.acronym)], null) as names,
      a.function, a.profile_id as "profileId", a.valid_from::text as "validFrom", a.valid_to::text as "validTo"
    from (select id, merged_into_id from directory.person where id = any(${sql.param([...people])}::uuid[])
      union select id, merged_into_id from directory.person where merged_into_id = any(${sql.param([...people])}::uuid[])) p
    join directory.affiliation a on a.person_id = p.id left join directory.organisation o on o.id = a.organisation_id
    order by a.valid_from nulls first, a.created_at, a.id`)
  return Map.groupBy(rows, ({ personId }) => personId)
}

export interface KnownConsent {
  personId: string
  purpose: string
  given: boolean
  day: string
}

export async function consentsOf(tx: Database, people: readonly string[]): Promise<Map<string, KnownConsent[]>> {
  const { rows } = await tx.execute<KnownConsent & Record<string, unknown>>(sql`
    select coalesce(p.merged_into_id, p.id) as "personId", c.purpose, c.given, (c.at at time zone 'Europe/Paris')::date::text as day
    from directory.consent c join directory.person p on p.id = c.person_id
    where p.id = any(${sql.param([...people])}::uuid[]) or p.merged_into_id = any(${sql.param([...people])}::uuid[])`)
  return Map.groupBy(rows, ({ personId }) => personId)
}
