import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { slipsIn } from './likeness.ts'
import { WORD_OF } from './schema.server.ts'

/** Corrections kept for one word. */
const KEPT = 8

/**
 * For each word asked, the words of the directory that may be meant: itself where it begins one, else those a slip or two away,
 * the nearest first; none where nothing is near. Short words are meant as they are.
 */
export async function nearWords(
  db: Database,
  kind: keyof typeof WORD_OF,
  asked: readonly string[],
): Promise<string[][]> {
  const { rows } = await db.execute<{ asked: string; word: string }>(sql`
    select distinct asked, word from unnest(${sql.param(asked)}::text[]) asked, lateral (
      (select word from directory.word where kind = ${WORD_OF[kind]} and word operator(public.%) asked
        order by public.similarity(word, asked) desc limit 60)
      union all (select word from directory.word where kind = ${WORD_OF[kind]} and asked operator(public.<%) word
        order by public.word_similarity(asked, word) desc limit 30)
      union all select word from directory.word where kind = ${WORD_OF[kind]} and word = any(${sql.param(asked.flatMap(swaps))}::text[])
      union all (select word from directory.word where kind = ${WORD_OF[kind]} and word >= asked and word < asked || '{' limit 1)
    ) likely`)
  return asked.map((word) => nearest(word, rows))
}

function nearest(asked: string, rows: readonly { asked: string; word: string }[]): string[] {
  if (asked.length < 3) return [asked]
  const near = rows
    .filter((row) => row.asked === asked || swaps(asked).includes(row.word))
    .flatMap(({ word }) => {
      const slips = slipsIn([asked], word)
      return slips === null ? [] : [{ word: slips === 0 ? asked : word, slips }]
    })
    .sort((one, other) => one.slips - other.slips)
  return [...new Set(near.map(({ word }) => word))].slice(0, KEPT)
}

/** « jaen » is « jean »: two letters changed places, which leaves too few trigrams to see. */
const swaps = (word: string): string[] =>
  Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, i) => word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2),
  )
