import { sql } from 'drizzle-orm'
import { type Situation, situationAt } from '#app/features/directory/index.server.ts'
import { changesOf, type RecordedChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { ActivityStatus, AttendanceSource, AttendanceStatus } from '../labels.ts'
import type { Snapshot } from './correct-attendance.server.ts'
import { parisDay } from './paris-day.server.ts'

export interface AttendanceRecord {
  id: string
  activityId: string
  activityTitle: string
  activityStatus: ActivityStatus
  /** The day on which the situation is read. */
  day: string
  personId: string
  name: string
  status: AttendanceStatus
  source: AttendanceSource
  connectedMinutes: number | null
  snapshot: Snapshot
  /** What the directory knows of that day. */
  known: Situation
  history: RecordedChange[]
  /** Words for what the history names by its id. */
  words: Record<string, string>
}

/** One row of the list, what it copied, what the directory says of that day, what happened to it. */
export async function attendanceRecord(
  ctx: AppContext,
  { activityId, attendanceId }: { activityId: string; attendanceId: string },
): Promise<AttendanceRecord | null> {
  if (!can(ctx.actor, 'attendance:read')) return null
  const { rows } = await ctx.db.execute<Found>(sql`
    select n.id, n.activity_id as "activityId", a.title as "activityTitle", a.status as "activityStatus",
      to_char(a.starts_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day, kept.id as "personId", kept.full_name as name,
      n.status, n.source, n.connected_minutes as "connectedMinutes", n.function, n.profile_id as "profileId", n.organisation_id as "organisationId",
      coalesce(n.organisation_name, o.name) as "organisationName", n.departement_id as "departementId"
    from activities.attendance n
    join activities.activity a on a.id = n.activity_id
    join directory.person_card p on p.id = n.person_id
    join directory.person_card kept on kept.id = p.identity_id
    left join directory.organisation_card o on o.id = n.organisation_id
    where n.id = ${attendanceId} and n.activity_id = ${activityId}`)
  const [row] = rows
  if (!row) return null
  const { function: job, profileId, organisationId, organisationName, departementId, day: found, ...rest } = row
  const day = found ?? parisDay(ctx.now())
  const history = await changesOf(ctx.db, 'attendance', attendanceId)
  const known = await situationAt(ctx.db, row.personId, day)
  const snapshot = { function: job, profileId, organisationId, organisationName, departementId }
  return { ...rest, day, snapshot, known, history, words: await wordsOf(ctx, [snapshot, known], history) }
}

type Found = Omit<AttendanceRecord, 'snapshot' | 'known' | 'history' | 'words' | 'day'> &
  Snapshot & { day: string | null } & Record<string, unknown>

/** Labels of the terms, territories and organisations named by their ids. */
async function wordsOf(ctx: AppContext, seen: readonly Snapshot[], history: readonly RecordedChange[]) {
  const values = [
    ...seen.flatMap((one) => Object.values(one)),
    ...history.flatMap(({ fields }) => Object.values(fields).flat()),
  ]
  const ids = JSON.stringify([...new Set(values.filter((value) => typeof value === 'string'))])
  const { rows } = await ctx.db.execute<{ id: string; label: string }>(sql`
    with asked as (select value as id from jsonb_array_elements_text(${ids}::jsonb))
    select id, label from platform.term where id in (select id from asked)
    union all select id, name from territory.territory_card where id in (select id from asked)
    union all select id::text, name from directory.organisation_card where id::text in (select id from asked)`)
  return Object.fromEntries(rows.map(({ id, label }) => [id, label]))
}
