import { Fragment, type ReactNode } from 'react'
import { type DateLike, type DateStyle, formatDate, formatDateTime, formatDateTimeRange, isoDay, nb } from './french.ts'

/** Text as a French printer sets it: non-breaking spaces, and « 1er » in superscript. */
export function Fr({ children }: { children: string }): ReactNode {
  const pieces = nb(children).split(/(?<=\b1)(er)\b/)
  return pieces.map((piece, i) => (i % 2 ? <sup key={i}>{piece}</sup> : <Fragment key={i}>{piece}</Fragment>))
}

const machine = (date: DateLike) => (typeof date === 'string' ? date : date.toISOString())

/** « jeudi 24 novembre 2022 » in a <time>. */
export const Day = ({ date, style }: { date: DateLike; style?: DateStyle }) => (
  <time dateTime={isoDay(date)}>
    <Fr>{formatDate(date, style)}</Fr>
  </time>
)

/** « 24 novembre 2022, 9 h 30 » in a <time>. */
export const Moment = ({ date, style }: { date: DateLike; style?: DateStyle }) => (
  <time dateTime={machine(date)}>
    <Fr>{formatDateTime(date, style)}</Fr>
  </time>
)

/** « jeudi 24 novembre 2022, 9 h 30 – 16 h 30 » */
export const MomentRange = ({
  start,
  end,
  style,
}: {
  start: DateLike
  end: DateLike | null
  style?: 'full' | 'long'
}) => (
  <time dateTime={machine(start)}>
    <Fr>{formatDateTimeRange(start, end, style)}</Fr>
  </time>
)
