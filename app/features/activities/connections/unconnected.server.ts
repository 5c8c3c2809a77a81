import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, type Result } from '#app/platform/result.ts'
import { markAttendance, type Marked, type MarkError } from '../attendance/mark-attendance.server.ts'

export interface Unconnected extends Record<string, unknown> {
  attendanceId: string
  personId: string
  name: string
  /** Connected, not long enough; null: not at all. */
  minutes: number | null
}

/** Expected at a distance, ticked by nobody, and not connected long enough: those whom one gesture may mark absent. */
export async function unconnected(ctx: AppContext, activityId: string): Promise<Unconnected[]> {
  return can(ctx.actor, 'attendance:read') ? find(ctx.db, activityId) : []
}

async function find(db: Database, activityId: string): Promise<Unconnected[]> {
  const { rows } = await db.execute<Unconnected>(sql`
    select n.id as "attendanceId", k.id as "personId", k.full_name as name, n.connected_minutes as minutes
    from activities.attendance n join activities.activity a on a.id = n.activity_id
    join directory.person_card p on p.id = n.person_id join directory.person_card k on k.id = p.identity_id
    where n.activity_id = ${activityId} and n.status = 'registered' and (n.mode = 'remote' or a.mode = 'distanciel')
      and exists (select 1 from activities.connection_import i where i.activity_id = a.id and i.state = 'applied')
    order by platform.normalise(k.family_name), platform.normalise(k.given_name) limit 5000`)
  return rows
}

export async function markUnconnectedAbsent(ctx: AppContext, activityId: string): Promise<Result<Marked, MarkError>> {
  if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
  const rows = await find(ctx.db, activityId)
  const marks = rows.map(({ attendanceId }) => ({
    attendanceId,
    status: 'absent' as const,
    seen: 'registered' as const,
  }))
  return markAttendance(ctx, { activityId, marks })
}
