import { sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import type { ActivityStatus, AttendanceMode, Mode } from '../labels.ts'
import { instantOrNull } from '../instant.server.ts'
import { capacityOf, modesOf } from './facts.server.ts'
import { notifyAll } from './notify.server.ts'
import type { Places } from './state.ts'

/** What may have changed since the page was read, as it is once the activity is held. */
export interface HeldActivity {
  id: string
  status: ActivityStatus
  mode: Mode
  startsAt: Date | null
  endsAt: Date | null
  registrationOpen: boolean
  registrationClosesAt: Date | null
  capacityOnsite: number | null
  capacityRemote: number | null
  waitingList: boolean
  calendarSequence: number
}

type HeldRow = Omit<HeldActivity, 'startsAt' | 'endsAt' | 'registrationClosesAt'> &
  Record<'startsAt' | 'endsAt' | 'registrationClosesAt', string | null>

/**
 * Places of one activity are given, left and moved up by one transaction at a time: whoever does so holds its row until commit.
 * What is counted afterwards must be read by a later statement, which then sees all that the former holder committed.
 */
export async function holdActivity(tx: Database, id: string): Promise<HeldActivity | null> {
  const { rows } = await executePrepared<HeldRow & Record<string, unknown>>(
    tx,
    sql`
    select id, status, mode, starts_at as "startsAt", ends_at as "endsAt", registration_open as "registrationOpen",
      registration_closes_at as "registrationClosesAt", capacity_onsite as "capacityOnsite",
      capacity_remote as "capacityRemote", waiting_list as "waitingList", calendar_sequence as "calendarSequence"
    from activities.activity where id = ${id} for no key update`,
  )
  const [row] = rows
  if (!row) return null
  return {
    ...row,
    startsAt: instantOrNull(row.startsAt),
    endsAt: instantOrNull(row.endsAt),
    registrationClosesAt: instantOrNull(row.registrationClosesAt),
  }
}

type Sized = Pick<HeldActivity, 'id' | 'mode' | 'capacityOnsite' | 'capacityRemote'>

/** Places by mode. An excused person leaves their place; one who is absent or present has used it. */
export async function placesOf(db: Database, activity: Sized): Promise<Places> {
  const { rows } = await executePrepared<{ mode: AttendanceMode; taken: number; waiting: number }>(
    db,
    sql`
    select mode, (count(*) filter (where status <> 'waitlisted'))::int as taken,
      (count(*) filter (where status = 'waitlisted'))::int as waiting
    from activities.attendance
    where activity_id = ${activity.id} and status in ('registered', 'waitlisted', 'present', 'absent') group by mode`,
  )
  const standing = (mode: AttendanceMode) => {
    const { taken = 0, waiting = 0 } = rows.find((row) => row.mode === mode) ?? {}
    return { capacity: capacityOf(activity, mode), taken, waiting }
  }
  return Object.fromEntries(modesOf(activity.mode).map((mode) => [mode, standing(mode)]))
}

/** The same for several activities, by id, in one statement. */
export async function placesOfEach(db: Database, activities: readonly Sized[]): Promise<Map<string, Places>> {
  const ids = sql.param(activities.map(({ id }) => id))
  const { rows } = await db.execute<{ id: string; mode: AttendanceMode; taken: number; waiting: number }>(sql`
    select activity_id as id, mode, (count(*) filter (where status <> 'waitlisted'))::int as taken,
      (count(*) filter (where status = 'waitlisted'))::int as waiting
    from activities.attendance
    where activity_id = any(${ids}::uuid[]) and status in ('registered', 'waitlisted', 'present', 'absent') group by 1, 2`)
  const standing = (activity: Sized, mode: AttendanceMode) => {
    const { taken = 0, waiting = 0 } = rows.find((row) => row.id === activity.id && row.mode === mode) ?? {}
    return { capacity: capacityOf(activity, mode), taken, waiting }
  }
  return new Map(
    activities.map((activity) => [
      activity.id,
      Object.fromEntries(modesOf(activity.mode).map((mode) => [mode, standing(activity, mode)])),
    ]),
  )
}

/**
 * Gives free places to those who wait, in their order, and tells them. Call it in the transaction that freed or added places;
 * it holds the activity itself. Nothing moves once the activity has begun or is cancelled.
 */
export async function moveUp(tx: Database, ctx: AppContext, activityId: string): Promise<string[]> {
  const held = await holdActivity(tx, activityId)
  if (!held || held.status !== 'published' || (held.startsAt && held.startsAt <= ctx.now())) return []
  const places = await placesOf(tx, held)
  const free = modesOf(held.mode).map((mode) => {
    const { capacity = 0, taken = 0, waiting = 0 } = places[mode] ?? {}
    return { mode, free: capacity === null ? waiting : Math.min(waiting, Math.max(0, capacity - taken)) }
  })
  if (free.every((one) => one.free === 0)) return []
  const moved = await giveTo(tx, ctx, held, free)
  for (const id of moved)
    await recordChange(tx, ctx, { action: 'activities.registration-moved-up', entity: 'attendance', entityId: id })
  await notifyAll(tx, ctx, 'moved-up', moved)
  return moved
}

async function giveTo(
  tx: Database,
  ctx: AppContext,
  held: HeldActivity,
  free: readonly { mode: AttendanceMode; free: number }[],
): Promise<string[]> {
  const { rows } = await executePrepared<{ id: string }>(
    tx,
    sql`
    with waiting as (
      select id, mode, row_number() over (partition by mode order by arrival) as rank
      from activities.attendance where activity_id = ${held.id} and status = 'waitlisted'
    ), given as (
      select w.id, w.rank from waiting w
      join json_to_recordset(${JSON.stringify(free)}::json) as f(mode text, free int) on f.mode = w.mode and w.rank <= f.free
    ), moved as (
      update activities.attendance n set status = 'registered', status_at = ${ctx.now().toISOString()},
        told_sequence = ${held.calendarSequence}
      from given g where n.id = g.id returning n.id, n.arrival
    )
    select id from moved order by arrival`,
  )
  return rows.map(({ id }) => id)
}
