import { type SQL, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { slipsIn } from './likeness.ts'
import { organisationSearch, personSearch, type Search } from './matching.server.ts'
import { normalised, wordsOf } from './text.server.ts'

/** One answer of the search of the office (Ctrl+K) and of the boxes that find as one types. */
export interface Found {
  id: string
  label: string
  detail?: string | null
  href: string
}

/** `said`: every word it could be found by. */
type Row = { id: string; label: string; detail: string | null; said: string } & Record<string, unknown>

/** Likenesses measured at most. */
const WIDE = 200

/** People by name, address, telephone or organisation, whatever the accents, the order and one or two slips. */
export async function searchPeople(ctx: AppContext, text: string, limit: number): Promise<Found[]> {
  if (!can(ctx.actor, 'directory:read')) return []
  const found = await search(ctx.db, text, limit, personSearch, peopleRows)
  return found.map(({ id, label, detail }) => ({ id, label, detail, href: `/bureau/personnes/${id}` }))
}

export async function searchOrganisations(ctx: AppContext, text: string, limit: number): Promise<Found[]> {
  if (!can(ctx.actor, 'directory:read')) return []
  return findOrganisations(ctx.db, text, limit)
}

/** For the public registration form: names only, and not a word on people. */
export async function organisationNames(db: Database, text: string): Promise<{ id: string; label: string }[]> {
  if (text.trim().length < 2) return []
  const found = await findOrganisations(db, text, 8)
  return found.map(({ id, label }) => ({ id, label }))
}

async function findOrganisations(db: Database, text: string, limit: number): Promise<Found[]> {
  const found = await search(db, text, limit, organisationSearch, organisationRows)
  return found.map(({ id, label, detail }) => ({ id, label, detail, href: `/bureau/organisations/${id}` }))
}

type Rows = (candidates: SQL, words: readonly string[], limit: number) => SQL

/** First what is written so; the likenesses only where that leaves room: they cost more, and matter less. */
async function search(
  db: Database,
  text: string,
  limit: number,
  make: (words: readonly string[]) => Search,
  rows: Rows,
): Promise<Row[]> {
  const words = wordsOf((await normalised(db, [text]))[0]!)
  if (words.length === 0) return []
  const asked = make(words)
  const exact = await db.execute<Row>(rows(asked.exactly, words, limit))
  if (exact.rows.length >= limit) return exact.rows
  const known = new Set(exact.rows.map(({ id }) => id))
  const near = (await nearest(db, asked, rows)).filter(({ id }) => !known.has(id))
  return [...exact.rows, ...near].slice(0, limit)
}

/** What is near in letters, the fewest slips first. */
async function nearest(db: Database, { nearly, words, nearWords }: Search, rows: Rows): Promise<Row[]> {
  if (!nearly) return []
  const wide = await forgiving(db, (tx) => tx.execute<Row>(rows(nearly, words, WIDE)))
  return wide.rows
    .flatMap((row) => {
      const slips = slipsIn(nearWords, row.said)
      return slips === null ? [] : [{ row, slips }]
    })
    .sort((one, other) => one.slips - other.slips)
    .map(({ row }) => row)
}

/** The people near to a text that nobody answers exactly: what a list falls back on. */
export async function peopleNear(db: Database, text: string): Promise<string[]> {
  const words = wordsOf((await normalised(db, [text]))[0]!)
  return (await nearest(db, personSearch(words), peopleRows)).map(({ id }) => id)
}

export async function organisationsNear(db: Database, text: string): Promise<string[]> {
  const words = wordsOf((await normalised(db, [text]))[0]!)
  return (await nearest(db, organisationSearch(words), organisationRows)).map(({ id }) => id)
}

/** Half of a word's letters in the right order make a likeness (PostgreSQL's own threshold, 0.6, refuses « martni »). */
function forgiving<Value>(db: Database, work: (tx: Database) => Promise<Value>): Promise<Value> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local pg_trgm.word_similarity_threshold = 0.5`)
    return work(tx)
  })
}

/** How well a text answers: whole words first, then beginnings, then likenesses. */
const rank = (column: SQL, words: readonly string[]) => sql`(
  select avg(case when ' ' || ${column} || ' ' like '% ' || word || ' %' then 1.2 when ' ' || ${column} like '% ' || word || '%' then 1
    else public.word_similarity(word, ${column}) end)
  from unnest(${sql.param(words.map((word) => word.replaceAll('_', '\\_')))}::text[]) word)`

const peopleRows = (candidates: SQL, words: readonly string[], limit: number) => sql`
  with found as (
    select k.id, max(c.weight + ${rank(sql`p.search`, words)}) as rank
    from (${candidates}) c join directory.person p on p.id = c.id join directory.person k on k.id = coalesce(p.merged_into_id, p.id)
    group by k.id
  ), best as (
    select found.rank, p.* from found join directory.person p using (id) order by rank desc, p.search, p.id limit ${limit}
  )
  select p.id, trim(p.given_name || ' ' || p.family_name) as label, coalesce(s.detail, p.email) as detail, concat_ws(' ', p.search, s.said) as said
  from best p left join lateral (
    select (array_agg(nullif(concat_ws(', ', a.function, coalesce(o.name, a.organisation_name)), '')
        order by coalesce(a.valid_to, 'infinity') desc, a.valid_from desc nulls last, a.id))[1] as detail,
      string_agg(o.search, ' ') as said
    from directory.affiliation a left join directory.organisation o on o.id = a.organisation_id
    where a.person_id = p.id
  ) s on true
  order by p.rank desc, p.search, p.id`

const organisationRows = (candidates: SQL, words: readonly string[], limit: number) => sql`
  with found as (
    select k.id, max(c.weight + ${rank(sql`o.search`, words)}) as rank
    from (${candidates}) c join directory.organisation o on o.id = c.id
    join directory.organisation k on k.id = coalesce(o.merged_into_id, o.id)
    group by k.id
  )
  select o.id, o.name as label, nullif(concat_ws(' · ', o.acronym, k.label, t.name), '') as detail, o.search as said
  from found join directory.organisation o using (id)
  left join platform.term k on k.id = o.kind_id
  left join territory.territory_card t on t.id = coalesce(o.territory_id, o.departement_id)
  order by found.rank desc, length(o.search), o.search, o.id limit ${limit}`
