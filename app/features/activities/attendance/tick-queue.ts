import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import type { Counts, TickStatus } from './ticks.ts'

/** What one has ticked and what became of it: `waiting` for its turn or for the network, `sending`, `saved`. */
export interface Ticked {
  status: AttendanceStatus
  mode: AttendanceMode
  /** What stood there when it was ticked. */
  seen: AttendanceStatus
  phase: 'waiting' | 'sending' | 'saved'
  /** Clock of the server when it was saved: a list read later knows it. */
  savedAt?: number
}

export type TickQueue = Readonly<Record<string, Ticked>>

interface Row {
  id: string
  status: AttendanceStatus
  mode: AttendanceMode
}

export interface SentMark {
  attendanceId: string
  status: AttendanceStatus
  mode: AttendanceMode
  seen: AttendanceStatus
}

/** The row as the person who ticks sees it: their tick over what the server said last. */
export const shown = <R extends Row>(queue: TickQueue, row: R): R => {
  const ticked = queue[row.id]
  return ticked ? { ...row, status: ticked.status, mode: ticked.mode } : row
}

/** A second tick on the same row before the first has left takes its place. */
export function ticked(queue: TickQueue, row: Row, change: { status?: TickStatus; mode?: AttendanceMode }): TickQueue {
  const { status, mode } = shown(queue, row)
  const before = queue[row.id]
  const seen = before && before.phase !== 'saved' ? before.seen : status
  return { ...queue, [row.id]: { status, mode, seen, ...change, phase: 'waiting' } }
}

export const marksToSend = (queue: TickQueue): SentMark[] =>
  Object.entries(queue)
    .filter(([, { phase }]) => phase === 'waiting')
    .map(([attendanceId, { status, mode, seen }]) => ({ attendanceId, status, mode, seen }))

export const unsaved = (queue: TickQueue): number =>
  Object.values(queue).filter(({ phase }) => phase !== 'saved').length

/** These ticks have left; one made since, on another row or on the same, waits for its turn. */
export const sending = (queue: TickQueue, marks: readonly SentMark[]): TickQueue => {
  const gone = new Map(marks.map((mark) => [mark.attendanceId, mark]))
  return Object.fromEntries(
    Object.entries(queue).map(([id, one]) => {
      const mark = gone.get(id)
      const left = one.phase === 'waiting' && mark?.status === one.status && mark.mode === one.mode
      return [id, left ? { ...one, phase: 'sending' } : one]
    }),
  )
}

/** The network was cut: everything waits for the next try. */
export const backToWaiting = (queue: TickQueue): TickQueue =>
  Object.fromEntries(
    Object.entries(queue).map(([id, one]) => [id, one.phase === 'sending' ? { ...one, phase: 'waiting' } : one]),
  )

/** The server refused: what was sent is taken back, the rows show again what they were. */
export const withoutSent = (queue: TickQueue): TickQueue =>
  Object.fromEntries(Object.entries(queue).filter(([, { phase }]) => phase !== 'sending'))

export interface Answer {
  rows: readonly { attendanceId: string; status: AttendanceStatus; mode: AttendanceMode }[]
  missing: readonly string[]
  asOf: number
}

/** What the server kept; a row ticked again meanwhile keeps its newer tick. */
export function saved(queue: TickQueue, { rows, missing, asOf }: Answer): TickQueue {
  const kept = Object.entries(queue).filter(([id, { phase }]) => !(phase === 'sending' && missing.includes(id)))
  const next: Record<string, Ticked> = Object.fromEntries(kept)
  for (const { attendanceId, status, mode } of rows) {
    if (next[attendanceId]?.phase === 'waiting') continue
    next[attendanceId] = { status, mode, seen: status, phase: 'saved', savedAt: asOf }
  }
  return next
}

/** A list read at `asOf` knows what was saved before: those ticks need not be kept here. */
export function settled(queue: TickQueue, asOf: number): TickQueue {
  const left = Object.entries(queue).filter(([, one]) => !(one.phase === 'saved' && (one.savedAt ?? 0) <= asOf))
  return left.length === Object.keys(queue).length ? queue : Object.fromEntries(left)
}

/** The counts of the server, moved by what has been ticked since; those present are also counted by where they are. */
export function countsWith<C extends Counts>(counts: C, rows: readonly Row[], queue: TickQueue): C {
  const moved: Record<string, number> = {}
  const count = ({ status, mode }: Row, step: 1 | -1) => {
    for (const name of status === 'present' ? [status, mode] : [status]) moved[name] = (moved[name] ?? 0) + step
  }
  for (const row of rows) {
    count(row, -1)
    count(shown(queue, row), 1)
  }
  const entries = Object.entries(counts).map(([name, value]) => [name, value + (moved[name] ?? 0)])
  return Object.fromEntries(entries) as C
}
