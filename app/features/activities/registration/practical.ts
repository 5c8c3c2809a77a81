import type { ActivityStatus, AttendanceMode, AttendanceStatus } from '../labels.ts'

/** How one registrant takes part, as far as they may know: nothing but their mode without a place of their own. */
export interface Practical {
  mode: AttendanceMode
  joining: string | null
  /** Access, room, meal for who comes; how to connect for who stays away. */
  note: string | null
  testLink: string | null
}

interface Known {
  status: ActivityStatus
  remoteLink: string | null
  onsiteNote: string | null
  remoteNote: string | null
  remoteTestLink: string | null
  sessions: readonly { remoteLink: string | null }[]
}

/** The one place where what is said to one way of taking part is told from what is said to the other. */
export function practicalOf(
  activity: Known,
  { mode, status }: { mode: AttendanceMode; status: AttendanceStatus },
): Practical {
  const holds = activity.status === 'published' && (status === 'registered' || status === 'present')
  if (!holds) return { mode, joining: null, note: null, testLink: null }
  if (mode === 'onsite') return { mode, joining: null, note: activity.onsiteNote, testLink: null }
  return { mode, joining: joiningOf(activity), note: activity.remoteNote, testLink: activity.remoteTestLink }
}

const joiningOf = ({ remoteLink, sessions }: Known) =>
  remoteLink ?? sessions.find((session) => session.remoteLink)?.remoteLink ?? null
