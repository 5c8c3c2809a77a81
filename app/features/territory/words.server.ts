import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'

/** A text as searches compare it, asked first: with its words as plain values the index of trigrams serves. */
export async function normalised(db: Database, text: string): Promise<string> {
  const { rows } = await db.execute<{ text: string }>(sql`select platform.normalise(${text}) as text`)
  return rows[0]!.text
}

/** Ids of the territories that have every word, anywhere in their name, code, precision or a former name. */
export const havingAllWords = (text: string): SQL => sql`(
  select t.id from territory.territory t where ${everyWord('t', text)}
  union select f.territory_id from territory.former_name f where ${everyWord('f', text)})`

/** What is left of a text without letter or digit is nothing: it finds nothing. */
function everyWord(alias: 't' | 'f', text: string): SQL {
  const words = text.split(' ').filter(Boolean)
  if (words.length === 0) return sql`false`
  const column = sql`${sql.identifier(alias)}.search`
  return sql.join(
    words.map((word) => sql`${column} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`),
    sql` and `,
  )
}
