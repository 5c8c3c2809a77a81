import type { AppContext } from '#app/platform/context.ts'
import { signCode } from '#app/platform/signed-link.server.ts'
import type { ActivityStatus, AttendanceMode, AttendanceStatus } from '../labels.ts'

interface Holder {
  id: string
  linkVersion: number
  status: AttendanceStatus
  mode: AttendanceMode
}

/** What the door reads from a phone or from paper: a number of the row, signed, nobody's name. null for who has no place there. */
export const ticketOf = (
  ctx: AppContext,
  { id, linkVersion, status, mode }: Holder,
  activity: { status: ActivityStatus },
): string | null =>
  mode === 'onsite' && (status === 'registered' || status === 'present') && activity.status === 'published'
    ? signCode(ctx.secret, 'check-in', { id, version: linkVersion })
    : null
