import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import type { TickStatus } from './ticks.ts'
import { openActivity } from './open-activity.server.ts'
import { rangeOf, recordTraces, type TraceRange } from './traces.server.ts'

export interface Mark {
  attendanceId: string
  /** `registered` takes a tick away; whoever was waiting or had cancelled stays so. */
  status?: TickStatus
  mode?: AttendanceMode
  /** What the person who ticks saw: if somebody else has ticked since, the answer says so. */
  seen?: AttendanceStatus
}

export interface MarkedRow {
  attendanceId: string
  status: AttendanceStatus
  mode: AttendanceMode
}

export interface Marked {
  rows: MarkedRow[]
  /** Rows that are no longer there. */
  missing: string[]
  /** Rows that somebody else had ticked meanwhile: the last one wins, and is told. */
  replaced: { attendanceId: string; status: AttendanceStatus; by: string }[]
  changed: number
  /** Of the whole gesture, and of each row that moved. */
  trace: TraceRange | null
  traces: ReadonlyMap<string, number>
}

export type MarkError = { type: 'not-allowed' } | { type: 'no-such-activity' } | { type: 'activity-cancelled' }

/** Ticks one person or many: each row is its own change, so two people who tick at once never undo each other. */
export function markAttendance(
  ctx: AppContext,
  { activityId, marks }: { activityId: string; marks: readonly Mark[] },
): Promise<Result<Marked, MarkError>> {
  return ticking(ctx, activityId, (tx) => mark(tx, ctx, activityId, lastOfEach(marks)))
}

/** « Tout pointer présent », « les non pointés absents »: everybody registered whom nobody has ticked yet. */
export function markRemaining(
  ctx: AppContext,
  { activityId, status }: { activityId: string; status: 'present' | 'absent' },
): Promise<Result<Marked, MarkError>> {
  return ticking(ctx, activityId, async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      select id from activities.attendance where activity_id = ${activityId} and status = 'registered'`)
    return mark(
      tx,
      ctx,
      activityId,
      rows.map(({ id }) => ({ attendanceId: id, status, seen: 'registered' })),
      { onlySeen: true },
    )
  })
}

function ticking(ctx: AppContext, activityId: string, work: (tx: Database) => Promise<Marked>) {
  return ctx.db.transaction(async (tx): Promise<Result<Marked, MarkError>> => {
    if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
    const activity = await openActivity(tx, activityId)
    if (!activity) return err({ type: 'no-such-activity' })
    if (activity.status === 'cancelled') return err({ type: 'activity-cancelled' })
    return ok(await work(tx))
  })
}

const lastOfEach = (marks: readonly Mark[]): Mark[] => [
  ...new Map(marks.map((one) => [one.attendanceId, one])).values(),
]

interface Held extends Record<string, unknown> {
  id: string
  status: AttendanceStatus
  mode: AttendanceMode
}

/** Rows are held in the order of their ids, so that two lists ticked at once never wait for each other in a circle. */
async function hold(tx: Database, activityId: string, ids: readonly string[]): Promise<Map<string, Held>> {
  const { rows } = await tx.execute<Held>(sql`
    select id, status, mode from activities.attendance
    where activity_id = ${activityId} and id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    order by id for update`)
  return new Map(rows.map((row) => [row.id, row]))
}

async function mark(
  tx: Database,
  ctx: AppContext,
  activityId: string,
  marks: readonly Mark[],
  { onlySeen = false } = {},
): Promise<Marked> {
  const held = await hold(
    tx,
    activityId,
    marks.map(({ attendanceId }) => attendanceId),
  )
  const next = marks.flatMap((one) => {
    const before = held.get(one.attendanceId)
    return before && !(onlySeen && before.status !== one.seen)
      ? [{ before, seen: one.seen, after: afterOf(before, one) }]
      : []
  })
  const moved = next.filter(({ before, after }) => before.status !== after.status || before.mode !== after.mode)
  const replaced = moved.filter(
    ({ before, seen, after }) => seen && seen !== before.status && after.status !== before.status,
  )
  const answer = {
    rows: next.map(({ after }) => after),
    missing: marks.map(({ attendanceId }) => attendanceId).filter((id) => !held.has(id)),
    replaced: await whoTicked(
      tx,
      replaced.map(({ before }) => before),
    ),
    changed: moved.length,
  }
  await write(
    tx,
    ctx,
    moved.map(({ after }) => after),
  )
  const traces = await recordTraces(
    tx,
    ctx,
    moved.map(({ before, after }) => traceOf(before, after)),
  )
  return { ...answer, traces, trace: rangeOf(traces) }
}

function afterOf(before: Held, { status, mode }: Mark): MarkedRow {
  const ticked = ['present', 'excused', 'absent'].includes(before.status)
  const next = status === undefined || (status === 'registered' && !ticked) ? before.status : status
  return { attendanceId: before.id, status: next, mode: mode ?? before.mode }
}

const traceOf = (before: Held, after: MarkedRow) => ({
  attendanceId: before.id,
  action: 'attendance.marked' as const,
  fields: {
    ...(before.status !== after.status && { status: [before.status, after.status] as [unknown, unknown] }),
    ...(before.mode !== after.mode && { mode: [before.mode, after.mode] as [unknown, unknown] }),
  },
})

export async function write(tx: Database, ctx: AppContext, rows: readonly MarkedRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    update activities.attendance a set mode = x.mode, status = x.status,
      status_at = case when a.status = x.status then a.status_at else ${ctx.now().toISOString()}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("attendanceId" uuid, status text, mode text)
    where a.id = x."attendanceId"`)
}

async function whoTicked(tx: Database, rows: readonly Held[]): Promise<Marked['replaced']> {
  if (rows.length === 0) return []
  const { rows: found } = await tx.execute<{ id: string; by: string }>(sql`
    select distinct on (entity_id) entity_id as id, actor_label as by from platform.change
    where entity = 'attendance' and entity_id in (select value from jsonb_array_elements_text(${JSON.stringify(rows.map(({ id }) => id))}::jsonb))
    order by entity_id, id desc`)
  const by = new Map(found.map((row) => [row.id, row.by]))
  return rows.map(({ id, status }) => ({ attendanceId: id, status, by: by.get(id) ?? 'Une autre personne' }))
}
