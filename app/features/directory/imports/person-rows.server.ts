import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { recordset } from './batch-writing.server.ts'
import type { Draft, Situation, Work } from './person-writing.server.ts'

export async function insertPeople(tx: Database, ctx: AppContext, drafts: readonly Draft[]) {
  if (drafts.length === 0) return
  const now = ctx.now().toISOString()
  const rows = drafts.map(({ id, givenName, familyName, email, phone, departementId, note }) => ({
    id,
    givenName,
    familyName,
    email,
    phone,
    departementId,
    note,
  }))
  await tx.execute(sql`
    insert into directory.person (id, given_name, family_name, email, phone, departement_id, note, created_at, updated_at)
    select r.id, r."givenName", r."familyName", r.email, r.phone, r."departementId", r.note, ${now}::timestamptz, ${now}::timestamptz
    from ${recordset(rows, 'id uuid, "givenName" text, "familyName" text, email text, phone text, "departementId" text, note text')}`)
}

/** Only what is still empty: what somebody has just typed wins. */
export async function fillPeople(tx: Database, ctx: AppContext, fills: Work['fills']) {
  if (fills.length === 0) return
  const rows = fills.map(({ id, fields }) => ({ id, ...fields }))
  await tx.execute(sql`
    update directory.person p set email = coalesce(p.email, r.email), phone = coalesce(p.phone, r.phone),
      departement_id = coalesce(p.departement_id, r."departementId"), note = coalesce(p.note, r.note),
      updated_at = ${ctx.now().toISOString()}::timestamptz
    from (select id, max(email) as email, max(phone) as phone, max("departementId") as "departementId", max(note) as note
      from ${recordset(rows, 'id uuid, email text, phone text, "departementId" text, note text')} group by id) r
    where p.id = r.id`)
}

export async function insertSituations(
  tx: Database,
  ctx: AppContext,
  situations: readonly Situation[],
  ids: ReadonlyMap<string, string>,
) {
  if (situations.length === 0) return
  const rows = situations.map(({ id, personId, said }) => {
    const organisationId = said.organisation ? (ids.get(said.organisation) ?? null) : null
    const { function: work, profileId, validFrom, validTo } = said
    return {
      id,
      personId,
      organisationId,
      organisationName: organisationId ? null : said.organisation,
      function: work,
      profileId,
      validFrom,
      validTo,
    }
  })
  await tx.execute(sql`
    insert into directory.affiliation (id, person_id, organisation_id, organisation_name, function, profile_id, valid_from, valid_to, created_at)
    select r.id, r."personId", r."organisationId", r."organisationName", r.function, r."profileId", r."validFrom", r."validTo",
      ${ctx.now().toISOString()}::timestamptz
    from ${recordset(rows, 'id uuid, "personId" uuid, "organisationId" uuid, "organisationName" text, function text, "profileId" text, "validFrom" date, "validTo" date')}`)
}

export async function fillSituations(tx: Database, fills: Work['situationFills']) {
  if (fills.length === 0) return
  await tx.execute(sql`
    update directory.affiliation a set function = coalesce(a.function, r.function), profile_id = coalesce(a.profile_id, r."profileId")
    from ${recordset(fills, 'id uuid, function text, "profileId" text')} where a.id = r.id`)
}

export async function insertConsents(tx: Database, ctx: AppContext, consents: Work['consents'], fileName: string) {
  if (consents.length === 0) return []
  const rows = consents.map(({ line, personId, consent: { purpose, given, day, how, origin } }) => ({
    id: randomUUID(),
    line,
    personId,
    purpose,
    given,
    day,
    how,
    wording: `Repris du fichier « ${fileName} »${origin ? `, origine\u00a0: ${origin}` : ''}.`,
  }))
  await tx.execute(sql`
    insert into directory.consent (id, person_id, purpose, given, at, how, wording)
    select r.id, r."personId", r.purpose, r.given,
      coalesce((r.day::timestamp + interval '12 hours') at time zone 'Europe/Paris', ${ctx.now().toISOString()}::timestamptz), r.how, r.wording
    from ${recordset(rows, 'id uuid, "personId" uuid, purpose text, given boolean, day date, how text, wording text')}`)
  return rows
}
