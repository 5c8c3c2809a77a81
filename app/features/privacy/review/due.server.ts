import { type SQL, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { checkPage, type ListParamsError, type ListRules, type ListState } from '#app/platform/list-params.ts'
import { type OwnAction, ownActions, type PersonalData } from '#app/platform/personal-data.server.ts'
import { limitOf, type Purpose, readPurpose } from '#app/platform/purposes.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { isoDay } from '#app/ui/french.ts'

/** The rule that ends a person's stay is that of the directory: their card is what everything hangs on. */
export const retentionPurpose = (db: Database): Promise<Purpose | null> => readPurpose(db, 'annuaire')

export interface DuePerson {
  id: string
  name: string
  organisation: string | null
  /** The last thing they did, or their entry in the directory when they did nothing. */
  action: OwnAction
  at: Date
  account: boolean
}

/** `last`: each person with their latest act of those that count; one statement, whatever the number of people. */
function lastCte(sources: readonly PersonalData[], counts: readonly string[], only?: readonly string[]): SQL {
  const parts = sources.flatMap(({ lastActions }) => (lastActions ? [lastActions] : []))
  const among = only ? sql`and coalesce(m.identity_id, acted.person_id) = any(${sql.param([...only])}::uuid[])` : sql``
  return sql`acted as (${sql.join(parts, sql` union all `)}),
    last as materialized (
      select coalesce(m.identity_id, acted.person_id) as id, max(acted.at) as at,
        (array_agg(acted.kind order by acted.at desc, acted.kind))[1] as kind, bool_or(acted.kind = 'added') as living
      from acted left join directory.person_merge m on m.id = acted.person_id
      where acted.kind = any(${sql.param([...counts, 'added'])}::text[]) ${among} group by 1
    )`
}

const dueSince = (limit: Date, today: string) => sql`last.living and last.at < ${limit.toISOString()}::timestamptz
  and not exists (select from privacy.keep k where k.person_id = last.id and k.until >= ${today}::date)`

interface Rule {
  limit: Date
  counts: readonly string[]
}

async function retentionRule(db: Database, now: Date): Promise<Rule | null> {
  const purpose = await retentionPurpose(db)
  const limit = limitOf(purpose, now)
  return purpose && limit ? { limit, counts: purpose.counts } : null
}

/** Of these people, those whose time has come. */
export async function dueAmong(
  db: Database,
  ctx: AppContext,
  sources: readonly PersonalData[],
  personIds: readonly string[],
): Promise<Set<string>> {
  const rule = await retentionRule(db, ctx.now())
  if (!rule || personIds.length === 0) return new Set()
  const { rows } = await db.execute<{ id: string }>(sql`
    with ${lastCte(sources, rule.counts, personIds)}
    select last.id from last where ${dueSince(rule.limit, isoDay(ctx.now()))}`)
  return new Set(rows.map(({ id }) => id))
}

export const reviewRules: ListRules = {
  sortable: ['nom', 'date'],
  defaultSort: { key: 'date', direction: 'asc' },
  filters: { demarche: Object.keys(ownActions) },
  pageSize: 50,
}

export type ReviewError = { type: 'not-allowed' } | ListParamsError

export interface Review {
  rows: DuePerson[]
  total: number
  /** null: no duration runs from the last act, nobody is ever due. */
  limit: Date | null
}

/** The people whose time has come, and why. */
export async function listDue(
  ctx: AppContext,
  sources: readonly PersonalData[],
  state: ListState,
  { whole = false } = {},
): Promise<Result<Review, ReviewError>> {
  if (!can(ctx.actor, 'privacy:read')) return err({ type: 'not-allowed' })
  const rule = await retentionRule(ctx.db, ctx.now())
  if (!rule) return ok({ rows: [], total: 0, limit: null })
  const rows = await dueRows(ctx, sources, rule, state, whole)
  const total = rows[0]?.total ?? (state.page === 1 ? 0 : await countDue(ctx, sources))
  const page = checkPage(state, total)
  if (!page.ok) return page
  return ok({ rows: rows.map(asDue), total, limit: rule.limit })
}

interface Row extends Record<string, unknown> {
  id: string
  name: string
  organisation: string | null
  kind: OwnAction
  at: string
  account: boolean
  total: number
}

const asDue = ({ id, name, organisation, kind, at, account }: Row): DuePerson => ({
  id,
  name,
  organisation,
  action: kind,
  at: new Date(at),
  account,
})

async function dueRows(
  ctx: AppContext,
  sources: readonly PersonalData[],
  { limit, counts }: Rule,
  { q, filters, sort, page, pageSize }: ListState,
  whole: boolean,
): Promise<Row[]> {
  const wanted = filters.demarche ?? []
  const conditions = [
    dueSince(limit, isoDay(ctx.now())),
    q ? sql`strpos(c.search, platform.normalise(${q})) > 0` : sql`true`,
    wanted.length > 0 ? sql`last.kind = any(${sql.param([...wanted])}::text[])` : sql`true`,
  ]
  const by = sort.key === 'nom' ? sql`platform.normalise(c.family_name || ' ' || c.given_name)` : sql`last.at`
  const direction = sort.direction === 'desc' ? sql`desc` : sql`asc`
  const blocked = sources.flatMap(({ obstacles }) => (obstacles ? [obstacles] : []))
  const { rows } = await ctx.db.execute<Row>(sql`
    with ${lastCte(sources, counts)}, page as (
      select last.id, c.full_name as name, last.kind, last.at, count(*) over ()::int as total,
        row_number() over (order by ${by} ${direction}, last.id) as rank
      from last join directory.person_card c on c.id = last.id where ${sql.join(conditions, sql` and `)}
      order by rank ${whole ? sql`` : sql`limit ${pageSize} offset ${(page - 1) * pageSize}`}
    )
    select page.id, page.name, page.kind, page.at, page.total, (
      select coalesce(o.name, a.organisation_name) from directory.affiliation a left join directory.organisation_card o on o.id = a.organisation_id
      where a.person_id = page.id order by a.valid_from desc nulls last, a.id limit 1) as organisation,
      false as account
    from page order by page.rank`)
  if (blocked.length === 0 || rows.length === 0) return rows
  const ids = rows.map(({ id }) => id)
  const { rows: held } = await ctx.db.execute<{ person_id: string }>(
    sql.join(
      blocked.map((obstacles) => obstacles(ids)),
      sql` union all `,
    ),
  )
  const accounts = new Set(held.map(({ person_id }) => person_id))
  return rows.map((row) => ({ ...row, account: accounts.has(row.id) }))
}

/** How many there are to look at. */
export async function countDue(ctx: AppContext, sources: readonly PersonalData[]): Promise<number> {
  const rule = await retentionRule(ctx.db, ctx.now())
  if (!rule) return 0
  const { rows } = await ctx.db.execute<{ n: number }>(sql`
    with ${lastCte(sources, rule.counts)}
    select count(*)::int as n from last where ${dueSince(rule.limit, isoDay(ctx.now()))}`)
  return rows[0]!.n
}

/** Every person whose time has come, by id: what « all » means when everything is chosen. */
export async function everyDue(ctx: AppContext, sources: readonly PersonalData[]): Promise<string[]> {
  const rule = await retentionRule(ctx.db, ctx.now())
  if (!rule) return []
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    with ${lastCte(sources, rule.counts)}
    select last.id from last where ${dueSince(rule.limit, isoDay(ctx.now()))} order by last.id`)
  return rows.map(({ id }) => id)
}
