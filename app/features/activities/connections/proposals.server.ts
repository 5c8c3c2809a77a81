import { sql } from 'drizzle-orm'
import { type NearPerson, peopleNear } from '#app/features/directory/index.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { type Candidate, candidatesFor, type Known, type Said, saidOf } from './matching.server.ts'

export interface ListedName {
  /** Sealed. */
  key: string
  name: string
  email: string | null
  organisation?: string | null
}

/** Who each name may be: those on the list of the activity, the directory, whom it was before. In a few reaches, however many names. */
export async function proposals(
  db: Database,
  activityId: string,
  listed: readonly ListedName[],
): Promise<Map<string, Candidate[]>> {
  const keys = listed.map(({ key }) => key)
  const decided = Map.groupBy(await decidedBefore(db, activityId, keys), ({ key }) => key)
  const said = listed.map((one) => saidOf(one, decided.get(one.key) ?? []))
  const registered = await registeredPeople(db, activityId)
  const known = new Set(registered.map(({ personId }) => personId))
  const near = Map.groupBy(await nearPeople(db, said, known), ({ ref }) => ref)
  const before = await decidedPeople(db, said, known)
  return new Map(
    said.map((one) => {
      const others = [...(near.get(one.ref) ?? []), ...before.filter(({ personId }) => wasDecided(one, personId))]
      return [one.ref, candidatesFor(one, [...registered, ...once(others)])]
    }),
  )
}

const wasDecided = ({ decided }: Said, id: string) => decided.some(({ personId }) => personId === id)

const once = (people: readonly Known[]) => [...new Map(people.map((one) => [one.personId, one])).values()]

interface Decided extends Record<string, unknown> {
  key: string
  personId: string
  here: boolean
}

/** Whom somebody said these names were; the latest word of each activity. */
async function decidedBefore(db: Database, activityId: string, keys: readonly string[]): Promise<Decided[]> {
  const { rows } = await db.execute<Decided>(sql`
    select distinct on (c.key, k.identity_id) c.key, k.identity_id as "personId", i.activity_id = ${activityId} as here
    from activities.connection_participant c
    join activities.connection_import i on i.id = c.import_id and i.state in ('applied', 'replaced')
    join directory.person_card k on k.id = c.person_id
    where c.key = any(${sql.param([...keys])}::text[]) and c.by_hand and c.decision = 'person'
    order by c.key, k.identity_id, (i.activity_id = ${activityId}) desc`)
  return rows
}

type Row = Known & Record<string, unknown>

/** Everybody on the attendance list, by the record that was kept. */
async function registeredPeople(db: Database, activityId: string): Promise<Known[]> {
  const { rows } = await db.execute<Row>(sql`
    select distinct on (p.identity_id) p.identity_id as "personId", k.full_name as name, platform.normalise(k.given_name) as given,
      platform.normalise(k.family_name) as family, lower(coalesce(k.email, p.email)) as email,
      nullif(concat_ws(', ', n.function, coalesce(n.organisation_name, o.name)), '') as detail,
      platform.normalise(concat_ws(' ', n.organisation_name, o.name, o.acronym)) as organisations, true as registered
    from activities.attendance n
    join directory.person_card p on p.id = n.person_id join directory.person_card k on k.id = p.identity_id
    left join directory.organisation_card o on o.id = n.organisation_id
    where n.activity_id = ${activityId}
    order by p.identity_id, n.status = 'cancelled', n.arrival limit 20000`)
  return rows
}

async function nearPeople(
  db: Database,
  said: readonly Said[],
  known: ReadonlySet<string>,
): Promise<(Known & { ref: string })[]> {
  const asked = said.map(({ ref, email, names }) => ({ ref, email, names: names.map((words) => words.join(' ')) }))
  const emails = new Map(said.map(({ ref, email }) => [ref, email]))
  const found = await peopleNear(db, asked)
  return found
    .filter(({ id }) => !known.has(id))
    .map((one) => ({ ref: one.ref, ...knownOf(one, one.sameEmail ? (emails.get(one.ref) ?? null) : null) }))
}

const knownOf = ({ id, name, given, family, detail, organisations }: NearPerson, email: string | null): Known => ({
  ...{ personId: id, name, given, family, email, detail, organisations },
  registered: false,
})

async function decidedPeople(db: Database, said: readonly Said[], known: ReadonlySet<string>): Promise<Known[]> {
  const ids = said.flatMap(({ decided }) => decided.map(({ personId }) => personId)).filter((id) => !known.has(id))
  if (ids.length === 0) return []
  const { rows } = await db.execute<Row>(sql`
    select id as "personId", full_name as name, platform.normalise(given_name) as given,
      platform.normalise(family_name) as family, lower(email) as email, email as detail, '' as organisations, false as registered
    from directory.person_card where id = any(${sql.param(ids)}::uuid[])`)
  return rows
}
