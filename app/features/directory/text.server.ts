import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'

/** Texts as every search column holds them; the database does it, so that both sides are cut the same way. */
export async function normalised(db: Database, texts: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute<{ plain: string }>(sql`
    select platform.normalise(value) as plain from unnest(${sql.param(texts.map(bounded))}::text[]) with ordinality as t(value, n) order by n`)
  return rows.map(({ plain }) => plain)
}

/** PostgreSQL takes no NUL in a text, and nobody searches with ten thousand letters. */
const bounded = (text: string) => text.replaceAll('\u0000', ' ').toWellFormed().slice(0, 400)

const EDGES = /^[@._+]+|[@._+]+$/g

/** The words looked for, six at most, without the points and signs at their edges. */
export const wordsOf = (plain: string): string[] => [
  ...new Set(
    plain
      .split(' ')
      .map((word) => word.replace(EDGES, '').slice(0, 80))
      .filter(Boolean)
      .slice(0, 6),
  ),
]

/** A word inside a LIKE pattern. */
export const likeWord = (word: string) => word.replaceAll(/[\\%_]/g, '\\$&')
