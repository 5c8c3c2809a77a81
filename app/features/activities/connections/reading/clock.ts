import { fromParis } from '#app/ui/french.ts'

/** A moment as a file writes it, before one knows which of its numbers is the day. */
export interface Written {
  /** null: a time without its day. */
  date: { year: number; first: number; second: number; sure: 'day-first' | 'month-first' | null } | null
  /** Since midnight, on the clock of the file. */
  seconds: number
  /** Minutes east of Greenwich, when the file says so. */
  offset: number | null
}

export type DayOrder = 'day-first' | 'month-first'

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'janv', 'janvier', 'january', 'ene', 'enero', 'januar'],
  ['feb', 'fev', 'fevr', 'fevrier', 'february', 'febrero', 'februar'],
  ['mar', 'mars', 'march', 'marzo', 'marz'],
  ['apr', 'avr', 'avril', 'april', 'abr', 'abril'],
  ['may', 'mai', 'mayo'],
  ['jun', 'juin', 'june', 'junio', 'juni'],
  ['jul', 'juil', 'juillet', 'july', 'julio', 'juli'],
  ['aug', 'aou', 'aout', 'august', 'ago', 'agosto'],
  ['sep', 'sept', 'septembre', 'september', 'septiembre'],
  ['oct', 'octobre', 'october', 'octubre', 'okt', 'oktober'],
  ['nov', 'novembre', 'november', 'noviembre'],
  ['dec', 'decembre', 'december', 'dic', 'diciembre', 'dez', 'dezember'],
]

const monthOf = (word: string) =>
  MONTHS.findIndex((names) =>
    names.includes(
      word
        .normalize('NFD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase(),
    ),
  ) + 1

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/
const NUMBERS = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/
const MONTH_FIRST = /^(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})/u
const DAY_FIRST = /^(\d{1,2})(?:er)?[ -](\p{L}{3,10})\.?[ -](\d{4})/u
const WEEKDAY = /^\p{L}{3,9}\.?,? (?=\d|\p{L})/u
const TIME =
  /^(\d{1,2}) ?(?:[:h.] ?(\d{2}))?(?: ?(?::|min|m) ?(\d{2})(?:[.,]\d+)?)? ?s? ?([ap])?\.?(?:m\.?)?(?![a-yà-ÿ\d])/iu
const ZONE = /^ ?(z|utc|gmt)?(?: ?([+-])(\d{1,2}):?(\d{2})?)?$/i

/** « 12/31/2022 09:03:12 AM », « 31/12/2022 à 9 h 03 », « Mar 22, 2025 19:13:27 », « 2022-11-24T09:03:12Z », « 9:03 AM »; null: not a moment. */
export function readMoment(said: string): Written | null {
  const text = said
    .slice(0, 60)
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim()
  if (/^\d{10}(\d{3})?$/.test(text)) return ofEpoch(Number(text) * (text.length === 10 ? 1000 : 1))
  const dated = readDate(text) ?? readDate(text.replace(WEEKDAY, ''))
  const rest = dated ? dated.rest.replace(/^[ ,tT]*(?:à |at |um )?[ ,]*/u, '') : text
  if (dated && rest === '') return { date: dated.date, seconds: 0, offset: null }
  const time = readTime(rest)
  return time && { date: dated?.date ?? null, ...time }
}

function ofEpoch(ms: number): Written {
  const date = new Date(ms)
  const [year, first, second] = [date.getUTCFullYear(), date.getUTCDate(), date.getUTCMonth() + 1]
  return { date: { year, first, second, sure: 'day-first' }, seconds: Math.floor((ms / 1000) % 86_400), offset: 0 }
}

type Dated = { date: NonNullable<Written['date']>; rest: string }

function readDate(text: string): Dated | null {
  const iso = ISO.exec(text)
  if (iso) return dated(text, iso, Number(iso[1]), Number(iso[3]), Number(iso[2]), 'day-first')
  const numbers = NUMBERS.exec(text)
  if (numbers) {
    const year = Number(numbers[3])
    return dated(text, numbers, year < 100 ? 2000 + year : year, Number(numbers[1]), Number(numbers[2]), null)
  }
  const american = MONTH_FIRST.exec(text)
  if (american)
    return dated(text, american, Number(american[3]), Number(american[2]), monthOf(american[1]!), 'day-first')
  const french = DAY_FIRST.exec(text)
  return french && dated(text, french, Number(french[3]), Number(french[1]), monthOf(french[2]!), 'day-first')
}

function dated(
  text: string,
  match: RegExpExecArray,
  year: number,
  first: number,
  second: number,
  known: DayOrder | null,
): Dated | null {
  if (year < 2000 || year > 2100 || first < 1 || second < 1 || Math.max(first, second) > 31) return null
  if (Math.min(first, second) > 12 || (known && second > 12)) return null
  const sure = known ?? (first > 12 ? 'day-first' : second > 12 ? 'month-first' : null)
  return { date: { year, first, second, sure }, rest: text.slice(match[0].length) }
}

function readTime(text: string): Pick<Written, 'seconds' | 'offset'> | null {
  const match = TIME.exec(text)
  if (!match) return null
  const [whole, hour, minute, second, half] = match
  if (minute === undefined && half === undefined) return null
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour)
  const [minutes, seconds] = [Number(minute ?? 0), Number(second ?? 0)]
  const zone = ZONE.exec(text.slice(whole.length))
  if (!zone || hours > 23 || minutes > 59 || seconds > 59) return null
  return { seconds: hours * 3600 + minutes * 60 + seconds, offset: offsetOf(zone) }
}

function offsetOf([, name, sign, hours, minutes]: RegExpExecArray): number | null {
  if (!sign) return name ? 0 : null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0))
}

/** Which number is the day: a day over 12 tells; else whichever falls on the day of the activity; else as in France. */
export function orderOf(moments: readonly (Written | null)[], day: string | null): DayOrder {
  const dates = moments.flatMap((moment) => moment?.date ?? [])
  const told = dates.find(({ sure }) => sure === 'month-first') ?? dates.find(({ sure }) => sure !== null)
  if (told?.sure) return told.sure
  const american = day !== null && dates.some((date) => isoOf(date, 'month-first') === day)
  return american && !dates.some((date) => isoOf(date, 'day-first') === day) ? 'month-first' : 'day-first'
}

function isoOf({ year, first, second, sure }: NonNullable<Written['date']>, order: DayOrder): string {
  const [day, month] = (sure ?? order) === 'day-first' ? [first, second] : [second, first]
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Seconds since 1970, on the clock of Paris unless the file names another; a time alone is of `day`. */
export function epochOf({ date, seconds, offset }: Written, order: DayOrder, day: string | null): number | null {
  const iso = date ? isoOf(date, order) : day
  if (!iso || Number.isNaN(Date.parse(`${iso}T00:00:00Z`))) return null
  if (offset !== null) return Date.parse(`${iso}T00:00:00Z`) / 1000 + seconds - offset * 60
  return hourOfParis(iso, Math.floor(seconds / 3600)) + (seconds % 3600)
}

const hours = new Map<string, number>()

/** A list of thousands of lines holds a few hours: each is looked for once. */
function hourOfParis(day: string, hour: number): number {
  const name = `${day} ${hour}`
  const known = hours.get(name) ?? fromParis(day, `${String(hour).padStart(2, '0')}:00`).getTime() / 1000
  if (hours.size > 500) hours.clear()
  hours.set(name, known)
  return known
}
