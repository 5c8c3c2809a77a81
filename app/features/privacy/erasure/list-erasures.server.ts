import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkPage, type ListParamsError, type ListRules, type ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type ErasureRule, erasureRuleLabels } from '../labels.ts'

export interface ErasureLine {
  id: string
  at: Date
  by: string
  rule: ErasureRule
  records: number
}

export const erasureListRules: ListRules = {
  sortable: ['date'],
  defaultSort: { key: 'date', direction: 'desc' },
  filters: { raison: Object.keys(erasureRuleLabels) },
}

/** When, by whom and why somebody was erased; of whom, nobody can tell any more. */
export async function listErasures(
  ctx: AppContext,
  { filters, sort, ...state }: ListState,
): Promise<Result<{ rows: ErasureLine[]; total: number }, { type: 'not-allowed' } | ListParamsError>> {
  if (!can(ctx.actor, 'privacy:read')) return err({ type: 'not-allowed' })
  const wanted = filters.raison ?? []
  const where = wanted.length > 0 ? sql`rule = any(${sql.param([...wanted])}::text[])` : sql`true`
  const counted = await ctx.db.execute<{ n: number }>(
    sql`select count(*)::int as n from privacy.erasure where ${where}`,
  )
  const total = counted.rows[0]!.n
  const page = checkPage(state, total)
  if (!page.ok) return page
  const direction = sort.direction === 'asc' ? sql`asc` : sql`desc`
  const { rows } = await ctx.db.execute<Omit<ErasureLine, 'at'> & { at: string }>(sql`
    select id, at, actor_label as by, rule, cardinality(marks) as records from privacy.erasure where ${where}
    order by at ${direction}, id limit ${page.value.limit} offset ${page.value.offset}`)
  return ok({ total, rows: rows.map((row) => ({ ...row, at: new Date(row.at) })) })
}
