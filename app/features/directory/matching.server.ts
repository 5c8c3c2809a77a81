import { type SQL, sql } from 'drizzle-orm'
import { likeWord } from './text.server.ts'

/** Two ways of looking for the same words; each is a query of (id, weight). No `nearly` where there is nothing to be near to. */
export interface Search {
  exactly: SQL
  /** Wide: what it finds is then measured, word by word (see likeness.ts). */
  nearly: SQL | null
  words: readonly string[]
  nearWords: readonly string[]
}

/** Trigrams begin at three letters; under that, only the beginning of a name is looked for. */
const LONG = 3
/** A word of the name first: somebody else may work in an organisation that is called so. */
const BY_ORGANISATION = -0.5
const IN_BOTH = 0.5
/** Of so many equals, the first few are as good as any: one types a letter more. */
const MANY = 1500

/** People who have every word in their name or address, or whose organisation has; nearly: slips, or some words in each. */
export function personSearch(words: readonly string[]): Search {
  const digits = phoneDigits(words)
  const near = nearWords(words)
  return {
    words,
    nearWords: near,
    exactly: union([
      ...(digits ? [phoneQuery(digits)] : []),
      ...personsNamed(words),
      ofOrganisations(everyWord(sql`o.search`, words)),
    ]),
    nearly: near.length
      ? union([
          ...(near.length > 1 ? [mixed(near)] : []),
          sql`(select id, 0::float8 as weight from directory.person where ${like(sql`search`, near)} limit ${MANY})`,
          ofOrganisations(like(sql`o.search`, near)),
        ])
      : null,
  }
}

export function organisationSearch(words: readonly string[]): Search {
  const siret = words.join('')
  const bySiret = /^\d{9,14}$/.test(siret)
    ? [sql`select id, 1.0::float8 as weight from directory.organisation where siret like ${`${siret}%`}`]
    : []
  const near = nearWords(words)
  return {
    words,
    nearWords: near,
    exactly: union([
      ...bySiret,
      sql`(select o.id, 0::float8 as weight from directory.organisation o where ${everyWord(sql`o.search`, words)} limit ${MANY})`,
    ]),
    nearly: near.length
      ? sql`select o.id, 0::float8 as weight from directory.organisation o where ${like(sql`o.search`, near)}`
      : null,
  }
}

const union = (queries: SQL[]) => sql.join(queries, sql` union all `)
const every = (words: readonly string[], one: (word: string) => SQL) => sql`(${sql.join(words.map(one), sql` and `)})`

/** Each word begins a word of the text: the trigram index serves both patterns from three letters on. */
const everyWord = (column: SQL, words: readonly string[]) =>
  every(words, (word) => sql`(${column} like ${`${likeWord(word)}%`} or ${column} like ${`% ${likeWord(word)}%`})`)

function personsNamed(words: readonly string[]): SQL[] {
  const [first, ...others] = words
  const begins = (name: SQL) => sql`
    select b.id, 0::float8 as weight from (
      select id, search from directory.person where platform.normalise(${name}) like ${`${likeWord(first!)}%`}
      order by platform.normalise(${name}) using operator(pg_catalog.~<~) limit ${MANY}
    ) b ${others.length > 0 ? sql`where ${everyWord(sql`b.search`, others)}` : sql``}`
  const anywhere = sql`(select id, 0::float8 as weight from directory.person where ${everyWord(sql`search`, words)} limit ${MANY})`
  const long = words.some((word) => word.length >= LONG)
  const short = words.length === 1 || !long
  return [...(short ? [begins(sql`family_name`), begins(sql`given_name`)] : []), ...(long ? [anywhere] : [])]
}

const ofOrganisations = (condition: SQL) => sql`
  (select a.person_id, ${BY_ORGANISATION}::float8 as weight from directory.affiliation a
  where a.organisation_id in (select o.id from directory.organisation o where ${condition} limit ${MANY}) limit ${MANY})`

/** « dupont cordia »: some words in the name, the others in the organisation. */
const mixed = (words: readonly string[]) => sql`
  (select p.id, ${IN_BOTH}::float8 as weight from directory.person p join directory.affiliation a on a.person_id = p.id
  join directory.organisation o on o.id = a.organisation_id
  where (${sql.join(
    words.map((word) => everyWord(sql`p.search`, [word])),
    sql` or `,
  )}) and ${every(words, (word) => sql`(${everyWord(sql`p.search`, [word])} or ${everyWord(sql`o.search`, [word])})`)}
  limit ${MANY})`

const like = (column: SQL, words: readonly string[]) =>
  every(words, (word) => sql`${word} operator(public.<%) ${column}`)

/** Nothing is near a word of two letters; an address is near by what comes before its @. */
const nearWords = (words: readonly string[]) =>
  words.flatMap((word) => word.split('@')[0]!.split(/[^a-z0-9]+/)).filter((word) => word.length >= LONG)

/** « 06 12 34 56 78 » comes as five words of digits. */
function phoneDigits(words: readonly string[]): string | null {
  const digits = words.join('').replace(/\D/g, '')
  return words.every((word) => /^\+?[\d.]+$/.test(word)) && digits.length >= 9 ? digits.slice(-9) : null
}

const phoneQuery = (digits: string) =>
  sql`select id, 1::float8 as weight from directory.person where right(regexp_replace(phone, '\\D', '', 'g'), 9) = ${digits}`
