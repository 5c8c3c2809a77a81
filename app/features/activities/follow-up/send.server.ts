import { eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { enqueue, jobType } from '#app/platform/outbox.server.ts'
import { finishProgress, startProgress, stepProgress } from '#app/platform/progress.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Limit, withinLimit } from '#app/platform/rate-limit.server.ts'
import { mayWriteActivities } from '../policy.ts'
import { commonOf, copyFor } from './compose.server.ts'
import type { FollowUp } from './draft.server.ts'
import { countLeftOut, type Recipient, recipientsOf } from './recipients.server.ts'
import { followUps, followUpSends } from './schema.server.ts'

export const sendFollowUps = jobType<{ followUpId: string }>(
  'activities.send-follow-up',
  'Envoyer un message après une activité',
)

export type SendFollowUpError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'nobody' }
  | { type: 'changed'; count: number }

/**
 * Sends a draft to whom it is for at this moment: they are drawn once, and the mails are written by a job. Asked twice (a double
 * click, a page sent again), it happens once. `seen`: how many people were announced, and which version of the text was read.
 */
export async function sendFollowUp(
  ctx: AppContext,
  followUpId: string,
  seen: { count: number; version: string },
): Promise<Result<null, SendFollowUpError>> {
  if (!mayWriteActivities(ctx.actor)) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [draft] = await tx.select().from(followUps).where(eq(followUps.id, followUpId)).for('update')
    if (!draft) return err({ type: 'not-found' })
    if (draft.status !== 'draft') return ok(null)
    const all = await recipientsOf(tx, draft)
    const written = all.filter(({ leftOut }) => leftOut === null)
    if (written.length === 0) return err({ type: 'nobody' })
    if (written.length !== seen.count || draft.updatedAt.toISOString() !== seen.version)
      return err({ type: 'changed', count: written.length })
    await tx.insert(followUpSends).values(written.map(({ attendanceId }) => ({ followUpId, attendanceId })))
    await begin({ ...ctx, db: tx }, draft, all, written.length)
    return ok(null)
  })
}

async function begin(
  ctx: AppContext,
  { id, activityId, audience }: FollowUp,
  all: readonly Recipient[],
  total: number,
) {
  const progressId = await startProgress(ctx, { label: 'Messages après une activité', total })
  await ctx.db
    .update(followUps)
    .set({ status: 'sending', progressId, leftOut: countLeftOut(all), sentAt: ctx.now(), sentBy: ctx.actor.label })
    .where(eq(followUps.id, id))
  await enqueue(ctx.db, ctx, sendFollowUps, { followUpId: id })
  await recordChange(ctx.db, ctx, {
    action: 'activities.follow-up-sent',
    entity: 'activity',
    entityId: activityId,
    fields: { audience: [null, audience], recipients: [null, total] },
  })
}

const BATCH = 50

/** Writes what is left to write; killed in the middle, or run twice at once, it writes each mail once. */
export async function runFollowUp(ctx: AppContext, { followUpId }: { followUpId: string }): Promise<void> {
  while ((await writeSome(ctx, followUpId)) > 0);
  const { rows } = await ctx.db.execute<{ progressId: string | null }>(sql`
    update activities.follow_up f set status = 'sent' where f.id = ${followUpId} and f.status = 'sending'
      and not exists (select from activities.follow_up_send s where s.follow_up_id = f.id and s.written_at is null)
    returning f.progress_id as "progressId"`)
  if (rows[0]?.progressId) await finishProgress(ctx, rows[0].progressId)
}

