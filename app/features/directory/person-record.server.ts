import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { type Consent, consentsOf } from './consents.server.ts'
import { recordsOf } from './identity.server.ts'
import { today } from './today.server.ts'

export interface PersonFacts extends Record<string, unknown> {
  id: string
  givenName: string
  familyName: string
  fullName: string
  email: string | null
  phone: string | null
  departementId: string | null
  departement: string | null
  note: string | null
  mergedIntoId: string | null
  addedOn: string
  /** Names of the records merged into this one. */
  absorbed: string[]
}

export interface Affiliation extends Record<string, unknown> {
  id: string
  /** Of the record it was written on: this person, or one merged into them. */
  personId: string
  organisationId: string | null
  organisation: string | null
  function: string | null
  profileId: string | null
  profile: string | null
  validFrom: string | null
  validTo: string | null
  when: 'now' | 'past' | 'coming'
}

export interface PersonRecord {
  person: PersonFacts
  affiliations: Affiliation[]
  consents: Consent[]
}

/** One person and what the directory knows of them; null where there is none, or none that the actor may see. */
export async function loadPerson(ctx: AppContext, id: string): Promise<PersonRecord | null> {
  if (!can(ctx.actor, 'directory:read')) return null
  const person = await personFacts(ctx, id)
  if (!person) return null
  const [affiliations, consents] = await Promise.all([affiliationsOf(ctx, id), consentsOf(ctx.db, id)])
  return { person, affiliations, consents }
}

export async function personFacts(ctx: AppContext, id: string): Promise<PersonFacts | null> {
  if (!can(ctx.actor, 'directory:read')) return null
  const { rows } = await ctx.db.execute<PersonFacts>(sql`
    select p.id, p.given_name as "givenName", p.family_name as "familyName", trim(p.given_name || ' ' || p.family_name) as "fullName",
      p.email, p.phone, p.departement_id as "departementId", t.name as departement, p.note, p.merged_into_id as "mergedIntoId",
      to_char(p.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "addedOn",
      array(select trim(m.given_name || ' ' || m.family_name || coalesce(' · ' || m.email, '')) from directory.person m
        where m.merged_into_id = p.id order by m.sort_name, m.id) as absorbed
    from directory.person p left join territory.territory_card t on t.id = p.departement_id
    where p.id = ${id} and p.erased_year is null`)
  return rows[0] ?? null
}

/** What they do, what they will, what they did: in that order, the latest first. */
async function affiliationsOf(ctx: AppContext, personId: string): Promise<Affiliation[]> {
  const day = today(ctx)
  const { rows } = await ctx.db.execute<Affiliation>(sql`
    select a.id, a.person_id as "personId", o.identity_id as "organisationId", coalesce(o.name, a.organisation_name) as organisation, a.function,
      a.profile_id as "profileId", k.label as profile, a.valid_from as "validFrom", a.valid_to as "validTo",
      case when a.valid_to < ${day}::date then 'past' when a.valid_from > ${day}::date then 'coming' else 'now' end as when
    from directory.affiliation a
    left join directory.organisation_card o on o.id = a.organisation_id
    left join platform.term k on k.id = a.profile_id
    where a.person_id = any(${recordsOf(personId)})
    order by coalesce(a.valid_to < ${day}::date, false), a.valid_from desc nulls last, a.valid_to desc nulls first, a.id`)
  return rows
}

/** One affiliation, for its form. */
export async function loadAffiliation(ctx: AppContext, personId: string, affiliationId: string) {
  const record = await loadPerson(ctx, personId)
  const affiliation = record?.affiliations.find(({ id }) => id === affiliationId)
  return record && affiliation ? { person: record.person, affiliation } : null
}
