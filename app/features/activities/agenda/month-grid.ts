/** The days of a month as a wall calendar shows them; days are written « 2022-11-24 ». */

export const weekdays = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const

/** « 2022-11 » when it is a month that the house may know; null otherwise. */
export const monthOf = (text: string | undefined): string | null =>
  /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text ?? '') ? text! : null

export const yearOf = (text: string | undefined): number | null =>
  /^(19|20|21)\d\d$/.test(text ?? '') ? Number(text) : null

export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

/** Whole weeks, from the Monday before the 1st to the Sunday after the last day. */
export function daysOfGrid(month: string): string[] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const last = new Date(`${addMonths(month, 1)}-01T00:00:00Z`)
  const before = (first.getUTCDay() + 6) % 7
  const length = Math.round((last.getTime() - first.getTime()) / 86_400_000)
  const whole = Math.ceil((before + length) / 7) * 7
  return Array.from({ length: whole }, (_, i) =>
    new Date(first.getTime() + (i - before) * 86_400_000).toISOString().slice(0, 10),
  )
}
