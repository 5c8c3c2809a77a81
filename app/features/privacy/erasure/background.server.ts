import { type AppContext, can } from '#app/platform/context.ts'
import { enqueue, jobType } from '#app/platform/outbox.server.ts'
import { finishProgress, startProgress, stepProgress } from '#app/platform/progress.server.ts'
import type { PersonalData } from '#app/platform/personal-data.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { everyDue } from '../review/due.server.ts'
import { erasePeople, type LeftReason } from './erase-people.server.ts'

interface Asked extends Record<string, unknown> {
  progressId: string
  /** null: everybody due at that instant. */
  personIds: string[] | null
  at: string
  by: string
}

export const eraseDuePeople = jobType<Asked>('privacy.erase-people', 'Effacer les personnes dont le temps est venu')

export type AskErasureError = { type: 'not-allowed' } | { type: 'nobody' }

/** Asks for the erasure of chosen people of the review, or of them all; it is done in background. */
export async function askErasure(
  ctx: AppContext,
  sources: readonly PersonalData[],
  personIds: readonly string[] | 'all',
): Promise<Result<{ progressId: string }, AskErasureError>> {
  if (!can(ctx.actor, 'privacy:write')) return err({ type: 'not-allowed' })
  const chosen = personIds === 'all' ? null : [...new Set(personIds)]
  const total = chosen ? chosen.length : (await everyDue(ctx, sources)).length
  if (total === 0) return err({ type: 'nobody' })
  return ctx.db.transaction(async (tx) => {
    const label = 'Effacement des personnes dont le temps est venu'
    const progressId = await startProgress({ ...ctx, db: tx }, { label, total })
    const asked = { progressId, personIds: chosen, at: ctx.now().toISOString(), by: ctx.actor.label }
    await enqueue(tx, ctx, eraseDuePeople, asked)
    return ok({ progressId })
  })
}

const BATCH = 100

export interface ErasureReport extends Record<string, unknown> {
  erased: number
  left: Partial<Record<LeftReason, number>>
}

/** By batches, each whole or not at all: a run that was cut takes up where it stopped, who is gone is gone. */
export async function eraseInBackground(ctx: AppContext, sources: readonly PersonalData[], asked: Asked) {
  // whoever asked signs, whatever runs the job
  const signed: AppContext = { ...ctx, actor: { ...ctx.actor, label: asked.by } as AppContext['actor'] }
  const ids = asked.personIds ?? (await everyDue({ ...ctx, now: () => new Date(asked.at) }, sources))
  const report: ErasureReport = { erased: 0, left: {} }
  for (let start = 0; start < ids.length; start += BATCH) {
    const personIds = ids.slice(start, start + BATCH)
    const done = await erasePeople(signed, sources, { personIds, rule: 'retention' })
    report.erased += done.erased
    for (const { why } of done.left) report.left[why] = (report.left[why] ?? 0) + 1
    await stepProgress(ctx, asked.progressId, { done: start + personIds.length, total: ids.length })
  }
  await finishProgress(ctx, asked.progressId, report)
}
