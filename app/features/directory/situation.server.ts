import { and, eq, isNull, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import { organisationRecords, recordsOf, trueOn } from './identity.server.ts'
import { affiliations } from './schema.server.ts'

/** Who somebody was on a day: what an attendance row copies. */
export interface Situation {
  function: string | null
  profileId: string | null
  organisationId: string | null
  organisationName: string | null
  /** That of the employer, else the person's own. */
  departementId: string | null
}

/** The affiliation true that day; of several, the one that began last. */
export async function situationAt(db: Database, personId: string, day: string): Promise<Situation> {
  const { rows } = await db.execute<Situation & Record<string, unknown>>(sql`
    select a.function, a.profile_id as "profileId", o.identity_id as "organisationId", coalesce(o.name, a.organisation_name) as "organisationName",
      coalesce(o.departement_id, p.departement_id) as "departementId"
    from directory.person p
    left join lateral (
      select * from directory.affiliation a
      where a.person_id = any(${recordsOf(sql`p.id`)})
        and ${trueOn(day)}
      order by a.valid_from desc nulls last, a.created_at desc, a.id limit 1
    ) a on true
    left join directory.organisation_card o on o.id = a.organisation_id
    where p.id = (select coalesce(merged_into_id, id) from directory.person where id = ${personId})`)
  return (
    rows[0] ?? { function: null, profileId: null, organisationId: null, organisationName: null, departementId: null }
  )
}

/** The same for many people at once, each on a day of its own; keyed by « person day ». */
export async function situationsAt(
  db: Database,
  asked: readonly { personId: string; day: string }[],
): Promise<Map<string, Situation>> {
  const { rows } = await db.execute<Situation & { key: string } & Record<string, unknown>>(sql`
    select q."personId" || ' ' || q.day as key, a.function, a.profile_id as "profileId", o.id as "organisationId",
      coalesce(o.name, a.organisation_name) as "organisationName", coalesce(o.departement_id, p.departement_id) as "departementId"
    from (select distinct "personId", day from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as r("personId" uuid, day date)) q
    join directory.person p on p.id = q."personId"
    left join lateral (
      select * from directory.affiliation a
      where a.person_id = any(${recordsOf(sql`p.id`)}) and (a.valid_from is null or a.valid_from <= q.day)
        and (a.valid_to is null or a.valid_to >= q.day)
      order by a.valid_from desc nulls last, a.created_at desc, a.id limit 1
    ) a on true
    left join directory.organisation o on o.id = a.organisation_id`)
  return new Map(rows.map(({ key, ...situation }) => [key, situation]))
}

export interface SituationSaid {
  function?: string | null
  profileId?: string | null
  organisationId?: string | null
  /** An organisation that the directory does not know, as it was typed. */
  organisationName?: string | null
}

type Affiliation = typeof affiliations.$inferSelect
type Said = Required<SituationSaid>

/**
 * What somebody says of their work on a day, kept as a dated affiliation: nothing where it was known, a new one where it is new,
 * and where the same organisation is said with another function or profile, the former one ends the day before.
 */
export async function noteSituation(
  tx: Database,
  ctx: AppContext,
  personId: string,
  day: string,
  input: SituationSaid,
): Promise<void> {
  const said = cleanSaid(input)
  if (!Object.values(said).some(Boolean)) return
  const identityId = await lockIdentity(tx, personId)
  const near = await sameEmployer(tx, identityId, said)
  if (near.some((one) => covers(one, day) && agrees(one, said))) return
  const current = near.find((one) => covers(one, day))
  const next = near.find((one) => one.validFrom !== null && one.validFrom > day)
  if (!current && next && agrees(next, said)) {
    await update(tx, next.id, { validFrom: day })
  } else if (current?.validFrom === day) {
    await update(tx, current.id, merge(current, said))
  } else {
    if (current) await update(tx, current.id, { validTo: dayBefore(day) })
    const validTo = next ? dayBefore(next.validFrom!) : (current?.validTo ?? null)
    const facts = current ? merge(current, said) : said
    await tx
      .insert(affiliations)
      .values({ ...facts, personId: identityId, validFrom: day, validTo, createdAt: ctx.now() })
  }
  await noted(tx, ctx, identityId, day, said)
}

/** Of somebody being made by the same statement: nothing to compare with, nobody to wait for. null: nothing was said. */
export function firstSituation(ctx: AppContext, day: string, input: SituationSaid) {
  const said = cleanSaid(input)
  if (!Object.values(said).some(Boolean)) return null
  const insert = sql`
    insert into directory.affiliation (person_id, organisation_id, organisation_name, function, profile_id, valid_from, created_at)
    select made.id, ${said.organisationId}::uuid, ${said.organisationName}, ${said.function}, ${said.profileId}, ${day}::date,
      ${ctx.now().toISOString()}::timestamptz from made`
  return { insert, change: { ...notedChange(day, said), entity: 'person' } }
}

/** The person kept after merges; two registrations of theirs at once note one situation. */
async function lockIdentity(tx: Database, personId: string): Promise<string> {
  const { rows } = await executePrepared<{ id: string }>(
    tx,
    sql`
    select id from directory.person where id = (select coalesce(merged_into_id, id) from directory.person where id = ${personId})
    for no key update`,
  )
  return rows[0]!.id
}

const cleanSaid = (said: SituationSaid): Said => ({
  function: said.function?.trim() || null,
  profileId: said.profileId || null,
  organisationId: said.organisationId || null,
  organisationName: said.organisationId ? null : said.organisationName?.trim() || null,
})

/** Affiliations to the organisation said (or to none), the latest first. */
function sameEmployer(tx: Database, personId: string, { organisationId, organisationName }: Said) {
  const employer = organisationId
    ? sql`${affiliations.organisationId} = any(${organisationRecords(sql`(select identity_id from directory.organisation_card where id = ${organisationId})`)})`
    : organisationName
      ? sql`${affiliations.organisationId} is null and platform.normalise(${affiliations.organisationName}) = platform.normalise(${organisationName})`
      : and(isNull(affiliations.organisationId), isNull(affiliations.organisationName))
  return tx
    .select()
    .from(affiliations)
    .where(and(sql`${affiliations.personId} = any(${recordsOf(personId)})`, employer))
    .orderBy(sql`valid_from nulls first, created_at`)
}

const covers = ({ validFrom, validTo }: Affiliation, day: string) =>
  (validFrom === null || validFrom <= day) && (validTo === null || validTo >= day)

/** What was not said contradicts nothing. */
const agrees = (one: Affiliation, said: Said) =>
  (!said.function || plain(one.function) === plain(said.function)) &&
  (!said.profileId || one.profileId === said.profileId)

const plain = (text: string | null) =>
  (text ?? '')
    .normalize('NFD')
    .replace(/\P{L}+/gu, '')
    .toLowerCase()

const merge = (one: Affiliation, said: Said): Said => ({
  function: said.function ?? one.function,
  profileId: said.profileId ?? one.profileId,
  organisationId: one.organisationId,
  organisationName: one.organisationName,
})

const update = (tx: Database, id: string, values: Partial<Affiliation>) =>
  tx.update(affiliations).set(values).where(eq(affiliations.id, id))

const noted = (tx: Database, ctx: AppContext, personId: string, day: string, said: Said) =>
  recordChange(tx, ctx, { ...notedChange(day, said), entity: 'person', entityId: personId })

const notedChange = (day: string, said: Said) => {
  const { organisationId, organisationName, ...rest } = said
  const told = { validFrom: day, organisation: organisationId ?? organisationName, ...rest }
  const fields = Object.entries(told).filter(([, value]) => value !== null)
  const changes = fields.map(([field, value]): [string, [unknown, unknown]] => [field, [null, value]])
  return { action: 'directory.situation-noted', fields: Object.fromEntries(changes) }
}

const dayBefore = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
