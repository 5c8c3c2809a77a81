import { eq } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { enqueue, jobType } from '#app/platform/outbox.server.ts'
import { failProgress, finishProgress, startProgress, stepProgress } from '#app/platform/progress.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { nb } from '#app/ui/french.ts'
import { issueTo, subjectError, type SubjectError } from './issue.server.ts'
import { certificates } from './schema.server.ts'
import { sendAgain, sendSome } from './send.server.ts'
import { subjectFacts, type Subject } from './subject.server.ts'
import { subjectSentence } from './words.ts'

export interface BulkRequest {
  subject: Subject
  /** Also sends its link to each person who has an address and never had it. */
  send: boolean
}

type BulkPayload = BulkRequest & { progressId: string } & Record<string, unknown>

export const giveCertificates = jobType<BulkPayload>(
  'activities.give-certificates',
  'Établir des attestations de présence',
)
/** Asked for by the trigger that follows corrected names. */
export const renewCertificate = jobType<{ certificateId: string }>(
  'activities.renew-certificate',
  'Refaire une attestation dont le nom a été corrigé',
)

/** Asks for the certificates of everybody who was present; the job says how far it is. */
export async function askCertificates(
  ctx: AppContext,
  { subject, send }: BulkRequest,
): Promise<Result<{ progressId: string }, { type: 'not-allowed' } | SubjectError>> {
  if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx): Promise<Result<{ progressId: string }, SubjectError>> => {
    const facts = await subjectFacts(tx, subject, ctx.now())
    const refusal = subjectError(facts, subject.kind, ctx.now())
    if (refusal) return err(refusal)
    const label = nb(`Attestations : ${facts!.title}`)
    const progressId = await startProgress({ ...ctx, db: tx as AppContext['db'] }, { label })
    await enqueue(tx, ctx, giveCertificates, { subject, send, progressId })
    await recordChange(tx, ctx, {
      action: send ? 'certificates.all-sent' : 'certificates.all-issued',
      entity: subject.kind,
      entityId: subject.id,
    })
    return ok({ progressId })
  })
}

/** Bears being run again: nobody gets two certificates, nor the same mail twice. */
export async function giveAll(ctx: AppContext, { subject, send, progressId }: BulkPayload): Promise<void> {
  const issued = await ctx.db.transaction((tx) => issueTo(tx as Database, ctx, subject))
  if (!issued.ok) return failProgress(ctx, progressId, subjectSentence(issued.error))
  const { ids, made } = issued.value
  let sent = 0
  if (send) {
    await stepProgress(ctx, progressId, { done: 0, total: ids.length, step: 'envoi des messages' })
    for (let some = await sendSome(ctx, subject); some > 0; some = await sendSome(ctx, subject)) {
      sent += some
      await stepProgress(ctx, progressId, { done: sent, total: ids.length })
    }
  }
  await stepProgress(ctx, progressId, { done: ids.length, total: ids.length })
  await finishProgress(ctx, progressId, { total: ids.length, made, sent })
}

/** The next version of a paper whose name was corrected; whoever had been sent the former one gets the new one. */
export async function renew(ctx: AppContext, { certificateId }: { certificateId: string }): Promise<void> {
  const [old] = await ctx.db.select().from(certificates).where(eq(certificates.id, certificateId))
  if (!old || old.replacedById) return
  const subject = { kind: old.kind, id: (old.activityId ?? old.seriesId)! }
  await ctx.db.transaction(async (tx) => {
    const issued = await issueTo(tx as Database, ctx, subject, { personId: old.personId })
    const id = issued.ok ? issued.value.ids[0] : undefined
    if (id && old.sentAt) await sendAgain(tx as Database, ctx, id)
  })
}
