import { nb } from '#app/ui/french.ts'

/** « 3 h », « 10 h 30 », « 45 min »; nothing for nothing. */
export function formatDuration(minutes: number): string {
  if (minutes <= 0) return ''
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  if (hours === 0) return nb(`${rest} min`).replace(' ', '\u00a0')
  return `${hours} h${rest > 0 ? ` ${String(rest).padStart(2, '0')}` : ''}`.replaceAll(' ', '\u00a0')
}
