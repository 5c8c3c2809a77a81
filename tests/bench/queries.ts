import type pg from 'pg'
import { searchPeople } from '#app/features/directory/index.server.ts'
import { BARE_YEAR, benchYear } from '#app/features/activities/figures/bench.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { type Measure, median, timeEach } from './measure.ts'

/** A year's participation with all its breakdowns, and the same numbers by one statement sent as it is. */
export async function figures(ctx: AppContext, client: pg.Client, year: number): Promise<Measure> {
  const rounds = Array.from({ length: 9 })
  const bare = await timeEach(rounds, () => client.query(BARE_YEAR, [`${year}-01-01`, `${year}-12-31`]), 2)
  const ours = await timeEach(rounds, () => benchYear(ctx.db, year, ctx.now()), 2)
  return {
    label: 'chiffres d’une année, toutes ventilations',
    value: median(ours),
    unit: 'ms',
    goal: { most: 500 },
    bare: { label: 'SQL seul', value: median(bare), ratioAtMost: 1.5 },
  }
}

const BARE_SEARCH = `select id, given_name, family_name from directory.person
  where search like all (select '%' || word || '%' from unnest(string_to_array(platform.normalise($1), ' ')) word) limit 8`

/** As people type: whole names either way, capitals, beginnings, a slip, an address. */
export async function search(ctx: AppContext, client: pg.Client): Promise<Measure> {
  const { rows } = await client.query<{ g: string; f: string; e: string | null }>(
    'select given_name as g, family_name as f, email as e from directory.person order by md5(id::text) limit 60',
  )
  const slip = (word: string) => (word.length > 4 ? word.slice(0, 2) + word[3] + word[2] + word.slice(4) : word)
  const texts = rows.map(
    ({ g, f, e }, i) =>
      [
        `${g} ${f}`,
        `${f} ${g}`,
        `${f.toUpperCase()} ${g}`,
        `${f.slice(0, 4)} ${g.slice(0, 3)}`,
        `${slip(f)} ${g}`,
        e ?? f,
      ][i % 6]!,
  )
  const ours = await timeEach(texts, (text) => searchPeople(ctx, text, 8))
  const bare = await timeEach(texts, (text) => client.query(BARE_SEARCH, [text]))
  return {
    label: 'recherche dans l’annuaire',
    value: median(ours),
    unit: 'ms',
    goal: { most: 60 },
    bare: { label: 'SQL seul, sans tolérance', value: median(bare) },
  }
}
