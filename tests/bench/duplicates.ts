import { sql } from 'drizzle-orm'
import { findPairs } from '#app/features/directory/duplicates/find-pairs.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Measure } from './measure.ts'

/** People entered twice, with what people do to names: capitals, accents, particles, a slip, an initial, the names turned round. */
const DOUBLES = sql`
insert into directory.person (given_name, family_name, email, created_at, updated_at)
select case n % 6 when 2 then left(given_name, 1) || '.' when 3 then family_name when 5 then given_name || '-Marie' else given_name end,
  case n % 6 when 0 then upper(family_name) when 1 then 'de ' || family_name when 3 then given_name
    when 4 then overlay(family_name placing substr(family_name, 4, 1) || substr(family_name, 3, 1) from 3 for 2) else family_name end,
  email, '2025-01-01', '2025-01-01'
from (select p.*, row_number() over (order by id) as n from directory.person p where merged_into_id is null and email is not null
  and length(family_name) >= 5 order by id limit 3000) p`

const PLANTED = 3000
const UNDONE = Symbol('undone')

/** The whole directory is searched; nothing of it stays. */
export async function duplicates(ctx: AppContext): Promise<Measure[]> {
  let [took, grown, share] = [0, 0, 0]
  await ctx.db
    .transaction(async (tx) => {
      await tx.execute(DOUBLES)
      const before = process.memoryUsage().rss
      const watch = setInterval(() => (grown = Math.max(grown, process.memoryUsage().rss - before)), 50)
      const start = performance.now()
      await findPairs({ ...ctx, db: tx }, 'person')
      took = performance.now() - start
      clearInterval(watch)
      const { rows } = await tx.execute<{ n: number }>(sql`
        select count(*)::int as n from directory.duplicate_pair where entity = 'person' and 'email' = any(reasons)`)
      share = (rows[0]!.n / PLANTED) * 100
      throw UNDONE
    })
    .catch((error) => {
      if (error !== UNDONE) throw error
    })
  return [
    { label: 'doublons de tout l’annuaire (100 000 fiches)', value: took, unit: 'ms', goal: { most: 30_000 } },
    { label: 'doublons : mémoire prise par la recherche', value: grown / 1_000_000, unit: 'Mo', goal: { most: 100 } },
    { label: 'doublons : fiches doubles retrouvées, sur cent', value: share, unit: '%', goal: { least: 99 } },
  ]
}
