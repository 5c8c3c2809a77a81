/** French typography and formats. Dates are those of Paris wherever the server stands. */

export const NARROW = '\u202f'
const NBSP = '\u00a0'
const PARIS = 'Europe/Paris'

/** Non-breaking spaces where French wants them: before ; : ! ? » and %, after «, inside numbers and hours. */
export function nb(text: string): string {
  return text
    .replace(/(?<=\S)[ \u00a0](?=[;!?»%€]|:(?:\s|$))/g, NARROW)
    .replace(/«[ \u00a0]/g, `«${NARROW}`)
    .replace(/(?<=\d)[ \u00a0](?=\d{3}(?!\d))/g, NARROW)
    .replace(/(?<=\d) (?=h(?:\s\d|\b))/g, NBSP)
    .replace(/(?<=\dh|\d h|\d\u00a0h) (?=\d{2}\b)/g, NBSP)
    .replace(/n° (?=\d)/g, `n°${NBSP}`)
}

const numbers = new Map<string, Intl.NumberFormat>()
function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options)
  const known = numbers.get(key) ?? new Intl.NumberFormat('fr-FR', options)
  numbers.set(key, known)
  return known
}

const narrowed = (text: string) => text.replaceAll(NBSP, NARROW)

/** 1 234,5 */
export const formatNumber = (value: number, digits = 2): string =>
  numberFormat({ maximumFractionDigits: digits }).format(value)

/** A ratio: 0.744 → « 74 % ». */
export const formatPercent = (ratio: number, digits = 0): string =>
  narrowed(numberFormat({ style: 'percent', maximumFractionDigits: digits }).format(ratio))

/** « + 12 % », « − 3 % », « = »: an evolution on an earlier value; null when there was nothing to compare with. */
export function formatChange(value: number, previous: number | null | undefined): string | null {
  if (previous == null || previous === 0) return null
  const change = Math.round(((value - previous) / previous) * 100)
  if (change === 0) return '='
  return `${change > 0 ? '+' : '−'}${NARROW}${formatPercent(Math.abs(change) / 100)}`
}

