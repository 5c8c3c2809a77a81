import { type SQL, sql } from 'drizzle-orm'
import { likeWord } from './text.server.ts'

/** For each word asked, what may stand for it: the word alone, or the words near it. */
export type Meant = readonly (readonly string[])[]

/** As they are written. */
export const asWritten = (words: readonly string[]): Meant => words.map((word) => [word])

/** Trigrams begin at three letters; under that, only the beginning of a name is looked for. */
const LONG = 3
/** Of so many equals, the first few are as good as any: one types a letter more. */
const MANY = 300
const BEGINNINGS = 60

/** One of these begins a word of the text; from three letters on, the trigram index serves every pattern. */
const begins = (column: SQL, meant: readonly string[]) =>
  sql`(${sql.join(
    meant.flatMap(patterns).map((pattern) => sql`${column} like ${pattern}`),
    sql` or `,
  )})`

/** A word with a point may be the domain of an address. */
const patterns = (word: string) => {
  const plain = likeWord(word)
  return [`${plain}%`, `% ${plain}%`, ...(word.includes('.') ? [`%@${plain}%`] : [])]
}

/** Every word is there: what a list filters by. */
export const everyWord = (column: SQL, meant: Meant) =>
  sql`(${sql.join(
    meant.map((words) => begins(column, words)),
    sql` and `,
  )})`

const isLong = (meant: Meant) => meant.some((words) => words.every((word) => word.length >= LONG))

/** Queries of (id, merged_into_id, search, weight): the first of each kind, so that a common name costs no more than a rare one. */
export function personCandidates(meant: Meant): SQL[] {
  const digits = phoneDigits(meant)
  return [
    ...(digits ? [phoneQuery(digits)] : []),
    ...(meant.length === 1 || !isLong(meant) ? beginnings(meant) : []),
    ...(isLong(meant) ? [anywhere(meant)] : []),
    ofOrganisations(meant),
    ...(meant.length > 1 ? [inBoth(meant)] : []),
  ]
}

const person = sql`p.id, p.merged_into_id, p.search`

/** Family names in their order, then given names: « du », « martin ». */
function beginnings([first = [], ...others]: Meant): SQL[] {
  const from = (column: SQL, order: SQL) =>
    first.map((word) => {
      const rest = others.length > 0 ? sql`where ${everyWord(sql`b.search`, others)}` : sql``
      // with other words to find, the few first would hide them
      const limit = others.length > 0 ? 2000 : BEGINNINGS
      return sql`(select * from (select ${person}, 0.2::float8 as weight from directory.person p
        where ${column} like ${`${likeWord(word)}%`} and p.erased_year is null order by ${order} limit ${limit}) b ${rest} limit ${MANY})`
    })
  return [
    ...from(sql`p.sort_name`, sql`p.sort_name`),
    ...from(sql`p.search`, sql`p.search using operator(pg_catalog.~<~)`),
  ]
}

const anywhere = (meant: Meant) =>
  sql`(select ${person}, 0::float8 as weight from directory.person p
    where ${everyWord(sql`p.search`, meant)} and p.erased_year is null limit ${MANY})`

/** Those who work there, or did: after those who are called so, unless several words together say the organisation. */
const ofOrganisations = (meant: Meant) => sql`
  (select ${person}, ${meant.length > 1 ? 1.3 : 0.8}::float8 as weight from (
    select id from directory.organisation o where ${everyWord(sql`o.search`, meant)} limit ${MANY}
  ) o join directory.affiliation a on a.organisation_id = o.id join directory.person p on p.id = a.person_id limit ${MANY})`

/** « dupont cordia »: some words in the name, the others in the organisation; those that hold the most words first. */
const inBoth = (meant: Meant) => {
  const held = sql.join(
    meant.map((words) => sql`${begins(sql`o.search`, words)}::int`),
    sql` + `,
  )
  const either = sql.join(
    meant.map((words) => sql`(${begins(sql`p.search`, words)} or ${begins(sql`o.search`, words)})`),
    sql` and `,
  )
  const any = sql.join(
    meant.filter((words) => words.every((word) => word.length >= LONG)).map((words) => begins(sql`o.search`, words)),
    sql` or `,
  )
  return sql`
  (select ${person}, 0.5::float8 as weight from (
    select id, search from directory.organisation o where ${isLong(meant) ? any : sql`false`} order by ${held} desc limit ${MANY}
  ) o join directory.affiliation a on a.organisation_id = o.id join directory.person p on p.id = a.person_id
  where ${either} limit ${MANY})`
}

/** Queries of (id, weight). */
export function organisationCandidates(meant: Meant): SQL[] {
  const siret = meant.map(([word]) => word).join('')
  const bySiret = sql`(select id, 1.0::float8 as weight from directory.organisation where siret like ${`${siret}%`} limit ${MANY})`
  return [
    ...(/^\d{9,14}$/.test(siret) ? [bySiret] : []),
    sql`(select o.id, 0::float8 as weight from directory.organisation o where ${everyWord(sql`o.search`, meant)}
      order by length(o.search) limit ${MANY})`,
  ]
}

export const unionAll = (queries: SQL[]) => sql.join(queries, sql` union all `)

/** « 06 12 34 56 78 » comes as five words of digits. */
function phoneDigits(meant: Meant): string | null {
  const words = meant.map(([word = '']) => word)
  const digits = words.join('').replace(/\D/g, '')
  return words.every((word) => /^\+?[\d.]+$/.test(word)) && digits.length >= 9 ? digits.slice(-9) : null
}

const phoneQuery = (digits: string) => sql`
  (select ${person}, 1::float8 as weight from directory.person p
  where right(regexp_replace(p.phone, '\\D', '', 'g'), 9) = ${digits} limit ${MANY})`
