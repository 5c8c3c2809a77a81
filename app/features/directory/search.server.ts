import { type SQL, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { slipsIn } from './likeness.ts'
import { asWritten, type Meant, organisationCandidates, personCandidates, unionAll } from './matching.server.ts'
import { nearWords } from './near-words.server.ts'
import { normalised, wordsOf } from './text.server.ts'

/** One answer of the search of the office (Ctrl+K) and of the boxes that find as one types. */
export interface Found {
  id: string
  label: string
  detail?: string | null
  href: string
}

/** People by name, address, telephone or organisation, whatever the accents, the order and one or two slips. */
export async function searchPeople(ctx: AppContext, text: string, limit: number): Promise<Found[]> {
  if (!can(ctx.actor, 'directory:read')) return []
  const found = await search(ctx.db, text, limit, peopleSource)
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
  const found = await search(db, text, limit, organisationSource)
  return found.map(({ id, label, detail }) => ({ id, label, detail, href: `/bureau/organisations/${id}` }))
}

/** `said`: every word it could be found by. */
type Row = { id: string; label: string; detail: string | null; said: string } & Record<string, unknown>

interface Source {
  entity: 'person' | 'organisation'
  rows: (meant: Meant, limit: number) => SQL
}

/** Likenesses measured at most. */
const WIDE = 100

/** First what is written so; the likenesses only where that leaves room. */
async function search(db: Database, text: string, limit: number, source: Source): Promise<Row[]> {
  const words = wordsOf((await normalised(db, [text]))[0]!)
  if (words.length === 0) return []
  const exact = await db.execute<Row>(source.rows(asWritten(words), limit))
  // an address or a number found as it is written is what was meant
  if (exact.rows.length >= limit || (exact.rows.length > 0 && /[@\d]/.test(text))) return exact.rows
  const known = new Set(exact.rows.map(({ id }) => id))
  const near = (await nearest(db, words, source)).filter(({ id }) => !known.has(id))
  return [...exact.rows, ...near].slice(0, limit)
}

/** What is near in letters, the fewest slips first. */
async function nearest(db: Database, words: readonly string[], { entity, rows }: Source): Promise<Row[]> {
  const asked = meantWords(words)
  if (asked.length === 0) return []
  const meant = await nearWords(db, entity, asked)
  if (meant.some((list) => list.length === 0)) return []
  const wide = await db.execute<Row>(rows(meant, WIDE))
  return wide.rows
    .flatMap((row) => {
      const slips = slipsIn(asked, row.said)
      return slips === null ? [] : [{ row, slips }]
    })
    .sort((one, other) => one.slips - other.slips)
    .map(({ row }) => row)
}

/** An address is near by what comes before its @, word by word. */
const meantWords = (words: readonly string[]) =>
  words.flatMap((word) => word.split('@')[0]!.split(/[^a-z0-9]+/)).filter(Boolean)

/** The records near to a text that nothing answers exactly: what a list falls back on. */
export async function nearestIds(db: Database, text: string, entity: 'person' | 'organisation'): Promise<string[]> {
  const words = wordsOf((await normalised(db, [text]))[0]!)
  const found = await nearest(db, words, entity === 'person' ? peopleSource : organisationSource)
  return found.map(({ id }) => id)
}

/** How well a text answers: whole words weigh more than beginnings. */
const rank = (column: SQL, meant: Meant) =>
  sql`(${sql.join(
    meant.map(([word = '']) => {
      const pattern = word.replaceAll('_', '\\_')
      return sql`case when ' ' || ${column} || ' ' like ${`% ${pattern} %`} then 1.2 when ' ' || ${column} like ${`% ${pattern}%`} then 1 else 0 end`
    }),
    sql` + `,
  )})::float8 / ${meant.length}`

/** Nothing more in the name than what was asked: « Jean Dupont » before « Jean Dupont-Martin ». */
const wholeName = (name: SQL, meant: Meant) =>
  sql`case when length(${name}) <= ${meant.map(([word = '']) => word).join(' ').length + 1}::int then 0.3 else 0 end`

const peopleSource: Source = {
  entity: 'person',
  rows: (meant, limit) => sql`
  with found as (
    select coalesce(c.merged_into_id, c.id) as id, max(c.weight + ${rank(sql`c.search`, meant)}) as rank
    from (${unionAll(personCandidates(meant))}) c group by 1
  ), best as (
    select found.rank + ${wholeName(sql`p.sort_name`, meant)} as rank, p.id, p.given_name, p.family_name, p.email, p.sort_name, p.search
    from found join directory.person p using (id) order by 1 desc, p.sort_name, p.id limit ${limit}
  )
  select p.id, trim(p.given_name || ' ' || p.family_name) as label, coalesce(s.detail, p.email) as detail, concat_ws(' ', p.search, s.said) as said
  from best p left join lateral (
    select (array_agg(nullif(concat_ws(', ', a.function, coalesce(o.name, a.organisation_name)), '')
        order by coalesce(a.valid_to, 'infinity') desc, a.valid_from desc nulls last, a.id))[1] as detail,
      string_agg(o.search, ' ') as said
    from directory.affiliation a left join directory.organisation o on o.id = a.organisation_id
    where a.person_id = p.id
  ) s on true
  order by p.rank desc, p.sort_name, p.id`,
}

const organisationSource: Source = {
  entity: 'organisation',
  rows: (meant, limit) => sql`
  with found as (
    select k.id, max(c.weight + ${rank(sql`o.search`, meant)}) as rank
    from (${unionAll(organisationCandidates(meant))}) c join directory.organisation o on o.id = c.id
    join directory.organisation k on k.id = coalesce(o.merged_into_id, o.id)
    group by k.id
  )
  select o.id, o.name as label, nullif(concat_ws(' · ', o.acronym, k.label, t.name), '') as detail, o.search as said
  from found join directory.organisation o using (id)
  left join platform.term k on k.id = o.kind_id
  left join territory.territory_card t on t.id = coalesce(o.territory_id, o.departement_id)
  order by found.rank desc, length(o.search), o.search, o.id limit ${limit}`,
}
