import { bareText, plainWords } from './words.ts'

const MONTHS = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre',
]
const ENGLISH = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

export type ReadDate = { day: string; time: string | null } | 'none' | 'doubtful' | 'wrong'

/**
 * A date as people write it: « 31/12/2022 », « 2022-12-31 », « 31 déc. 2022 », « samedi 31 décembre 2022 à 14 h 30 ». Days come first;
 * « 12/31/22 » (months first) is doubtful: the same file may hold 03/04/22, which nobody could tell.
 */
export function readDate(cell: string): ReadDate {
  const text = bareText(cell)
  if (text === '') return 'none'
  const time = readTime(text)
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text)
  if (iso) return dated(Number(iso[1]), Number(iso[2]), Number(iso[3]), time)
  const french = /^(?:[\p{L}.]+\s+)?(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)/u.exec(text)
  if (french) return fromFrench(Number(french[1]), Number(french[2]), french[3]!, time)
  return inWords(text, time) ?? fromSerial(text) ?? 'wrong'
}

function fromFrench(day: number, month: number, yearText: string, time: string | null): ReadDate {
  if (month > 12 && day <= 12) return 'doubtful'
  return dated(fullYear(yearText), month, day, time)
}

/** « 22 » is 2022, « 67 » 1967. */
const fullYear = (text: string) => (text.length === 4 ? Number(text) : Number(text) + (Number(text) > 50 ? 1900 : 2000))

function inWords(text: string, time: string | null): ReadDate | null {
  const found = /(\d{1,2}) (?:er )?([a-z]{3,}) (\d{4}|\d{2})(?!\d)/.exec(plainWords(text).replace(/(\d)er\b/, '$1'))
  if (!found) return null
  const month = monthNumber(found[2]!)
  return month === 0 ? null : dated(fullYear(found[3]!), month, Number(found[1]), time)
}

function monthNumber(word: string): number {
  const starting = (list: readonly string[]) => list.filter((month) => month.startsWith(word))
  const found = starting(MONTHS).length === 1 ? starting(MONTHS)[0]! : null
  if (found) return MONTHS.indexOf(found) + 1
  const english = starting(ENGLISH)
  return english.length === 1 ? ENGLISH.indexOf(english[0]!) + 1 : 0
}

/** A day of Excel that lost its dress; only what can be a date of a working life. */
function fromSerial(text: string): ReadDate | null {
  const serial = /^\d{5}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : 0
  if (serial < 14_611 || serial > 73_050) return null
  return { day: new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10), time: null }
}

function dated(year: number, month: number, day: number, time: string | null): ReadDate {
  if (year < 1900 || year > 2100) return 'wrong'
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? { day: date.toISOString().slice(0, 10), time } : 'wrong'
}

/** « 14:30 », « 9h », « 9 h 30 »; null where no hour is said. */
export function readTime(cell: string): string | null {
  const found = /(?<!\d)(\d{1,2})\s?(?::|h|H)\s?(\d{2})?(?!\d)/.exec(bareText(cell))
  if (!found) return null
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)]
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null
}
