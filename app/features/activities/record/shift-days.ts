import { fromParis, isoDay, isoTime } from '#app/ui/french.ts'

const DAY = 24 * 60 * 60 * 1000

/** Days from the Paris day of an instant to another day. */
export const daysBetween = (from: Date, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(isoDay(from))) / DAY)

/** The same hour on the clock of Paris, so many days later: over a change of clock, 9:30 stays 9:30. */
export function shiftDays(instant: Date, days: number): Date {
  const day = new Date(Date.parse(isoDay(instant)) + days * DAY).toISOString().slice(0, 10)
  return fromParis(day, isoTime(instant))
}
