import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { termsOf } from '#app/platform/terms.server.ts'
import { plainWords } from './words.ts'

export type WordLookup = (cell: string) => string | null

/** A term by its label, its code, or its label in the plural; retired ones are no longer given. */
export async function termLookup(db: Database, vocabulary: string): Promise<WordLookup> {
  const terms = (await termsOf(db, vocabulary)).filter(({ retiredAt }) => !retiredAt)
  const known = new Map<string, string>()
  // a child, more precise, wins over its family of the same name
  for (const { id, code, label } of [...terms].sort((a, b) => Number(!a.parentId) - Number(!b.parentId))) {
    for (const word of [label, code]) {
      const plain = singular(plainWords(word))
      if (plain && !known.has(plain)) known.set(plain, id)
    }
  }
  return (cell) => known.get(singular(plainWords(cell))) ?? null
}

/** « Élu·es » « Élus » « Élu(e)s » are one word. */
const singular = (words: string) =>
  words
    .replace(/ (e|es|s|rice|rices|trice|trices|euse|euses|ne|nes)\b/g, '')
    .split(' ')
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
    .join(' ')

/** « 34 », « 34 – Hérault », « Hérault (34) », or a postcode. */
export async function departementLookup(db: Database): Promise<{ byWord: WordLookup; byPostcode: WordLookup }> {
  const { rows } = await db.execute<{ id: string; code: string; name: string }>(sql`
    select id, code, name from territory.territory where kind = 'departement' and valid_to is null`)
  const byCode = new Map(rows.map(({ id, code }) => [code.toUpperCase(), id]))
  const byName = new Map(rows.map(({ id, name }) => [plainWords(name), id]))
  const byWord: WordLookup = (cell) => {
    const words = plainWords(cell)
    const code = /(?:^|\s)(\d{1,3}|2[ab])(?:\s|$)/.exec(words)?.[1]?.toUpperCase().padStart(2, '0')
    return (
      (code && byCode.get(code)) ||
      byName.get(words.replace(/\b(\d{1,3}|2[ab])\b/g, '').trim()) ||
      byName.get(words) ||
      null
    )
  }
  const byPostcode: WordLookup = (cell) => {
    const digits = cell.replace(/\D/g, '')
    const code = digits.length === 4 ? `0${digits}` : digits
    if (code.length !== 5) return null
    const two = code.slice(0, 2)
    const corsican = Number(code) < 20_200 ? '2A' : '2B'
    return byCode.get(two === '20' ? corsican : two >= '97' ? code.slice(0, 3) : two) ?? null
  }
  return { byWord, byPostcode }
}
