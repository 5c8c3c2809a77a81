import { sql } from 'drizzle-orm'
import { type AppContext, can, userIdOf } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { write, type MarkError, type MarkedRow } from './mark-attendance.server.ts'
import { openActivity } from './open-activity.server.ts'
import { recordTraces, type TraceRange } from './traces.server.ts'

export interface Undone {
  rows: MarkedRow[]
  /** Rows that somebody has ticked since: theirs stays. */
  kept: number
}

/** Takes back one gesture of one’s own: each row returns to what it was, unless somebody has ticked it since. */
export function undoMarks(
  ctx: AppContext,
  { activityId, trace }: { activityId: string; trace: TraceRange },
): Promise<Result<Undone, MarkError>> {
  return ctx.db.transaction(async (tx): Promise<Result<Undone, MarkError>> => {
    if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
    const activity = await openActivity(tx, activityId)
    if (!activity) return err({ type: 'no-such-activity' })
    if (activity.status === 'cancelled') return err({ type: 'activity-cancelled' })
    const past = await firstOfEach(tx, ctx, activityId, trace)
    const back = past.filter(({ touched }) => !touched)
    const restored = back.map((row) => ({
      attendanceId: row.attendanceId,
      status: row.statusBefore ?? row.status,
      mode: row.modeBefore ?? row.mode,
    }))
    await write(tx, ctx, restored)
    await recordTraces(tx, ctx, back.map(undoneTrace))
    return ok({ rows: restored, kept: past.length - back.length })
  })
}

async function firstOfEach(
  tx: Database,
  ctx: AppContext,
  activityId: string,
  { from, to }: TraceRange,
): Promise<Past[]> {
  const actorId = userIdOf(ctx.actor)
  const { rows } = await tx.execute<Past>(sql`
    select a.id as "attendanceId", a.status, a.mode,
      c.fields -> 'status' ->> 0 as "statusBefore", c.fields -> 'mode' ->> 0 as "modeBefore",
      coalesce(c.fields -> 'status' ->> 1 <> a.status, false) or coalesce(c.fields -> 'mode' ->> 1 <> a.mode, false) as touched
    from activities.attendance a
    join platform.change c on c.entity = 'attendance' and c.entity_id = a.id::text and c.action = 'attendance.marked'
      and c.id between ${from} and ${to}
      and c.actor_id is not distinct from ${actorId}::uuid and c.actor_label = ${ctx.actor.label}
    where a.activity_id = ${activityId}
    order by a.id, c.id desc for update of a`)
  return [...new Map(rows.map((row) => [row.attendanceId, row])).values()]
}

interface Past extends Record<string, unknown> {
  attendanceId: string
  status: AttendanceStatus
  mode: AttendanceMode
  statusBefore: AttendanceStatus | null
  modeBefore: AttendanceMode | null
  /** It is no longer what this gesture made it. */
  touched: boolean
}

const undoneTrace = ({ attendanceId, status, mode, statusBefore, modeBefore }: Past) => ({
  attendanceId,
  action: 'attendance.undone' as const,
  fields: {
    ...(statusBefore && { status: [status, statusBefore] as [unknown, unknown] }),
    ...(modeBefore && { mode: [mode, modeBefore] as [unknown, unknown] }),
  },
})
