import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { notifyAll } from './notify.server.ts'

/** So many mails a transaction: a crash sends none of them twice, and the activity is never held for long. */
const BATCH = 50

/**
 * Reminds whoever holds a place, once, so many hours before as the centre chose. Who has just been confirmed (a day at most)
 * has the confirmation in front of them: they are reminded later if time is left.
 */
export async function sendReminders(ctx: AppContext): Promise<void> {
  const { reminderHours } = await readCentre(ctx.db)
  if (reminderHours === 0) return
  while ((await sendSome(ctx, reminderHours)) === BATCH);
}

function sendSome(ctx: AppContext, hours: number): Promise<number> {
  const now = ctx.now().toISOString()
  return ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      update activities.attendance n set reminder_sent_at = ${now}
      where n.id in (
        select n.id from activities.activity a join activities.attendance n on n.activity_id = a.id
        where a.status = 'published' and a.starts_at > ${now}
          and a.starts_at <= ${now}::timestamptz + ${hours} * interval '1 hour'
          and n.status = 'registered' and n.reminder_sent_at is null
          and (n.status_at <= a.starts_at - ${hours} * interval '1 hour' or n.status_at <= ${now}::timestamptz - interval '1 day')
        order by a.starts_at, n.arrival limit ${BATCH} for update of n skip locked)
      returning n.id`)
    await notifyAll(
      tx,
      ctx,
      'reminder',
      rows.map(({ id }) => id),
    )
    return rows.length
  })
}

/**
 * The joining link once more, in the hour before each session, to who holds a remote place: once a half-day, and not to who has
 * just received it in a reminder or in a confirmation. A centre that sends no reminder sends none of these.
 */
export async function sendRemoteLinks(ctx: AppContext): Promise<void> {
  const { reminderHours } = await readCentre(ctx.db)
  if (reminderHours === 0) return
  while ((await sendSomeLinks(ctx)) === BATCH);
}

function sendSomeLinks(ctx: AppContext): Promise<number> {
  const now = sql`${ctx.now().toISOString()}::timestamptz`
  return ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      update activities.attendance n set link_sent_at = ${now}
      where n.id in (
        select n.id from activities.session s join activities.activity a on a.id = s.activity_id
        join activities.attendance n on n.activity_id = a.id
        where a.status = 'published' and s.starts_at > ${now} and s.starts_at <= ${now} + interval '1 hour'
          and (a.remote_link is not null or s.remote_link is not null)
          and n.status = 'registered' and n.mode = 'remote' and n.status_at <= s.starts_at - interval '1 hour'
          and (n.link_sent_at is null or n.link_sent_at < s.starts_at - interval '12 hours')
          and (n.reminder_sent_at is null or n.reminder_sent_at < ${now} - interval '2 hours')
        order by n.arrival limit ${BATCH} for update of n skip locked)
      returning n.id`)
    await notifyAll(
      tx,
      ctx,
      'link-soon',
      rows.map(({ id }) => id),
    )
    return rows.length
  })
}
