import { isoDay } from '#app/ui/french.ts'
import type { AttendanceMode } from '../labels.ts'

interface Span {
  startsAt: Date
  endsAt: Date
}

const MINUTE = 60_000
/** Over several days nobody says when each one ended: a day of work, unless its hours can be read from the first and the last. */
const DAY_OF_WORK = 7 * 60

/** How long one followed: what overlaps (workshops held at once) counts once; nights do not count. */
export function minutesOf(sessions: readonly Span[]): number {
  const [short, long] = [sessions.filter(inOneDay), sessions.filter((one) => !inOneDay(one))]
  const spans = short.map(({ startsAt, endsAt }): [number, number] => [startsAt.getTime(), endsAt.getTime()])
  let [total, until] = [0, -Infinity]
  for (const [start, end] of spans.sort(([a], [b]) => a - b)) {
    total += Math.max(0, end - Math.max(start, until))
    until = Math.max(until, end)
  }
  return Math.round(total / MINUTE) + long.reduce((sum, one) => sum + overDays(one), 0)
}

/** A connection list says how long somebody was there: never more than the sessions lasted. */
export const followedMinutes = (whole: number, mode: AttendanceMode, connected: number | null) =>
  mode === 'remote' && connected !== null ? Math.min(connected, whole) : whole

const inOneDay = ({ startsAt, endsAt }: Span) =>
  isoDay(startsAt) === isoDay(endsAt) || endsAt.getTime() - startsAt.getTime() <= 12 * 60 * MINUTE

function overDays({ startsAt, endsAt }: Span): number {
  const days = Math.round((Date.parse(isoDay(endsAt)) - Date.parse(isoDay(startsAt))) / 86_400_000) + 1
  const hours = ((endsAt.getTime() - startsAt.getTime()) / MINUTE) % 1440
  return days * (hours > 0 && hours <= 12 * 60 ? hours : DAY_OF_WORK)
}