async function writeSome(ctx: AppContext, followUpId: string): Promise<number> {
  const count = await ctx.db.transaction(async (tx) => {
    const [message] = await tx.select().from(followUps).where(eq(followUps.id, followUpId))
    if (message?.status !== 'sending') return 0
    const { rows } = await tx.execute<Recipient & Record<string, unknown>>(sql`
      select s.attendance_id as "attendanceId", n.link_version as "linkVersion", k.given_name as "givenName",
        k.family_name as "familyName", k.full_name as "fullName", coalesce(k.email, c.email) as email
      from activities.follow_up_send s join activities.attendance n on n.id = s.attendance_id
      join directory.person_card c on c.id = n.person_id join directory.person_card k on k.id = c.identity_id
      where s.follow_up_id = ${followUpId} and s.written_at is null
      order by s.attendance_id limit ${BATCH} for update of s skip locked`)
    const common = rows.length > 0 ? await commonOf(tx, ctx, message.activityId, message) : null
    for (const recipient of rows) await writeOne({ ...ctx, db: tx }, message, common!, recipient)
    return rows.length
  })
  if (count > 0) await tellProgress(ctx, followUpId)
  return count
}

/** Who lost their address since has no mail, and is not waited for. */
async function writeOne(
  ctx: AppContext,
  message: FollowUp,
  common: NonNullable<Awaited<ReturnType<typeof commonOf>>>,
  recipient: Recipient,
) {
  const mailId = recipient.email
    ? await queueMail(ctx.db, ctx, {
        ...copyFor(ctx, message, common, recipient),
        purpose: 'follow-up',
        toAddress: recipient.email,
        toName: recipient.fullName,
        replyTo: message.replyTo,
        entity: 'attendance',
        entityId: recipient.attendanceId,
      })
    : null
  await ctx.db.execute(sql`
    update activities.follow_up_send set mail_id = ${mailId}, written_at = ${ctx.now().toISOString()}
    where follow_up_id = ${message.id} and attendance_id = ${recipient.attendanceId}`)
}

async function tellProgress(ctx: AppContext, followUpId: string) {
  const { rows } = await ctx.db.execute<{ progressId: string | null; done: number }>(sql`
    select f.progress_id as "progressId", (select count(*)::int from activities.follow_up_send s
      where s.follow_up_id = f.id and s.written_at is not null) as done
    from activities.follow_up f where f.id = ${followUpId}`)
  const [row] = rows
  if (row?.progressId) await stepProgress(ctx, row.progressId, { done: row.done })
}

export type SendTestError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'no-address' }
  | { type: 'too-many' }

const testLimit: Limit = { name: 'follow-up-test', max: 20, seconds: 3600 }

/** The copy of one recipient, to oneself; nobody’s personal links are in it. */
export async function sendTest(
  ctx: AppContext,
  followUpId: string,
  rank: number,
): Promise<Result<{ to: string }, SendTestError>> {
  if (!mayWriteActivities(ctx.actor) || ctx.actor.kind !== 'user') return err({ type: 'not-allowed' })
  const [message] = await ctx.db.select().from(followUps).where(eq(followUps.id, followUpId))
  const common = message && (await commonOf(ctx.db, ctx, message.activityId, message))
  if (!common) return err({ type: 'not-found' })
  const { rows } = await ctx.db.execute<{ email: string | null; name: string }>(
    sql`select email, full_name as name from directory.person_card where id = ${ctx.actor.personId}`,
  )
  const [me] = rows
  if (!me?.email) return err({ type: 'no-address' })
  if (!(await withinLimit(ctx, testLimit, ctx.actor.userId))) return err({ type: 'too-many' })
  const recipients = (await recipientsOf(ctx.db, message)).filter(({ leftOut }) => leftOut === null)
  const like = recipients[rank - 1] ?? recipients[0] ?? someone
  const copy = copyFor(ctx, message, common, like, { shown: true })
  await ctx.db.transaction((tx) =>
    queueMail(tx, ctx, {
      ...copy,
      subject: `[Essai] ${copy.subject}`,
      purpose: 'follow-up',
      toAddress: me.email!,
      toName: me.name,
      replyTo: message.replyTo,
    }),
  )
  return ok({ to: me.email })
}

/** Nobody is to be written to yet: the test still shows the text. */
const someone = { attendanceId: '', linkVersion: 1, givenName: 'Camille', familyName: 'Exemple' }
