import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { signCode } from '#app/platform/signed-link.server.ts'
import { type DoorCounts, type DoorList, type DoorRow, tagOf } from './door.ts'
import { type DoorError, type DoorKey, openDoor } from './door.server.ts'

/** A cursor is the number of the oldest transaction still running when the list was read. */
const CURSOR = /^\d{1,20}$/

interface Read extends Record<string, unknown> {
  cursor: string
  counts: DoorCounts
  rows: (Omit<DoorRow, 'tag'> & { version: number })[]
}

/**
 * The list of a door, whole, or what has changed since `cursor`. A row written by a transaction that had not ended at that
 * moment bears a number as high: it is told again rather than missed, whatever the clocks say. One that was taken off shows in
 * the number of rows.
 */
export async function readDoorList(
  ctx: AppContext,
  key: DoorKey,
  cursor: string | null,
): Promise<Result<DoorList, DoorError>> {
  const door = await openDoor(ctx, key)
  if (!door.ok) return door
  const since = cursor && CURSOR.test(cursor) ? String(BigInt(cursor) % 2n ** 32n) : null
  const { rows } = await executePrepared<Read>(
    ctx.db,
    sql`
    with list as (select * from activities.attendance where activity_id = ${door.value.activityId})
    select pg_snapshot_xmin(pg_current_snapshot())::text as cursor,
      (select json_build_object('present', count(*) filter (where status = 'present'),
        'expected', count(*) filter (where status in ('present', 'registered', 'excused', 'absent')),
        'waiting', count(*) filter (where status = 'waitlisted'), 'rows', count(*),
        'places', case when a.mode = 'distanciel' then a.capacity_remote else a.capacity_onsite end) from list) as counts,
      (select coalesce(json_agg(json_build_object('id', n.id, 'givenName', kept.given_name, 'familyName', kept.family_name,
          'organisation', coalesce(n.organisation_name, o.name), 'status', n.status, 'mode', n.mode, 'version', n.link_version,
          'at', case when n.status = 'present' then round(extract(epoch from n.status_at) * 1000) end)
          order by platform.normalise(kept.family_name), platform.normalise(kept.given_name), n.id), '[]')
        from (select *, xmin::text::bigint as written from activities.attendance where activity_id = a.id) n
        join directory.person_card p on p.id = n.person_id
        join directory.person_card kept on kept.id = p.identity_id
        left join directory.organisation_card o on o.id = n.organisation_id
        where ${since}::bigint is null or ((n.written - ${since}::bigint) & 4294967295) < 2147483648) as rows
    from activities.activity a where a.id = ${door.value.activityId}`,
  )
  const [read] = rows
  if (!read) return err({ type: 'no-such-activity' })
  return ok({
    cursor: read.cursor,
    asOf: ctx.now().getTime(),
    counts: read.counts,
    whole: since === null,
    rows: read.rows.map(({ version, ...row }) => ({
      ...row,
      tag: tagOf(signCode(ctx.secret, 'check-in', { id: row.id, version })),
    })),
  })
}
