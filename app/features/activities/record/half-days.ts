import { isoDay } from '#app/ui/french.ts'

const FOUR_HOURS = 4 * 60 * 60 * 1000
const DAY = 24 * 60 * 60 * 1000

/** The definition as it is printed beside the number. The database computes it (activities.session_half_days). */
export const halfDaysDefinition =
  'Par séance : 1 demi-journée jusqu’à 4 heures, 2 au-delà, et 2 par jour de plus. Le total peut être remplacé, avec un motif.'

/** The same rule for a form that shows the number before it is saved. */
export function sessionHalfDays(startsAt: Date, endsAt: Date): number {
  if (endsAt.getTime() - startsAt.getTime() <= FOUR_HOURS) return 1
  const lastInstant = new Date(endsAt.getTime() - 1)
  return 2 + 2 * Math.round((Date.parse(isoDay(lastInstant)) - Date.parse(isoDay(startsAt))) / DAY)
}
