import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { ListState } from '#app/platform/list-params.ts'
import { instantOrNull } from '../instant.server.ts'
import type { ActivityStatus, AttendanceMode, AttendanceSource, AttendanceStatus, Mode } from '../labels.ts'
import { type Counts, type SheetState, sheetStates } from './ticks.ts'
import type { UnidentifiedBasis } from './unidentified.ts'

export interface SheetRow {
  id: string
  personId: string
  givenName: string
  familyName: string
  email: string | null
  status: AttendanceStatus
  mode: AttendanceMode
  source: AttendanceSource
  profile: string | null
  function: string | null
  organisation: string | null
  departement: string | null
  accessibilityNeeds: string | null
  /** null: no connection list names this person. */
  connectedMinutes: number | null
}

export interface Sheet {
  id: string
  title: string
  status: ActivityStatus
  mode: Mode
  startsAt: Date | null
  endsAt: Date | null
  place: string | null
  counts: Counts & { onsite: number; remote: number }
  unidentifiedCount: number
  unidentifiedBasis: UnidentifiedBasis
  /** Rows of the list as it is filtered. */
  total: number
}

/** The activity whose list is ticked, with its counts; null when it does not exist or may not be seen. */
export async function attendanceSheet(ctx: AppContext, activityId: string, state: ListState): Promise<Sheet | null> {
  if (!can(ctx.actor, 'attendance:read')) return null
  const { rows } = await ctx.db.execute<Omit<Sheet, 'counts' | 'startsAt' | 'endsAt'> & FlatCounts>(sql`
    select a.id, a.title, a.status, a.mode, a.starts_at as "startsAt", a.ends_at as "endsAt", a.place,
      a.unidentified_count as "unidentifiedCount", a.unidentified_basis as "unidentifiedBasis", n.*
    from activities.activity a
    cross join lateral (
      select count(*) filter (where n.status = 'present')::int as present, count(*) filter (where n.status = 'excused')::int as excused,
        count(*) filter (where n.status = 'absent')::int as absent, count(*) filter (where n.status = 'registered')::int as registered,
        count(*) filter (where n.status = 'waitlisted')::int as waitlisted,
        count(*) filter (where n.status = 'present' and n.mode = 'onsite')::int as onsite,
        count(*) filter (where n.status = 'present' and n.mode = 'remote')::int as remote,
        count(*) filter (where ${matches(state)})::int as total
      from activities.attendance n join directory.person_card p on p.id = n.person_id
      where n.activity_id = a.id
    ) n
    where a.id = ${activityId}`)
  const [row] = rows
  if (!row) return null
  const { present, excused, absent, registered, waitlisted, onsite, remote, startsAt, endsAt, ...rest } = row
  return {
    ...rest,
    startsAt: instantOrNull(startsAt),
    endsAt: instantOrNull(endsAt),
    counts: { present, excused, absent, registered, waitlisted, onsite, remote },
  }
}

interface FlatCounts extends Record<string, unknown>, Counts {
  startsAt: string | null
  endsAt: string | null
  onsite: number
  remote: number
}

/** A search forgives accents; without a state asked for, everybody but those who cancelled. */
function matches({ q, filters }: Pick<ListState, 'q' | 'filters'>) {
  const states = (filters.etat ?? []).map((state) => sheetStates[state as SheetState])
  const wanted = states.length > 0 ? sql`n.status in ${states}` : sql`n.status <> 'cancelled'`
  if (q === '') return wanted
  return sql`${wanted} and p.search || ' ' || platform.normalise(coalesce(n.organisation_name, '')) like '%' || platform.normalise(${q}) || '%'`
}

/** The rows of the list, by family name; whoever waits for a place comes last. The caller has read the sheet. */
export async function sheetRows(
  ctx: AppContext,
  activityId: string,
  state: Pick<ListState, 'q' | 'filters'>,
  { offset, limit }: { offset: number; limit: number },
): Promise<SheetRow[]> {
  if (!can(ctx.actor, 'attendance:read')) return []
  const { rows } = await ctx.db.execute<SheetRow & Record<string, unknown>>(sql`
    select n.id, kept.id as "personId", kept.given_name as "givenName", kept.family_name as "familyName", kept.email,
      n.status, n.mode, n.source, t.label as profile, n.function, coalesce(n.organisation_name, o.name) as organisation,
      d.name as departement, n.accessibility_needs as "accessibilityNeeds",
      n.connected_minutes as "connectedMinutes"
    from activities.attendance n
    join directory.person_card p on p.id = n.person_id
    join directory.person_card kept on kept.id = p.identity_id
    left join directory.organisation_card o on o.id = n.organisation_id
    left join platform.term t on t.id = n.profile_id
    left join territory.territory_card d on d.id = n.departement_id
    where n.activity_id = ${activityId} and ${matches(state)}
    order by n.status = 'waitlisted', platform.normalise(kept.family_name), platform.normalise(kept.given_name), n.id
    limit ${limit} offset ${offset}`)
  return rows
}

/** Names of some rows, for a sentence about them. */
export async function namesOfRows(ctx: AppContext, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0 || !can(ctx.actor, 'attendance:read')) return new Map()
  const { rows } = await ctx.db.execute<{ id: string; name: string }>(sql`
    select n.id, p.full_name as name from activities.attendance n join directory.person_card p on p.id = n.person_id
    where n.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
