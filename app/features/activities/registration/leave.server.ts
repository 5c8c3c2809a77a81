import { sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { notifyAll } from './notify.server.ts'
import { holdActivity, moveUp } from './places.server.ts'

export type LeaveError = { type: 'not-found' } | { type: 'not-registered' }

/**
 * Gives a registration back: its place goes to the first who waits. The caller has checked the right to do so: the registrant’s
 * own link, or a member of the team. Asked twice, it happens once. `silently`: the caller tells them by a message of its own.
 */
export async function leave(
  ctx: AppContext,
  attendanceId: string,
  { silently = false }: { silently?: boolean } = {},
): Promise<Result<null, LeaveError>> {
  return ctx.db.transaction(async (tx) => {
    const row = await heldAttendance(tx, attendanceId)
    if (!row) return err({ type: 'not-found' })
    if (row.status === 'cancelled') return ok(null)
    if (row.status !== 'registered' && row.status !== 'waitlisted') return err({ type: 'not-registered' })
    await tx.execute(sql`
      update activities.attendance set status = 'cancelled', status_at = ${ctx.now().toISOString()} where id = ${attendanceId}`)
    await recordChange(tx, ctx, {
      action: 'activities.registration-cancelled',
      entity: 'attendance',
      entityId: attendanceId,
      fields: { status: [row.status, 'cancelled'] },
    })
    // who only waited has nothing in their calendar to strike out, but is told all the same
    if (!silently) await notifyAll(tx, ctx, 'own-cancellation', [attendanceId])
    await moveUp(tx, ctx, row.activityId)
    return ok(null)
  })
}

export interface HeldAttendance {
  id: string
  activityId: string
  status: AttendanceStatus
  mode: AttendanceMode
}

/** Holds the activity, then reads the registration as it now is: everywhere in this order, so that no two wait for each other. */
export async function heldAttendance(tx: Database, id: string): Promise<HeldAttendance | null> {
  const { rows: found } = await tx.execute<{ activityId: string }>(
    sql`select activity_id as "activityId" from activities.attendance where id = ${id}`,
  )
  if (!found[0]) return null
  await holdActivity(tx, found[0].activityId)
  const { rows } = await tx.execute<HeldAttendance & Record<string, unknown>>(
    sql`select id, activity_id as "activityId", status, mode from activities.attendance where id = ${id}`,
  )
  return rows[0] ?? null
}
