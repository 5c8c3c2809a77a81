import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { MailKind } from './mails/registration-mails.ts'
import { notifyAll } from './notify.server.ts'
import { moveUp } from './places.server.ts'

const BATCH = 50

/**
 * Tells everyone who holds or awaits a place of what became of the activity. A row remembers the sequence it was last told of, so
 * that this may run again, or twice at once, without a mail too many.
 */
export async function tellEveryone(
  ctx: AppContext,
  kind: Extract<MailKind, 'activity-changed' | 'activity-cancelled'>,
  activityId: string,
): Promise<void> {
  while ((await tellSome(ctx, kind, activityId)) === BATCH);
}

function tellSome(ctx: AppContext, kind: MailKind, activityId: string): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      update activities.attendance n set told_sequence = a.calendar_sequence
      from activities.activity a
      where a.id = n.activity_id and n.id in (
        select w.id from activities.attendance w join activities.activity b on b.id = w.activity_id
        where b.id = ${activityId} and w.status in ('registered', 'waitlisted') and w.told_sequence < b.calendar_sequence
        order by w.arrival limit ${BATCH} for update of w skip locked)
      returning n.id`)
    await notifyAll(
      tx,
      ctx,
      kind,
      rows.map(({ id }) => id),
    )
    return rows.length
  })
}

/** Places freed by another hand than ours (an excuse noted by the team, a limit lifted) are given out here at the latest. */
export async function moveUpEverywhere(ctx: AppContext): Promise<void> {
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select distinct a.id from activities.activity a
    cross join lateral (values ('onsite', a.capacity_onsite), ('remote', a.capacity_remote)) as m(mode, capacity)
    where a.status = 'published' and a.starts_at > ${ctx.now().toISOString()}
      and exists (select 1 from activities.attendance n
        where n.activity_id = a.id and n.status = 'waitlisted' and n.mode = m.mode)
      and (m.capacity is null or m.capacity > (select count(*) from activities.attendance n
        where n.activity_id = a.id and n.mode = m.mode and n.status in ('registered', 'present', 'absent')))`)
  for (const { id } of rows) await ctx.db.transaction((tx) => moveUp(tx, ctx, id))
}
