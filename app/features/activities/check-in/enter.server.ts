import { sql } from 'drizzle-orm'
import { userIdOf } from '#app/platform/context.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCode } from '#app/platform/signed-link.server.ts'
import type { ActivityStatus, AttendanceStatus } from '../labels.ts'
import type { GestureError } from './check-in.server.ts'
import type { Gesture, Outcome } from './door.ts'
import type { Door } from './door.server.ts'
import { whereElse } from './elsewhere.server.ts'
import { answeredBefore } from './known.server.ts'

type Enter = Extract<Gesture, { kind: 'enter' }>

/** What the statement is asked; `version` is that of the code, null for a name touched on the list. */
interface Asked {
  key: string
  id: string
  version: number | null
  admit: boolean
}

interface Found extends Record<string, unknown> {
  key: string
  activity: ActivityStatus
  /** null: not on this list, or the code was replaced. */
  status: AttendanceStatus | null
  entered: boolean
  /** When this person came in, if they had. */
  at: number | null
  /** When this very gesture was done, if it was. */
  doneAt: number | null
}

/** Checks people in: rows, traces and keys in one statement, whatever their number. */
export async function enter(door: Door, gestures: readonly Enter[]): Promise<Result<Outcome[], GestureError>> {
  const asked = gestures.flatMap((gesture) => askedOf(door, gesture))
  const first = [...new Map(asked.toReversed().map((one) => [one.id, one])).values()]
  const rows = first.length > 0 ? await write(door, first) : []
  if (rows.length < first.length) return err({ type: 'no-such-activity' })
  if (rows.some(({ activity, entered }) => activity === 'cancelled' && !entered))
    return err({ type: 'activity-cancelled' })
  const found = new Map(rows.map((row) => [row.key, row]))
  const byId = new Map(first.map(({ id, key }) => [id, found.get(key)!]))
  const now = door.ctx.now().getTime()
  const outcomes = gestures.map((gesture): Outcome => {
    const one = asked.find(({ key }) => key === gesture.key)
    if (!one) return { key: gesture.key, outcome: 'unknown', id: null }
    const row = found.get(one.key)
    return row ? outcomeOf(one, row, now) : again(one, byId.get(one.id)!, now)
  })
  return ok(await whereElse(door, asked, await ours(door, outcomes)))
}

/** A code is checked here; what it names is then looked for like a name of the list. */
function askedOf({ ctx }: Door, { key, id, code, admit = false }: Enter): Asked[] {
  if (!code) return id ? [{ key, id, version: null, admit }] : []
  const read = readCode(ctx.secret, 'check-in', code)
  return read ? [{ key, admit, ...read }] : []
}

function outcomeOf({ key, id }: Asked, { status, entered, at, doneAt }: Found, now: number): Outcome {
  if (entered) return { key, id, outcome: 'entered', at: now }
  if (doneAt !== null) return { key, id, outcome: 'entered', at: doneAt }
  if (status === 'present') return { key, id, outcome: 'already', at: at ?? now }
  if (status === 'waitlisted' || status === 'cancelled') return { key, id, outcome: status }
  return { key, id, outcome: 'unknown' }
}

/** The same person twice in one sending: the first gesture stands for both. */
const again = ({ key, id }: Asked, { status, entered, at, ...row }: Found, now: number): Outcome =>
  entered || status === 'present'
    ? { key, id, outcome: 'already', at: at ?? now }
    : { ...outcomeOf({ key, id, version: null, admit: false }, { status, entered, at, ...row }, now), key }

/** « Already there » because our own gesture, sent again while the first was on its way, has just been written. */
async function ours(door: Door, outcomes: Outcome[]): Promise<Outcome[]> {
  const known = await answeredBefore(
    door,
    outcomes.filter(({ outcome }) => outcome === 'already').map(({ key }) => key),
  )
  return outcomes.map((one) => known.get(one.key) ?? one)
}

async function write({ ctx, activityId }: Door, asked: readonly Asked[]): Promise<Found[]> {
  const { actor } = ctx
  const actorId = userIdOf(actor)
  // lists, and an activity that is compared and not looked up: rows are reached by their own numbers, never the whole activity
  const ids = sql.param(asked.map(({ id }) => id))
  const keys = sql.param(asked.map(({ key }) => key))
  const { rows } = await executePrepared<Found>(
    ctx.db,
    sql`
    with asked as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as x(key uuid, id uuid, version int, admit boolean)),
    held as materialized (
      select n.id, n.status, n.mode, n.status_at, k.key, k.admit
      from asked k join activities.attendance n on n.id = k.id and n.id = any(${ids}::uuid[]) and n.activity_id is not distinct from ${activityId}::uuid
        and (k.version is null or k.version = n.link_version % 65536)
      order by n.id for update of n),
    claimed as (
      insert into activities.check_in_gesture (key, activity_id, attendance_id, outcome, before_status, before_mode, at)
      select h.key, a.id, h.id, 'entered', h.status, h.mode, ${ctx.now().toISOString()}::timestamptz
      from held h join activities.activity a on a.id = ${activityId}::uuid and a.status <> 'cancelled'
      where h.status in ('registered', 'absent', 'excused') or (h.status in ('waitlisted', 'cancelled') and h.admit)
      on conflict (key) do nothing returning key, attendance_id, before_status, before_mode),
    moved as (
      update activities.attendance n set status = 'present', status_at = ${ctx.now().toISOString()}::timestamptz,
        mode = case when a.mode = 'distanciel' then n.mode else 'onsite' end
      from claimed c, activities.activity a where n.id = c.attendance_id and a.id = ${activityId}::uuid
      returning n.id, n.mode),
    traced as (
      insert into platform.change (at, actor_id, actor_label, action, entity, entity_id, fields, request_id)
      select ${ctx.now().toISOString()}::timestamptz, ${actorId}::uuid, ${actor.label}, 'attendance.checked-in', 'attendance',
        c.attendance_id::text, jsonb_build_object('status', jsonb_build_array(c.before_status, 'present'))
          || case when m.mode = c.before_mode then '{}' else jsonb_build_object('mode', jsonb_build_array(c.before_mode, m.mode)) end,
        ${ctx.requestId ?? null}
      from claimed c join moved m on m.id = c.attendance_id)
    select k.key, a.status as activity, h.status, c.key is not null as entered,
      case when h.status = 'present' then round(extract(epoch from h.status_at) * 1000)::float8 end as at,
      round(extract(epoch from g.at) * 1000)::float8 as "doneAt"
    from asked k join activities.activity a on a.id = ${activityId}::uuid
    left join held h on h.key = k.key left join claimed c on c.key = k.key
    left join activities.check_in_gesture g on g.key = k.key and g.key = any(${keys}::uuid[]) and g.activity_id is not distinct from a.id and g.outcome = 'entered'`,
  )
  return rows
}
