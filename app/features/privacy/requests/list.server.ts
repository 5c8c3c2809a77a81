import { type SQL, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkPage, type ListParamsError, type ListRules, type ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { isoDay } from '#app/ui/french.ts'
import { type RequestKind, requestKindLabels, type RequestState, requestStateLabels } from '../labels.ts'

export interface RequestLine {
  id: string
  /** null once the person is erased. */
  personId: string | null
  name: string | null
  kind: RequestKind
  state: RequestState
  source: 'own' | 'office'
  receivedAt: Date
  dueOn: string
  late: boolean
  closedAt: Date | null
}

export interface RequestRecord extends RequestLine {
  message: string | null
  answer: string | null
  extendedReason: string | null
  closedBy: string | null
  email: string | null
}

export const requestListRules: ListRules = {
  sortable: ['echeance', 'recue'],
  defaultSort: { key: 'echeance', direction: 'asc' },
  filters: { etat: Object.keys(requestStateLabels), objet: Object.keys(requestKindLabels) },
}

const orders: Record<string, SQL> = { echeance: sql`r.due_on`, recue: sql`r.received_at` }

type Row = Omit<RequestRecord, 'receivedAt' | 'closedAt'> & { receivedAt: string; closedAt: string | null }

const columns = (
  today: string,
) => sql`r.id, r.person_id as "personId", c.full_name as name, c.email, r.kind, r.state, r.source,
  r.received_at as "receivedAt", r.due_on as "dueOn", (r.state = 'open' and r.due_on < ${today}::date) as late, r.closed_at as "closedAt",
  r.message, r.answer, r.extended_reason as "extendedReason", r.closed_by_label as "closedBy"`

const asRecord = (row: Row): RequestRecord => ({
  ...row,
  receivedAt: new Date(row.receivedAt),
  closedAt: row.closedAt ? new Date(row.closedAt) : null,
})

/** Open ones by the day they are due; the others follow when they are asked for. */
export async function listRequests(
  ctx: AppContext,
  { filters, sort, ...state }: ListState,
): Promise<Result<{ rows: RequestRecord[]; total: number }, { type: 'not-allowed' } | ListParamsError>> {
  if (!can(ctx.actor, 'privacy:read')) return err({ type: 'not-allowed' })
  const among = (column: SQL, values: readonly string[] = []) =>
    values.length > 0 ? sql`${column} = any(${sql.param([...values])}::text[])` : sql`true`
  const where = sql`${among(sql`r.state`, filters.etat)} and ${among(sql`r.kind`, filters.objet)}`
  const counted = await ctx.db.execute<{ n: number }>(
    sql`select count(*)::int as n from privacy.request r where ${where}`,
  )
  const total = counted.rows[0]!.n
  const page = checkPage(state, total)
  if (!page.ok) return page
  const { rows } = await ctx.db.execute<Row & Record<string, unknown>>(sql`
    select ${columns(isoDay(ctx.now()))} from privacy.request r left join directory.person_card c on c.id = r.person_id
    where ${where} order by r.state <> 'open', ${orders[sort.key] ?? orders.echeance!} ${sort.direction === 'desc' ? sql`desc` : sql`asc`}, r.id
    limit ${page.value.limit} offset ${page.value.offset}`)
  return ok({ rows: rows.map(asRecord), total })
}

export async function readRequest(ctx: AppContext, id: string): Promise<RequestRecord | null> {
  if (!can(ctx.actor, 'privacy:read')) return null
  const { rows } = await ctx.db.execute<Row & Record<string, unknown>>(sql`
    select ${columns(isoDay(ctx.now()))} from privacy.request r left join directory.person_card c on c.id = r.person_id
    where r.id = ${id}`)
  return rows[0] ? asRecord(rows[0]) : null
}
