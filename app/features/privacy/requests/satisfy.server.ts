import { type AppContext, can } from '#app/platform/context.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import type { PersonalData } from '#app/platform/personal-data.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { erasePeople, type LeftReason } from '../erasure/erase-people.server.ts'
import { answeredMail, erasedMail } from '../own/mails.ts'
import { addressOf } from './address.server.ts'
import { readRequest } from './list.server.ts'
import { closeRequest, type SettleError } from './requests.server.ts'

export type SatisfyError = SettleError | { type: 'not-erasure' } | { type: 'left'; why: LeftReason }

class Undone extends Error {
  readonly why: LeftReason
  constructor(why: LeftReason) {
    super('not erased')
    this.why = why
  }
}

/** An erasure that was asked for: done, closed and told, or none of it. */
export async function satisfyErasure(
  ctx: AppContext,
  sources: readonly PersonalData[],
  id: string,
): Promise<Result<null, SatisfyError>> {
  if (!can(ctx.actor, 'privacy:write')) return err({ type: 'not-allowed' })
  const request = await readRequest(ctx, id)
  if (!request?.personId) return err({ type: 'not-found' })
  if (request.kind !== 'erasure') return err({ type: 'not-erasure' })
  const { personId } = request
  try {
    return await ctx.db.transaction(async (tx) => {
      const inside = { ...ctx, db: tx }
      const email = await addressOf(inside, personId)
      const closed = await closeRequest(inside, id, { state: 'done', answer: null })
      if (!closed.ok && closed.error.type !== 'reason-needed') return err(closed.error)
      const { left } = await erasePeople(inside, sources, { personIds: [personId], rule: 'request' })
      if (left[0]) throw new Undone(left[0].why)
      const { name } = await readCentre(tx)
      if (email)
        await queueMail(tx, ctx, { ...erasedMail({ centre: name }), purpose: 'privacy-erased', toAddress: email })
      return ok(null)
    })
  } catch (error) {
    if (error instanceof Undone) return err({ type: 'left', why: error.why })
    throw error
  }
}

/** Closes a request and, when wanted, writes the answer to the person. */
export async function answerRequest(
  ctx: AppContext,
  id: string,
  { state, answer, send }: { state: 'done' | 'refused'; answer: string | null; send: boolean },
): ReturnType<typeof closeRequest> {
  return ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx }
    const request = await readRequest(inside, id)
    const closed = await closeRequest(inside, id, { state, answer })
    const email = send && answer && request?.personId ? await addressOf(inside, request.personId) : null
    if (!closed.ok || !email || !answer) return closed
    const { name } = await readCentre(tx)
    const mail = answeredMail({ centre: name, answer })
    const about = { entity: 'request', entityId: id }
    await queueMail(tx, ctx, { ...mail, ...about, purpose: 'privacy-request-closed', toAddress: email })
    return closed
  })
}
