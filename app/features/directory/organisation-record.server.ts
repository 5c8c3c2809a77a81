import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { organisationRecords } from './identity.server.ts'
import { today } from './today.server.ts'

export interface OrganisationFacts extends Record<string, unknown> {
  id: string
  name: string
  acronym: string | null
  kindId: string | null
  kind: string | null
  siret: string | null
  email: string | null
  phone: string | null
  website: string | null
  territoryId: string | null
  territory: string | null
  departementId: string | null
  departement: string | null
  note: string | null
  mergedIntoId: string | null
  addedOn: string
}

export interface Member extends Record<string, unknown> {
  id: string
  personId: string
  name: string
  email: string | null
  function: string | null
  profile: string | null
  validFrom: string | null
  validTo: string | null
  past: boolean
}

export interface OrganisationRecord {
  organisation: OrganisationFacts
  /** Those of today first; 200 at most, `total` says how many there are. */
  members: Member[]
  total: { now: number; past: number }
}

const SHOWN = 200

/** One organisation and its people; null where there is none, or none that the actor may see. */
export async function loadOrganisation(ctx: AppContext, id: string): Promise<OrganisationRecord | null> {
  const organisation = await organisationFacts(ctx, id)
  if (!organisation) return null
  const day = today(ctx)
  const { rows } = await ctx.db.execute<Member & { now: number; total: number }>(sql`
    select a.id, k.id as "personId", trim(k.given_name || ' ' || k.family_name) as name, k.email, a.function, t.label as profile,
      a.valid_from as "validFrom", a.valid_to as "validTo", coalesce(a.valid_to < ${day}::date, false) as past,
      count(*) over ()::int as total, count(*) filter (where coalesce(a.valid_to >= ${day}::date, true)) over ()::int as now
    from directory.affiliation a
    join directory.person p on p.id = a.person_id join directory.person k on k.id = coalesce(p.merged_into_id, p.id)
    left join platform.term t on t.id = a.profile_id
    where a.organisation_id = any(${organisationRecords(id)}) order by past, k.sort_name, a.valid_from desc nulls last, a.id limit ${SHOWN}`)
  const { total = 0, now = 0 } = rows[0] ?? {}
  return { organisation, members: rows, total: { now, past: total - now } }
}

export async function organisationFacts(ctx: AppContext, id: string): Promise<OrganisationFacts | null> {
  if (!can(ctx.actor, 'directory:read')) return null
  const { rows } = await ctx.db.execute<OrganisationFacts>(sql`
    select o.id, o.name, o.acronym, o.kind_id as "kindId", k.label as kind, o.siret, o.email, o.phone, o.website,
      o.territory_id as "territoryId", t.name as territory, o.departement_id as "departementId", d.name as departement, o.note,
      o.merged_into_id as "mergedIntoId", to_char(o.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "addedOn"
    from directory.organisation o left join platform.term k on k.id = o.kind_id
    left join territory.territory_card t on t.id = o.territory_id left join territory.territory_card d on d.id = o.departement_id
    where o.id = ${id}`)
  return rows[0] ?? null
}
