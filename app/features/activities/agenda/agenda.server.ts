import { AGENDA_PAGE } from './filters.ts'
import { type SQL, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import { fromParis } from '#app/ui/french.ts'
import { instant, instantOrNull } from '../instant.server.ts'
import type { ActivityStatus, AttendanceMode, Mode } from '../labels.ts'
import { modesOf } from '../registration/facts.server.ts'
import { registrationState, type Standing } from '../registration/state.ts'
import type { AgendaFilter } from './filters.ts'
import { inAgenda, matching } from './visible.server.ts'

/** One line of the agenda. */
export interface AgendaLine {
  id: string
  slug: string
  title: string
  kind: string
  theme: string | null
  series: string | null
  partners: string[]
  status: ActivityStatus
  mode: Mode
  place: string | null
  /** The day to show, in Paris: that of the next session of an activity in progress, else the first. */
  shownDay: string
  endsAt: Date | null
  registration: RegistrationHint
}

/** What a line says of registering. */
export type RegistrationHint =
  | { kind: 'none' }
  | { kind: 'cancelled' }
  | { kind: 'open' }
  | { kind: 'places'; left: number }
  | { kind: 'waiting-list' }
  | { kind: 'full' }

export interface AgendaPage {
  lines: AgendaLine[]
  total: number
}

/** What comes, the nearest first: an activity stays until its last session is over. */
export const comingActivities = (ctx: AppContext, filter: AgendaFilter, page = 1) => {
  const now = ctx.now().toISOString()
  const shown = sql`case when a.starts_at >= ${now} then a.starts_at else coalesce((select min(s.starts_at)
    from activities.session s where s.activity_id = a.id and s.ends_at >= ${now}), a.starts_at) end`
  return agendaPage(ctx, { when: sql`a.ends_at >= ${now}`, shown, order: sql`shown, id`, filter, page })
}

/** What was, the latest first. */
export const pastActivities = (ctx: AppContext, filter: AgendaFilter, page = 1) =>
  agendaPage(ctx, {
    when: sql`a.ends_at < ${ctx.now().toISOString()}`,
    shown: sql`a.starts_at`,
    order: sql`shown desc, id`,
    filter,
    page,
  })

interface Asked {
  when: SQL
  shown: SQL
  order: SQL
  filter: AgendaFilter
  page: number
}

interface LineRow extends Record<string, unknown> {
  id: string
  slug: string
  title: string
  kind: string
  theme: string | null
  series: string | null
  partners: string[]
  status: ActivityStatus
  mode: Mode
  place: string | null
  shownDay: string
  startsAt: string | null
  endsAt: string | null
  registrationOpen: boolean
  registrationClosesAt: string | null
  capacityOnsite: number | null
  capacityRemote: number | null
  waitingList: boolean
  total: number
}

async function agendaPage(ctx: AppContext, { when, shown, order, filter, page }: Asked): Promise<AgendaPage> {
  const { rows } = await executePrepared<LineRow>(
    ctx.db,
    sql`
    with found as (
      select a.id, ${shown} as shown, (count(*) over ())::int as total
      from activities.activity a where ${inAgenda} and ${when} and ${matching(filter)}
      order by ${order} limit ${AGENDA_PAGE} offset ${(page - 1) * AGENDA_PAGE}
    )
    select a.id, a.slug, a.title, k.label as kind, t.label as theme, r.title as series, a.status, a.mode, a.place,
      to_char(f.shown at time zone 'Europe/Paris', 'YYYY-MM-DD') as "shownDay", a.starts_at as "startsAt", a.ends_at as "endsAt", a.registration_open as "registrationOpen",
      a.registration_closes_at as "registrationClosesAt", a.capacity_onsite as "capacityOnsite",
      a.capacity_remote as "capacityRemote", a.waiting_list as "waitingList", f.total,
      coalesce((select json_agg(distinct o.name order by o.name) from activities.activity_partner p
        join directory.organisation_card o on o.id = p.organisation_id where p.activity_id = a.id), '[]') as partners
    from found f join activities.activity a using (id)
    join platform.term k on k.id = a.kind_id
    left join platform.term t on t.id = a.main_theme_id
    left join activities.series r on r.id = a.series_id
    order by ${order}`,
  )
  const hints = await hintsFor(ctx, rows)
  const lines = rows.map((row) => ({
    ...row,
    endsAt: instantOrNull(row.endsAt),
    registration: hints(row),
  }))
  return { lines, total: rows[0]?.total ?? 0 }
}

/** Places are counted for those lines only where somebody could still register. */
async function hintsFor(ctx: AppContext, rows: readonly LineRow[]) {
  const isOpen = (row: LineRow) =>
    registrationState(
      {
        ...row,
        startsAt: instantOrNull(row.startsAt),
        endsAt: instantOrNull(row.endsAt),
        registrationClosesAt: instantOrNull(row.registrationClosesAt),
      },
      ctx.now(),
    ) === 'open'
  const limited = rows.filter((row) => isOpen(row) && limitsOf(row).some((capacity) => capacity !== null))
  const counts = await countsOf(
    ctx,
    limited.map(({ id }) => id),
  )
  return (row: LineRow): RegistrationHint => {
    if (row.status === 'cancelled') return { kind: 'cancelled' }
    return isOpen(row) ? hintOf(row, counts.get(row.id)) : { kind: 'none' }
  }
}

const limitsOf = (row: LineRow) =>
  modesOf(row.mode).map((mode) => (mode === 'onsite' ? row.capacityOnsite : row.capacityRemote))

type Counts = Partial<Record<AttendanceMode, Omit<Standing, 'capacity'>>>

async function countsOf(ctx: AppContext, ids: readonly string[]): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>()
  if (ids.length === 0) return counts
  const { rows } = await ctx.db.execute<{ id: string; mode: AttendanceMode; taken: number; waiting: number }>(sql`
    select activity_id as id, mode, (count(*) filter (where status <> 'waitlisted'))::int as taken,
      (count(*) filter (where status = 'waitlisted'))::int as waiting
    from activities.attendance
    where activity_id = any(${sql.param([...ids])}::uuid[]) and status in ('registered', 'waitlisted', 'present', 'absent')
    group by activity_id, mode`)
  for (const { id, mode, ...count } of rows) counts.set(id, { ...counts.get(id), [mode]: count })
  return counts
}

