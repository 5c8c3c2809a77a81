import { sql } from 'drizzle-orm'
import { recordset } from '#app/features/directory/index.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { PresenceSaid } from './line.server.ts'

/** The activity a line is about: the same title on the same day, in Paris. */
export interface SameActivity {
  key: string
  id: string | null
}

export async function activitiesOf(
  tx: Database,
  lines: readonly { line: number; said: PresenceSaid }[],
): Promise<Map<number, SameActivity>> {
  const asked = lines.map(({ line, said: { activity } }) => ({ line, title: activity.title, day: activity.day }))
  const { rows } = await tx.execute<SameActivity & { line: number } & Record<string, unknown>>(sql`
    with said as materialized (
      select line, platform.normalise(title) as title, day from ${recordset(asked, 'line int, title text, day date')}
    ), known as (
      select distinct on (q.title, q.day) q.title, q.day, a.id from (select distinct title, day from said) q
      join activities.activity a on a.starts_at >= (q.day::timestamp at time zone 'Europe/Paris')
        and a.starts_at < ((q.day + 1)::timestamp at time zone 'Europe/Paris')
        and a.status <> 'cancelled' and platform.normalise(a.title) = q.title
      order by q.title, q.day, a.created_at, a.id
    )
    select s.line, s.title || ' ' || s.day as key, k.id from said s left join known k on k.title = s.title and k.day = s.day`)
  return new Map(rows.map(({ line, key, id }) => [line, { key, id }]))
}

/** Who is already on the list of these activities: « activity person ». */
export async function attendanceOf(tx: Database, activityIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.execute<{ key: string }>(sql`
    select n.activity_id || ' ' || p.identity_id as key from activities.attendance n
    join directory.person_card p on p.id = n.person_id where n.activity_id = any(${sql.param([...new Set(activityIds)])}::uuid[])`)
  return new Set(rows.map(({ key }) => key))
}
