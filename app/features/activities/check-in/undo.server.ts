import { eq, sql } from 'drizzle-orm'
import type { FieldChanges } from '#app/platform/changes.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { removeWithin } from '../attendance/remove-walk-in.server.ts'
import { write } from '../attendance/mark-attendance.server.ts'
import { recordTraces } from '../attendance/traces.server.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { checkInGestures } from '../schema.server.ts'
import type { Gesture, Outcome } from './door.ts'
import type { Door } from './door.server.ts'
import { heldKey } from './known.server.ts'

type Undo = Extract<Gesture, { kind: 'undo' }>

interface Held extends Record<string, unknown> {
  id: string
  status: AttendanceStatus
  mode: AttendanceMode
  source: string
  /** What the last gesture at a door made of this row, and what it was before. */
  last: string | null
  beforeStatus: AttendanceStatus | null
  beforeMode: AttendanceMode | null
}

/** Somebody checked in by mistake is again what they were; whoever was added there by mistake leaves the list. */
export function undo(door: Door, gesture: Undo): Promise<Outcome> {
  const { key } = gesture
  return door.ctx.db.transaction(async (tx): Promise<Outcome> => {
    const done = await heldKey(door, tx, key)
    if (done) return done
    const row = await rowOf(door, tx, gesture)
    if (!row) return { key, outcome: 'unknown', id: null }
    if (row.status !== 'present') return { key, outcome: 'not-present', id: row.id }
    const removed = row.last === 'added' && row.source === 'walk-in'
    if (removed) await removeWithin(tx, door.ctx, { activityId: door.activityId, attendanceId: row.id })
    else await putBack(door, tx, row)
    await tx.insert(checkInGestures).values({
      key,
      activityId: door.activityId,
      attendanceId: removed ? null : row.id,
      outcome: 'undone',
      beforeStatus: 'present',
      beforeMode: row.mode,
      at: door.ctx.now(),
    })
    return { key, outcome: 'undone', id: row.id }
  })
}

async function rowOf({ activityId }: Door, tx: Database, { id, of }: Undo): Promise<Held | undefined> {
  const [past] = of ? await tx.select().from(checkInGestures).where(eq(checkInGestures.key, of)) : []
  const { rows } = await tx.execute<Held>(sql`
    select n.id, n.status, n.mode, n.source, g.outcome as last, g.before_status as "beforeStatus", g.before_mode as "beforeMode"
    from activities.attendance n
    left join lateral (select * from activities.check_in_gesture g
      where g.attendance_id = n.id and g.outcome in ('entered', 'added', 'found') order by g.at desc limit 1) g on true
    where n.activity_id = ${activityId} and n.id = ${id ?? past?.attendanceId ?? null} for update of n`)
  return rows[0]
}

/** Ticked from the office rather than at a door: nothing is known of before, the row is « à pointer ». */
async function putBack({ ctx }: Door, tx: Database, { id, status, mode, beforeStatus, beforeMode }: Held) {
  const back = { attendanceId: id, status: beforeStatus ?? 'registered', mode: beforeMode ?? mode }
  await write(tx, ctx, [back])
  const fields: FieldChanges = { status: [status, back.status] }
  if (back.mode !== mode) fields.mode = [mode, back.mode]
  await recordTraces(tx, ctx, [{ attendanceId: id, action: 'attendance.undone', fields }])
}
