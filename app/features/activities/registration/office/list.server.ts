import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkPage, type ListParamsError, type ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { instant } from '../../instant.server.ts'
import type { AttendanceMode, AttendanceSource, AttendanceStatus } from '../../labels.ts'
import { activityFacts, type ActivityFacts } from '../facts.server.ts'
import { placesOf } from '../places.server.ts'
import type { Answers } from '../questions.ts'
import type { Places } from '../state.ts'

export interface RegistrationRow {
  id: string
  givenName: string
  familyName: string
  email: string | null
  status: AttendanceStatus
  mode: AttendanceMode
  source: AttendanceSource
  organisation: string | null
  function: string | null
  profile: string | null
  departement: string | null
  answers: Answers
  /** Only for who may write: what somebody needs says something of their health. */
  accessibilityNeeds: string | null
  registeredAt: Date
  /** Rank on the waiting list. */
  rank: number | null
}

export interface RegistrationList {
  activity: ActivityFacts
  places: Places
  rows: RegistrationRow[]
  total: number
}

export type ListError = { type: 'not-found' } | ListParamsError

const orders: Record<string, SQL> = {
  arrivee: sql`n.arrival`,
  nom: sql`platform.normalise(p.family_name || ' ' || p.given_name)`,
  etat: sql`n.status`,
  organisation: sql`platform.normalise(coalesce(n.organisation_name, ''))`,
}

/** Registrations of one activity as the list is filtered; `whole`: every page of it. */
export async function registrationList(
  ctx: AppContext,
  activityId: string,
  state: ListState,
  { whole = false } = {},
): Promise<Result<RegistrationList, ListError>> {
  if (!can(ctx.actor, 'attendance:read')) return err({ type: 'not-found' })
  const activity = await activityFacts(ctx.db, { id: activityId })
  if (!activity) return err({ type: 'not-found' })
  const where = conditions(activityId, state)
  const { rows: counted } = await ctx.db.execute<{ total: number }>(sql`
    select count(*)::int as total from activities.attendance n join directory.person_card p on p.id = n.person_id where ${where}`)
  const total = counted[0]!.total
  const page = checkPage(state, total)
  if (!page.ok && !whole) return page
  const limits = page.ok && !whole ? sql`limit ${page.value.limit} offset ${page.value.offset}` : sql``
  const rows = await readRows(ctx, where, state, limits)
  return ok({ activity, places: await placesOf(ctx.db, activity), rows, total })
}

function conditions(activityId: string, { q, filters }: ListState): SQL {
  const { etat = [], participation = [] } = filters
  const said = [
    sql`n.activity_id = ${activityId}`,
    etat.length > 0 && sql`n.status = any(${sql.param([...etat])}::text[])`,
    participation.length > 0 && sql`n.mode = any(${sql.param([...participation])}::text[])`,
    q &&
      sql`(p.search like '%' || platform.normalise(${q}) || '%' or platform.normalise(coalesce(n.organisation_name, '')) like '%' || platform.normalise(${q}) || '%')`,
  ]
  return sql.join(
    said.filter((one): one is SQL => Boolean(one)),
    sql` and `,
  )
}

type Raw = Omit<RegistrationRow, 'registeredAt'> & { registeredAt: string } & Record<string, unknown>

async function readRows(ctx: AppContext, where: SQL, { sort }: ListState, limits: SQL): Promise<RegistrationRow[]> {
  const direction = sort.direction === 'desc' ? sql`desc` : sql`asc`
  const { rows } = await ctx.db.execute<Raw>(sql`
    select n.id, p.given_name as "givenName", p.family_name as "familyName", p.email, n.status, n.mode, n.source,
      n.organisation_name as organisation, n.function, t.label as profile, d.name as departement, n.answers,
      ${can(ctx.actor, 'attendance:write') ? sql`n.accessibility_needs` : sql`null`} as "accessibilityNeeds",
      n.registered_at as "registeredAt",
      case when n.status = 'waitlisted' then (select count(*)::int from activities.attendance w where w.activity_id = n.activity_id
        and w.status = 'waitlisted' and w.mode = n.mode and w.arrival <= n.arrival) end as rank
    from activities.attendance n
    join directory.person_card p on p.id = n.person_id
    left join platform.term t on t.id = n.profile_id
    left join territory.territory_card d on d.id = n.departement_id
    where ${where} order by ${orders[sort.key] ?? orders.arrivee!} ${direction}, n.arrival ${limits}`)
  return rows.map((row) => ({ ...row, registeredAt: instant(row.registeredAt) }))
}

/** The whole list as it is filtered, to leave the house: written down who took it, and how much. */
export async function exportRegistrations(
  ctx: AppContext,
  activityId: string,
  state: ListState,
  format: 'csv' | 'xlsx',
): Promise<Result<RegistrationList, ListError>> {
  if (!can(ctx.actor, 'attendance:export')) return err({ type: 'not-found' })
  const list = await registrationList(ctx, activityId, state, { whole: true })
  if (!list.ok) return list
  await recordChange(ctx.db, ctx, {
    action: 'activities.registrations-exported',
    entity: 'activity',
    entityId: activityId,
    fields: { rows: [null, list.value.rows.length], format: [null, format] },
  })
  return list
}
