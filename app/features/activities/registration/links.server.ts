import type { AppContext } from '#app/platform/context.ts'
import { signLink } from '#app/platform/signed-link.server.ts'

const DAY = 86_400_000

/** Thirty days after the end of the activity; half a year for one that has no date yet. */
export const linkExpiry = (activity: { endsAt: Date | null }, now: Date) =>
  activity.endsAt ? new Date(activity.endsAt.getTime() + 30 * DAY) : new Date(now.getTime() + 183 * DAY)

export const ownLink = (
  ctx: AppContext,
  attendance: { id: string; linkVersion: number },
  activity: { endsAt: Date | null },
): string => {
  const claims = { id: attendance.id, version: attendance.linkVersion, expiresAt: linkExpiry(activity, ctx.now()) }
  return `${ctx.baseUrl}/inscription/${signLink(ctx.secret, 'own-registration', claims)}`
}

/** A form is good for a day: long enough for whoever is interrupted. */
export const newFormToken = (ctx: AppContext): string =>
  signLink(ctx.secret, 'form-once', { id: crypto.randomUUID(), expiresAt: new Date(ctx.now().getTime() + DAY) })
