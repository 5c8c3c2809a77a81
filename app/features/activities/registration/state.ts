import type { ActivityStatus, AttendanceMode } from '../labels.ts'

export type RegistrationState = 'open' | 'not-open' | 'closed' | 'cancelled' | 'over'

interface Dates {
  status: ActivityStatus
  startsAt: Date | null
  endsAt: Date | null
  registrationOpen: boolean
  registrationClosesAt: Date | null
}

/** Whether one can register now: until the closing date, else until the activity begins; never once it is over. */
export function registrationState(activity: Dates, now: Date): RegistrationState {
  const { status, startsAt, endsAt, registrationOpen, registrationClosesAt } = activity
  if (status === 'cancelled') return 'cancelled'
  if (endsAt && endsAt <= now) return 'over'
  if (status !== 'published' || !registrationOpen) return 'not-open'
  const closes = registrationClosesAt ?? startsAt
  return closes && closes <= now ? 'closed' : 'open'
}

/** Places of one mode: those taken, and how many wait. */
export interface Standing {
  capacity: number | null
  taken: number
  waiting: number
}

export type Places = Partial<Record<AttendanceMode, Standing>>

/** Whether the next person gets a place: never before those who already wait. */
export const hasRoom = ({ capacity, taken, waiting }: Standing) =>
  capacity === null || (waiting === 0 && taken < capacity)

export const placesLeft = ({ capacity, taken, waiting }: Standing): number | null =>
  capacity === null ? null : waiting > 0 ? 0 : Math.max(0, capacity - taken)