/** The places of all the ways of taking part together; one without a limit always has room. */
function hintOf(row: LineRow, counts: Counts = {}): RegistrationHint {
  const left = modesOf(row.mode).map((mode, i) => {
    const capacity = limitsOf(row)[i] ?? null
    const { taken = 0, waiting = 0 } = counts[mode] ?? {}
    return capacity === null ? null : waiting > 0 ? 0 : Math.max(0, capacity - taken)
  })
  if (left.includes(null)) return { kind: 'open' }
  const sum = left.reduce<number>((total, places) => total + places!, 0)
  return sum > 0 ? { kind: 'places', left: sum } : row.waitingList ? { kind: 'waiting-list' } : { kind: 'full' }
}

/** One session of a calendar page. */
export interface CalendarEntry {
  slug: string
  title: string
  kind: string
  themeId: string | null
  status: ActivityStatus
  mode: Mode
  place: string | null
  startsAt: Date
  endsAt: Date
  /** First and last day in Paris, worked out once: a page asks for them again and again. */
  firstDay: string
  lastDay: string
}

type EntryRow = Omit<CalendarEntry, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string } & Record<
    string,
    unknown
  >

/** Every session that touches [from, to[, days of Paris. A session lasts sixty days at most: that bounds what is read. */
export async function sessionsBetween(ctx: AppContext, from: string, to: string): Promise<CalendarEntry[]> {
  const [start, end] = [fromParis(from).toISOString(), fromParis(to).toISOString()]
  const { rows } = await executePrepared<EntryRow>(
    ctx.db,
    sql`
    select a.slug, a.title, k.label as kind, a.main_theme_id as "themeId", a.status, a.mode, coalesce(s.place, a.place) as place,
      s.starts_at as "startsAt", s.ends_at as "endsAt",
      to_char(s.starts_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "firstDay",
      to_char(s.ends_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "lastDay"
    from activities.session s join activities.activity a on a.id = s.activity_id join platform.term k on k.id = a.kind_id
    where s.starts_at < ${end} and s.starts_at >= ${start}::timestamptz - interval '60 days' and s.ends_at > ${start} and ${inAgenda}
    order by s.starts_at, a.title`,
  )
  return rows.map((row) => ({ ...row, startsAt: instant(row.startsAt), endsAt: instant(row.endsAt) }))
}

/** The years of which the agenda has something; null when it is empty. */
export async function agendaYears(ctx: AppContext): Promise<{ first: number; last: number } | null> {
  const { rows } = await ctx.db.execute<{ first: number | null; last: number | null }>(sql`
    select extract(year from (select min(a.starts_at) from activities.activity a where ${inAgenda}) at time zone 'Europe/Paris')::int as first,
      extract(year from (select max(a.ends_at) from activities.activity a where ${inAgenda}) at time zone 'Europe/Paris')::int as last`)
  const { first, last } = rows[0]!
  return first === null || last === null ? null : { first, last }
}
