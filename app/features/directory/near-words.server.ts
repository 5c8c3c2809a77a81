import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { slipsIn } from './likeness.ts'

/** Corrections kept for one word. */
const KEPT = 6

/**
 * For each word asked, the words of the directory that may be meant: itself where it begins one, and the nearest of the others;
 * none where nothing is near. Short words are meant as they are. Names of people may be looked for by their organisation's.
 */
export async function nearWords(
  db: Database,
  entity: 'person' | 'organisation',
  asked: readonly string[],
): Promise<string[][]> {
  const kind = entity === 'person' ? sql`` : sql`kind = 1 and`
  const long = asked.filter((word) => word.length >= 3)
  const { rows } = await db.execute<{ asked: string; word: string }>(sql`
    select asked, word from unnest(${sql.param(long)}::text[]) asked, lateral (
      (select word from directory.word where ${kind} word operator(public.%) asked
        order by public.similarity(word, asked) desc limit 40)
      union (select word from directory.word where ${kind} word >= asked and word < asked || '{' limit 1)
    ) likely
    union all select '', word from directory.word where ${kind} word = any(${sql.param(long.flatMap(swaps))}::text[])`)
  return asked.map((word) => (word.length < 3 ? [word] : nearest(word, rows)))
}

/** The word as it is, and of those that differ, the ones that differ least. */
function nearest(asked: string, rows: readonly { asked: string; word: string }[]): string[] {
  const near = rows
    .filter((row) => row.asked === asked || row.asked === '')
    .flatMap(({ word }) => {
      const slips = slipsIn([asked], word)
      return slips === null ? [] : [{ word: slips === 0 ? asked : word, slips }]
    })
    .sort((one, other) => one.slips - other.slips)
  const exact = near.some(({ slips }) => slips === 0)
  const least = near.find(({ slips }) => slips > 0 && (!exact || slips <= 1))?.slips
  return [...new Set(near.filter(({ slips }) => slips === 0 || slips === least).map(({ word }) => word))].slice(0, KEPT)
}

/** « jaen » is « jean »: two letters changed places, which leaves too few trigrams to see. */
const swaps = (word: string): string[] =>
  Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, i) => word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2),
  )
