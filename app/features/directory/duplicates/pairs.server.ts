import { type SQL, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkPage, type ListParamsError, type ListRules, type ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { kinds } from './kinds.server.ts'
import { sidesOf, type Side } from './sides.server.ts'
import { CERTAIN, type Entity, likelihoods, rulesOf } from './rules.ts'
import { apart } from './tell-apart.server.ts'

export interface Pair {
  score: number
  reasons: string[]
  sides: [Side, Side]
}

export interface PairsFound {
  pairs: Pair[]
  total: number
  counts: PairCounts
}

/** Of the whole list, whatever is filtered: by likelihood, by reason, and those that need no look. */
export interface PairCounts {
  all: number
  certain: number
  likelihood: Record<string, number>
  reason: Record<string, number>
}

export const pairRules = (entity: Entity): ListRules => ({
  sortable: ['score'],
  defaultSort: { key: 'score', direction: 'desc' },
  pageSize: 20,
  filters: {
    certitude: likelihoods.map(({ code }) => code),
    raison: rulesOf[entity].filter(({ weight }) => weight > 0).map(({ code }) => code),
    etat: ['ecartees'],
  },
})

export type ListPairsError = { type: 'not-allowed' } | ListParamsError

/** One page of the pairs to look at, the surest first; or of those told apart. */
export async function listPairs(
  ctx: AppContext,
  entity: Entity,
  state: ListState,
): Promise<Result<PairsFound, ListPairsError>> {
  if (!can(ctx.actor, 'directory:merge')) return err({ type: 'not-allowed' })
  const from = state.filters.etat?.length ? toldApart(entity) : toReview(entity)
  const counts = await countPairs(ctx, entity)
  const where = conditions(state)
  const counted = await ctx.db.execute<{ n: number }>(sql`select count(*)::int as n from (${from}) d where ${where}`)
  const total = counted.rows[0]!.n
  const page = checkPage(state, total)
  if (!page.ok) return page
  const direction = state.sort.direction === 'asc' ? sql`asc` : sql`desc`
  const { rows } = await ctx.db.execute<PairRow>(sql`
    select d.one_id as one, d.other_id as other, d.score, d.reasons from (${from}) d where ${where}
    order by d.score ${direction}, d.one_id, d.other_id limit ${page.value.limit} offset ${page.value.offset}`)
  const sides = await sidesOf(
    ctx,
    entity,
    rows.flatMap(({ one, other }) => [one, other]),
  )
  return ok({ pairs: rows.map((row) => pairOf(row, sides)), total, counts })
}

interface PairRow extends Record<string, unknown> {
  one: string
  other: string
  score: number
  reasons: string[]
}

/** The fuller record first: the one that will be kept if nothing else is said. */
function pairOf({ one, other, score, reasons }: PairRow, sides: ReadonlyMap<string, Side>): Pair {
  const [a, b] = [sides.get(one)!, sides.get(other)!]
  return { score, reasons, sides: b.weight > a.weight ? [b, a] : [a, b] }
}

/** Found by the last search, and neither merged nor told apart since. */
export const toReview = (entity: Entity): SQL => sql`
  select d.one_id, d.other_id, d.score, d.reasons from directory.duplicate_pair d
  join ${kinds[entity].table} a on a.id = d.one_id and a.merged_into_id is null
  join ${kinds[entity].table} b on b.id = d.other_id and b.merged_into_id is null
  left join ${apart(entity)} x on x.one_id = d.one_id and x.other_id = d.other_id
  where d.entity = ${entity} and x.one_id is null`

const toldApart = (entity: Entity): SQL => sql`
  select d.one_id, d.other_id, coalesce(p.score, 0) as score, coalesce(p.reasons, '{}') as reasons from directory.distinct_pair d
  join ${kinds[entity].table} a on a.id = d.one_id and a.merged_into_id is null
  join ${kinds[entity].table} b on b.id = d.other_id and b.merged_into_id is null
  left join directory.duplicate_pair p on p.entity = d.entity and p.one_id = d.one_id and p.other_id = d.other_id
  where d.entity = ${entity}`

function conditions({ filters }: ListState): SQL {
  const { certitude = [], raison = [] } = filters
  const spans = certitude.map((code) => {
    const at = likelihoods.findIndex((one) => one.code === code)
    return sql`d.score between ${likelihoods[at]!.from}::int and ${at === 0 ? 100 : likelihoods[at - 1]!.from - 1}::int`
  })
  const all = [
    spans.length > 0 ? sql`(${sql.join(spans, sql` or `)})` : sql`true`,
    raison.length > 0 ? sql`d.reasons @> ${sql.param([...raison])}::text[]` : sql`true`,
  ]
  return sql.join(all, sql` and `)
}

/** The same name and what two records do not share by chance. */
export const isCertain = (entity: Entity): SQL =>
  sql`(${sql.join(
    CERTAIN[entity].map((codes) => sql`d.reasons @> ${sql.param([...codes])}::text[]`),
    sql` or `,
  )})`

async function countPairs(ctx: AppContext, entity: Entity): Promise<PairCounts> {
  const { rows } = await ctx.db.execute<{ score: number; reasons: string[]; certain: boolean; n: number }>(sql`
    select d.score, d.reasons, ${isCertain(entity)} as certain, count(*)::int as n from (${toReview(entity)}) d group by 1, 2, 3`)
  const counts: PairCounts = { all: 0, certain: 0, likelihood: {}, reason: {} }
  for (const { score, reasons, certain, n } of rows) {
    const { code } = likelihoods.find(({ from }) => score >= from) ?? likelihoods[2]
    counts.all += n
    if (certain) counts.certain += n
    counts.likelihood[code] = (counts.likelihood[code] ?? 0) + n
    for (const reason of reasons) counts.reason[reason] = (counts.reason[reason] ?? 0) + n
  }
  return counts
}
