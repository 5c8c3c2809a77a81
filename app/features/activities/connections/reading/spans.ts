export type SpanUnit = 'hours' | 'minutes' | 'seconds'

const DAY = 86_400
const PARTS: readonly [RegExp, number][] = [
  [/(\d{1,4})\s*(?:heures?|hours?|hrs?|std|horas?|h)(?![a-z])/, 3600],
  [/(\d{1,5})\s*(?:minutes?|minutos?|mins?|mn|m|')(?![a-z'])/, 60],
  [/(\d{1,6})\s*(?:secondes?|seconds?|segundos?|secs?|sek|s|"|'')(?![a-z])/, 1],
]
const AFTER_HOURS = /\d\s*h\s*(\d{1,2})$/

/** « 1 h 2 min 3 s », « 1h 2m 3s », « 01:02:03 », « 62 » in the unit of its column: in seconds; null: not a duration. */
export function readSpan(said: string, unit: SpanUnit): number | null {
  const text = said
    .slice(0, 60)
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim()
    .toLowerCase()
  const seconds = ofNumber(text, unit) ?? ofClock(text) ?? ofWords(text)
  return seconds === null || seconds < 0 || seconds > 10 * DAY ? null : Math.round(seconds)
}

function ofNumber(text: string, unit: SpanUnit): number | null {
  if (!/^\d{1,7}([.,]\d{1,6})?$/.test(text)) return null
  return Number(text.replace(',', '.')) * { hours: 3600, minutes: 60, seconds: 1 }[unit]
}

/** Two numbers are hours and minutes, as on a sheet; over a day's hours they can only be minutes and seconds. */
function ofClock(text: string): number | null {
  const match = /^(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?(?:[.,]\d+)?$/.exec(text)
  if (!match) return null
  const [first, second, third] = [Number(match[1]), Number(match[2]), match[3]]
  if (third !== undefined) return first * 3600 + second * 60 + Number(third)
  return first < 24 ? first * 3600 + second * 60 : first * 60 + second
}

function ofWords(text: string): number | null {
  const found = PARTS.map(([pattern, seconds]) => {
    const match = pattern.exec(text)
    return match ? Number(match[1]) * seconds : null
  })
  // « 1 h 05 »
  const minutes = found[1] === null && found[0] !== null ? AFTER_HOURS.exec(text) : null
  if (minutes) found[1] = Number(minutes[1]) * 60
  const said = found.filter((part) => part !== null)
  return said.length === 0 ? null : said.reduce((sum, part) => sum + part, 0)
}