/** plural(2, 'personne') → « 2 personnes »; in French 0 and 1 are singular. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)}${NBSP}${pluralWord(count, one, many)}`

export const pluralWord = (count: number, one: string, many = `${one}s`): string => (Math.abs(count) < 2 ? one : many)

/** « Nîmes, Alès et Sète » */
export const joinList = (items: readonly string[], word: 'et' | 'ou' = 'et'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`

export const capitalize = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1)

/** A day written « 2022-11-24 », or an instant. */
export type DateLike = Date | string

export const monthNames = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const
export const shortMonthNames = [
  'janv.',
  'févr.',
  'mars',
  'avr.',
  'mai',
  'juin',
  'juil.',
  'août',
  'sept.',
  'oct.',
  'nov.',
  'déc.',
] as const
export const dayNames = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'] as const

export interface DateParts {
  year: number
  /** 1 to 12 */
  month: number
  day: number
  hour: number
  minute: number
  /** 0 is Sunday */
  weekday: number
}

const DAY_ONLY = /^(\d{4})-(\d{2})-(\d{2})$/
const parisParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: PARIS,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
})

/** What a clock in Paris shows at this instant (a day without time is midnight of that day). */
export function dateParts(date: DateLike): DateParts {
  const day = typeof date === 'string' ? DAY_ONLY.exec(date) : null
  const read = day ? fromDay(day) : fromInstant(typeof date === 'string' ? new Date(date) : date)
  return { ...read, weekday: new Date(Date.UTC(read.year, read.month - 1, read.day)).getUTCDay() }
}

const fromDay = ([, year, month, day]: RegExpExecArray) => ({
  year: Number(year),
  month: Number(month),
  day: Number(day),
  hour: 0,
  minute: 0,
})

function fromInstant(instant: Date) {
  const part: Record<string, number> = {}
  for (const { type, value } of parisParts.formatToParts(instant)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part
  return { year, month, day, hour, minute }
}

const two = (value: number) => String(value).padStart(2, '0')

/** The day in Paris, « 2022-11-24 »: what date fields and addresses carry. */
export function isoDay(date: DateLike): string {
  const { year, month, day } = dateParts(date)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** The hour in Paris, « 09:30 »: what time fields carry. */
export function isoTime(date: DateLike): string {
  const { hour, minute } = dateParts(date)
  return `${two(hour)}:${two(minute)}`
}

/** « 1er », « 2 »… */
export const dayNumber = (day: number): string => (day === 1 ? '1er' : String(day))

export type DateStyle = 'full' | 'long' | 'short' | 'numeric' | 'day-month' | 'month-year'

/** full « jeudi 24 novembre 2022 » · long « 24 novembre 2022 » · short « 24 nov. 2022 » · numeric « 24/11/2022 » · day-month « 24 novembre » · month-year « novembre 2022 » */
export function formatDate(date: DateLike, style: DateStyle = 'long'): string {
  const { year, month, day, weekday } = dateParts(date)
  const name = monthNames[month - 1]
  switch (style) {
    case 'full':
      return `${dayNames[weekday]} ${dayNumber(day)}${NBSP}${name} ${year}`
    case 'long':
      return `${dayNumber(day)}${NBSP}${name} ${year}`
    case 'short':
      return `${dayNumber(day)}${NBSP}${shortMonthNames[month - 1]} ${year}`
    case 'numeric':
      return `${two(day)}/${two(month)}/${year}`
    case 'day-month':
      return `${dayNumber(day)}${NBSP}${name}`
    case 'month-year':
      return `${name} ${year}`
    default:
      return style satisfies never
  }
}

/** « 9 h », « 9 h 30 », « 16 h 05 » */
export function formatTime(date: DateLike): string {
  const { hour, minute } = dateParts(date)
  return minute === 0 ? `${hour}${NBSP}h` : `${hour}${NBSP}h${NBSP}${two(minute)}`
}

/** « jeudi 24 novembre 2022, 9 h 30 » */
export const formatDateTime = (date: DateLike, style: DateStyle = 'long'): string =>
  `${formatDate(date, style)}${style === 'numeric' ? ' ' : ', '}${formatTime(date)}`

/** « 24 novembre 2022 », « du 24 au 26 novembre 2022 », « du 30 novembre au 2 décembre 2022 » */
export function formatDateRange(start: DateLike, end: DateLike, style: 'full' | 'long' = 'long'): string {
  const [from, to] = [dateParts(start), dateParts(end)]
  if (isoDay(start) === isoDay(end)) return formatDate(start, style)
  const weekday = style === 'full' ? `${dayNames[from.weekday]} ` : ''
  const last = formatDate(end, style)
  if (from.year !== to.year) return `du ${formatDate(start, style)} au ${last}`
  if (from.month !== to.month) return `du ${weekday}${formatDate(start, 'day-month')} au ${last}`
  return `du ${weekday}${dayNumber(from.day)} au ${last}`
}

/** « 9 h 30 – 16 h 30 » */
export const formatTimeRange = (start: DateLike, end: DateLike): string => `${formatTime(start)} – ${formatTime(end)}`

/** « jeudi 24 novembre 2022, 9 h 30 – 16 h 30 », or « du jeudi 24 … à 9 h 30 au … à 12 h » over several days. */
export function formatDateTimeRange(start: DateLike, end: DateLike | null, style: 'full' | 'long' = 'full'): string {
  if (end === null) return formatDateTime(start, style)
  if (isoDay(start) === isoDay(end)) return `${formatDate(start, style)}, ${formatTimeRange(start, end)}`
  return `du ${formatDate(start, style)} à ${formatTime(start)} au ${formatDate(end, style)} à ${formatTime(end)}`
}

const isRealDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Reads « 2022-11-24 », « 24/11/2022 », « 24-11-22 », « 24 novembre 2022 », « 1er mai 2022 »; null when no such day exists. */
export function parseDay(text: string): string | null {
  const found = readIsoDay(text.trim()) ?? readFrenchDay(text.trim())
  if (!found) return null
  const { year, month, day } = found
  return isRealDay(year, month, day) ? `${year}-${two(month)}-${two(day)}` : null
}

function readIsoDay(text: string) {
  const match = DAY_ONLY.exec(text)
  return match && { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function readFrenchDay(text: string) {
  const match = /^(\d{1,2})(?:er)?(?:\s*[/.-]\s*|\s+)(\d{1,2}|\p{L}+\.?)(?:\s*[/.-]\s*|\s+)(\d{2}|\d{4})$/u.exec(text)
  if (!match) return null
  const [, day = '', word = '', shortYear = ''] = match
  const named = [...monthNames.keys()].find((i) =>
    [monthNames[i], shortMonthNames[i]].some((name) => name && plain(name) === plain(word)),
  )
  const month = /^\d/.test(word) ? Number(word) : (named ?? -1) + 1
  return { year: Number(shortYear) + (shortYear.length === 2 ? 2000 : 0), month, day: Number(day) }
}

/** Reads « 9 h 30 », « 9h », « 09:30 », « 9.30 » into « 09:30 »; null when it is no hour of the day. */
export function parseTime(text: string): string | null {
  const match = /^(\d{1,2})\s*(?:h|:|\.|heures?)\s*(\d{2})?(?:\s*(?:min|mn))?(?::\d{2})?$/i.exec(text.trim())
  if (!match) return null
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)]
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : null
}

/** Reads a date and an hour, « 2022-11-24T09:30 » as browsers send it or « 24/11/2022 à 9 h 30 » as typed, into the former. */
export function parseDayTime(text: string): string | null {
  const match = /^(.*?\d{4})(?:T|,?\s+(?:à\s+)?)(\d{1,2}\s*(?:h|:|\.).*|\d{1,2}\s*h)$/i.exec(text.trim())
  const iso = /^(\d{4}-\d{2}-\d{2})[T ](.+)$/.exec(text.trim())
  const [, dayText = '', timeText = ''] = iso ?? match ?? []
  const [day, time] = [parseDay(dayText), parseTime(timeText)]
  return day && time ? `${day}T${time}` : null
}

/** The instant at which a clock in Paris shows this: fromParis('2022-11-24', '09:30'). An hour skipped in March moves forward. */
export function fromParis(day: string, time = '00:00'): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  const shift = (instant: number) => {
    const { year, month, day: date, hour, minute } = dateParts(new Date(instant))
    return Date.UTC(year, month - 1, date, hour, minute) - Math.floor(instant / 60_000) * 60_000
  }
  const first = wanted - shift(wanted)
  return new Date(wanted - shift(first) === first ? first : wanted - Math.min(shift(first), shift(wanted)))
}
