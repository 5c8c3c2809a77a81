import { sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { addWalkIn } from '../attendance/add-walk-in.server.ts'
import { write } from '../attendance/mark-attendance.server.ts'
import type { OpenActivity } from '../attendance/open-activity.server.ts'
import { type AttendanceTrace, recordTraces } from '../attendance/traces.server.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { connectionEffects } from '../schema.server.ts'
import type { Settlement } from './settle.ts'

export interface Done {
  /** Ticked present, or added. */
  marked: number
  added: number
  /** No longer present: the lists no longer say so. */
  givenBack: number
}

/** Makes the attendance list say what the lists in force say; what somebody has ticked by hand since stays. */
export async function follow(
  tx: Database,
  ctx: AppContext,
  activity: OpenActivity,
  importId: string,
  settlement: Settlement,
): Promise<Done> {
  const givenBack = await giveBack(tx, ctx, activity.id, settlement)
  const marked = await markConnected(tx, ctx, activity.id, importId, settlement)
  const added = await addConnected(tx, ctx, activity.id, importId, settlement)
  await noteMinutes(tx, ctx, activity.id, settlement)
  await countUnidentified(tx, ctx, activity.id, settlement.unidentified)
  return { marked, added, givenBack }
}

const enoughOf = ({ people }: Settlement) => [...people].filter(([, { enough }]) => enough).map(([id]) => id)

interface Effect extends Record<string, unknown> {
  attendanceId: string
  personId: string
  status: AttendanceStatus
  mode: AttendanceMode
  beforeStatus: AttendanceStatus | null
  beforeMode: AttendanceMode | null
  afterStatus: AttendanceStatus
  afterMode: AttendanceMode
}

/** Rows that a list had ticked and that no list supports any more return to what they were. */
async function giveBack(tx: Database, ctx: AppContext, activityId: string, settlement: Settlement): Promise<number> {
  const { rows } = await tx.execute<Effect>(sql`
    select e.attendance_id as "attendanceId", p.identity_id as "personId", n.status, n.mode, e.before_status as "beforeStatus",
      e.before_mode as "beforeMode", e.after_status as "afterStatus", e.after_mode as "afterMode"
    from activities.connection_effect e join activities.attendance n on n.id = e.attendance_id
    join directory.person_card p on p.id = n.person_id
    where n.activity_id = ${activityId} and not (p.identity_id = any(${sql.param(enoughOf(settlement))}::uuid[]))
    order by n.id for update of n`)
  if (rows.length === 0) return 0
  const untouched = rows.filter(
    ({ status, mode, afterStatus, afterMode }) => status === afterStatus && mode === afterMode,
  )
  const before = untouched.flatMap(({ attendanceId, beforeStatus, beforeMode }) =>
    beforeStatus && beforeMode ? [{ attendanceId, status: beforeStatus, mode: beforeMode }] : [],
  )
  await write(tx, ctx, before)
  await recordTraces(tx, ctx, untouched.filter(({ beforeStatus }) => beforeStatus).map(undoneTrace))
  for (const { attendanceId, personId } of untouched.filter(({ beforeStatus }) => !beforeStatus)) {
    await tx.execute(sql`delete from activities.attendance where id = ${attendanceId}`)
    const change = { action: 'attendance.connection-removed', entity: 'activity', entityId: activityId }
    await recordChange(tx, ctx, { ...change, fields: { personId: [personId, null] } })
  }
  const ids = sql.param(rows.map(({ attendanceId }) => attendanceId))
  await tx.execute(sql`delete from activities.connection_effect where attendance_id = any(${ids}::uuid[])`)
  return untouched.length
}

const undoneTrace = ({ attendanceId, status, mode, beforeStatus, beforeMode }: Effect): AttendanceTrace => ({
  attendanceId,
  action: 'attendance.connection-undone',
  fields: {
    ...(status !== beforeStatus && { status: [status, beforeStatus] as [unknown, unknown] }),
    ...(mode !== beforeMode && { mode: [mode, beforeMode] as [unknown, unknown] }),
  },
})

interface Listed extends Record<string, unknown> {
  attendanceId: string
  status: AttendanceStatus
  mode: AttendanceMode
}

/** Whoever was connected long enough was there: at a distance, unless somebody has seen them on site. A row ticked by a list and changed by hand since is left alone. */
async function markConnected(
  tx: Database,
  ctx: AppContext,
  activityId: string,
  importId: string,
  settlement: Settlement,
): Promise<number> {
  const { rows } = await tx.execute<Listed>(sql`
    select n.id as "attendanceId", n.status, n.mode from activities.attendance n
    join directory.person_card p on p.id = n.person_id
    where n.activity_id = ${activityId} and n.status <> 'present' and p.identity_id = any(${sql.param(enoughOf(settlement))}::uuid[])
      and not exists (select 1 from activities.connection_effect e where e.attendance_id = n.id)
      and not exists (select 1 from activities.attendance o join directory.person_card q on q.id = o.person_id
        where o.activity_id = n.activity_id and q.identity_id = p.identity_id and (o.status = 'present' or o.arrival < n.arrival))
    order by n.id for update of n`)
  if (rows.length === 0) return 0
  const present = rows.map(({ attendanceId }) => ({
    attendanceId,
    status: 'present' as const,
    mode: 'remote' as const,
  }))
  await write(tx, ctx, present)
  await recordTraces(
    tx,
    ctx,
    rows.map(({ attendanceId, status, mode }) => ({
      attendanceId,
      action: 'attendance.connected',
      fields: {
        status: [status, 'present'],
        ...(mode !== 'remote' && { mode: [mode, 'remote'] as [unknown, unknown] }),
      },
    })),
  )
  await noteEffects(
    tx,
    importId,
    rows.map(({ attendanceId, status, mode }) => ({ attendanceId, beforeStatus: status, beforeMode: mode })),
  )
  return rows.length
}

async function noteEffects(
  tx: Database,
  importId: string,
  rows: readonly { attendanceId: string; beforeStatus: AttendanceStatus | null; beforeMode: AttendanceMode | null }[],
) {
  const after = { importId, afterStatus: 'present' as const, afterMode: 'remote' as const }
  await tx.insert(connectionEffects).values(rows.map((row) => ({ ...row, ...after })))
}

/** Whoever was not on the list comes on it, with the situation of that day. */
async function addConnected(
  tx: Database,
  ctx: AppContext,
  activityId: string,
  importId: string,
  settlement: Settlement,
): Promise<number> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct q.identity_id as id from directory.person_card q
    where q.id = any(${sql.param(enoughOf(settlement))}::uuid[]) and not exists (
      select 1 from activities.attendance n join directory.person_card p on p.id = n.person_id
      where n.activity_id = ${activityId} and p.identity_id = q.identity_id)`)
  const nothing = { profileId: null, function: null, organisationId: null, organisationName: null }
  for (const { id } of rows) {
    const person = { kind: 'known' as const, personId: id }
    const done = await addWalkIn(
      { ...ctx, db: tx },
      { activityId, person, ...nothing, mode: 'remote', source: 'connection-list' },
    )
    if (!done.ok) throw new Error(`somebody connected could not be added: ${done.error.type}`)
    await noteEffects(tx, importId, [{ attendanceId: done.value.attendanceId, beforeStatus: null, beforeMode: null }])
  }
  return rows.length
}

/** The minutes of everybody the lists name, on site too; whom no list names any more has none. */
async function noteMinutes(tx: Database, ctx: AppContext, activityId: string, { people }: Settlement): Promise<void> {
  const said = [...people].map(([personId, { minutes }]) => ({ personId, minutes }))
  const { rows } = await tx.execute<{ attendanceId: string; before: number | null; after: number | null }>(sql`
    with said as (select * from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as x("personId" uuid, minutes int)),
    next as (
      select n.id, n.connected_minutes as before, s.minutes as after from activities.attendance n
      join directory.person_card p on p.id = n.person_id left join said s on s."personId" = p.identity_id
      where n.activity_id = ${activityId} and n.connected_minutes is distinct from s.minutes
      order by n.id for update of n
    )
    update activities.attendance n set connected_minutes = next.after from next where n.id = next.id
    returning n.id as "attendanceId", next.before, next.after`)
  await recordTraces(
    tx,
    ctx,
    rows.map(({ attendanceId, before, after }) => ({
      attendanceId,
      action: 'attendance.connected',
      fields: { connectedMinutes: [before, after] },
    })),
  )
}

/** Only the part that comes from lists moves: what was counted or estimated in the room stays. */
async function countUnidentified(tx: Database, ctx: AppContext, activityId: string, count: number): Promise<void> {
  const { rows } = await tx.execute<{ before: number; after: number }>(sql`
    update activities.activity a set unidentified_count = least(100000, greatest(0, b.unidentified_count - b.unidentified_connected) + ${count}),
      unidentified_connected = ${count}, updated_at = ${ctx.now().toISOString()},
      unidentified_basis = case when b.unidentified_count <= b.unidentified_connected then 'counted' else b.unidentified_basis end
    from (select * from activities.activity where id = ${activityId} for no key update) b
    where a.id = b.id and b.unidentified_connected <> ${count}
    returning b.unidentified_count as before, a.unidentified_count as after`)
  const [row] = rows
  if (!row) return
  const change = { action: 'attendance.unidentified-set', entity: 'activity', entityId: activityId }
  await recordChange(tx, ctx, { ...change, fields: { unidentifiedCount: [row.before, row.after] } })
}
