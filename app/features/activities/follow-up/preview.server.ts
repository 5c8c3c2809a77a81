import { type AppContext, can } from '#app/platform/context.ts'
import type { Audience } from '../labels.ts'
import { commonOf, type Copy, copyFor } from './compose.server.ts'
import type { FollowUp } from './draft.server.ts'
import { countLeftOut, recipientsOf } from './recipients.server.ts'

export interface Preview {
  copy: Copy
  /** Whose copy this is, among how many. */
  rank: number
  count: number
  fullName: string
  email: string
}

/** The copy of one real recipient; null when nobody is to be written to. */
export async function previewOf(ctx: AppContext, draft: FollowUp, rank: number): Promise<Preview | null> {
  if (!can(ctx.actor, 'attendance:read')) return null
  const recipients = (await recipientsOf(ctx.db, draft)).filter(({ leftOut }) => leftOut === null)
  const at = Math.min(Math.max(1, rank), recipients.length)
  const recipient = recipients[at - 1]
  const common = await commonOf(ctx.db, ctx, draft.activityId, draft)
  if (!recipient || !common) return null
  const copy = copyFor(ctx, draft, common, recipient, { shown: true })
  return { copy, rank: at, count: recipients.length, fullName: recipient.fullName, email: recipient.email! }
}

/** Who would be written to, and who would not, by name: those one may still give an address. */
export async function audienceOf(ctx: AppContext, activityId: string, audience: Audience) {
  const recipients = await recipientsOf(ctx.db, { activityId, audience })
  const left = recipients.filter(({ leftOut }) => leftOut !== null)
  return {
    count: recipients.length - left.length,
    leftOut: countLeftOut(recipients),
    names: left
      .slice(0, 50)
      .map(({ attendanceId, fullName, leftOut }) => ({ attendanceId, fullName, reason: leftOut! })),
  }
}
