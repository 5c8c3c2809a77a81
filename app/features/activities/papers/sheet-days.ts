import { dateParts, formatDate, formatDateTimeRange, fromParis, isoDay } from '#app/ui/french.ts'

export interface SheetDay {
  when: string
  /** Half a day each. */
  columns: string[]
}

export type Columns = 'auto' | 'une' | 'deux'

const MOST_DAYS = 15
const NOON = 12 * 60 + 30

/** A session is signed day by day; a day with a morning and an afternoon has two boxes. */
export function sheetDays({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, wanted: Columns): SheetDay[] {
  const days = daysOf(startsAt, endsAt)
  if (days.length === 1)
    return [
      { when: formatDateTimeRange(startsAt, endsAt), columns: columnsOf(minuteOf(startsAt), minuteOf(endsAt), wanted) },
    ]
  return days.map((day, i) => {
    const from = i === 0 ? minuteOf(startsAt) : 0
    const to = i === days.length - 1 ? minuteOf(endsAt) : 24 * 60
    return { when: formatDate(day, 'full'), columns: columnsOf(from, to, wanted) }
  })
}

/** A session that ends at midnight or in the night still is of its first day. */
function daysOf(startsAt: Date, endsAt: Date): string[] {
  const [first, last] = [isoDay(startsAt), isoDay(endsAt)]
  const night = endsAt.getTime() - startsAt.getTime() <= 12 * 3_600_000
  if (first === last || night) return [first]
  const days = [first]
  while (days.at(-1)! < last && days.length < MOST_DAYS)
    days.push(isoDay(new Date(fromParis(days.at(-1)!, '12:00').getTime() + 86_400_000)))
  return days
}

const minuteOf = (date: Date) => {
  const { hour, minute } = dateParts(date)
  return hour * 60 + minute
}

function columnsOf(from: number, to: number, wanted: Columns): string[] {
  const lasts = to - from >= 300 && from < NOON - 60 && to > NOON + 60
  return wanted === 'deux' || (wanted === 'auto' && lasts) ? ['Matin', 'Après-midi'] : ['Signature']
}
