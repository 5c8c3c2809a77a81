import type { AttendanceStatus } from '../labels.ts'
import {
  type DoorCounts,
  type DoorList,
  type DoorRow,
  type Gesture,
  MOST_AT_ONCE,
  type Outcome,
  rowIdOf,
} from './door.ts'

/** What a device at a door knows: the list as the server said it last, and the gestures the server has not answered yet. */

/** As it is kept on the device until it is settled: through a cut, a reload, a closed tab. */
export interface Queued {
  gesture: Gesture
  order: number
  /** It has left once, and may have arrived: it can no longer be dropped in silence. */
  tried?: boolean
  /** What the server made of it, when somebody must decide or be told. */
  outcome?: Outcome
}

export interface DoorState {
  /** The device has looked at what it had kept. */
  ready: boolean
  list: DoorList | null
  queue: readonly Queued[]
  /** Keys on their way. */
  sending: readonly string[]
  failures: number
  /** On the clock of the device: when the server stopped answering. */
  offlineSince: number | null
  /** Why nothing leaves, when it is not the network. */
  trouble: string | null
  /** The door is closed for this device: nothing is asked any more. */
  closed: string | null
}

export const emptyDoor: DoorState = {
  ready: false,
  list: null,
  queue: [],
  sending: [],
  failures: 0,
  offlineSince: null,
  trouble: null,
  closed: null,
}

export type DoorEvent =
  | { type: 'remembered'; list: DoorList | null; queue: readonly Queued[] }
  | { type: 'read'; list: DoorList }
  | { type: 'queued'; queued: Queued }
  | { type: 'dropped'; keys: readonly string[] }
  | { type: 'sending'; keys: readonly string[] }
  | { type: 'answered'; outcomes: readonly Outcome[] }
  | { type: 'cut'; at: number; message: string; offline: boolean }
  | { type: 'closed'; message: string }
  | { type: 'wiped' }

export function reduceDoor(state: DoorState, event: DoorEvent): DoorState {
  switch (event.type) {
    case 'remembered':
      return {
        ...state,
        ready: true,
        list: state.list ?? event.list,
        queue: [...event.queue.map(asTried), ...state.queue],
      }
    case 'read':
      return { ...state, ...well, list: merged(state.list, event.list) }
    case 'queued':
      return { ...state, queue: [...state.queue, event.queued] }
    case 'dropped':
      return { ...state, queue: state.queue.filter(({ gesture }) => !event.keys.includes(gesture.key)) }
    case 'sending':
      return {
        ...state,
        sending: event.keys,
        queue: state.queue.map((one) => (event.keys.includes(one.gesture.key) ? asTried(one) : one)),
      }
    case 'answered':
      return answered(state, event.outcomes)
    case 'cut':
      return {
        ...state,
        sending: [],
        failures: state.failures + 1,
        offlineSince: event.offline ? (state.offlineSince ?? event.at) : null,
        trouble: event.message,
      }
    case 'closed':
      return { ...state, sending: [], list: null, closed: event.message }
    case 'wiped':
      return { ...state, list: null }
    default:
      return event satisfies never
  }
}

const asTried = (queued: Queued): Queued => ({ ...queued, tried: true })

const well = { failures: 0, offlineSince: null, trouble: null }

/** Rows told again take the place of theirs; a whole list takes the place of all. */
function merged(list: DoorList | null, read: DoorList): DoorList {
  if (read.whole || !list) return read
  const news = new Map(read.rows.map((row) => [row.id, row]))
  const kept = list.rows.map((row) => news.get(row.id) ?? row)
  const known = new Set(list.rows.map(({ id }) => id))
  return { ...read, whole: true, rows: [...kept, ...read.rows.filter(({ id }) => !known.has(id))] }
}

/** Somebody was taken off the list: the number of rows says so, and the list is read again. */
export const isIncomplete = ({ list }: DoorState) => list !== null && list.rows.length !== list.counts.rows

/** Gestures that are over leave the device; those that ask for somebody stay, with their answer. */
function answered(state: DoorState, outcomes: readonly Outcome[]): DoorState {
  const byKey = new Map(outcomes.map((one) => [one.key, one]))
  const queue = state.queue.flatMap((queued): Queued[] => {
    if (!state.sending.includes(queued.gesture.key)) return [queued]
    const outcome = byKey.get(queued.gesture.key) ?? { key: queued.gesture.key, outcome: 'unreadable', id: null }
    return isOver(outcome) ? [] : [{ ...queued, outcome }]
  })
  const list = state.list && { ...state.list, rows: withOutcomes(state.list.rows, outcomes) }
  return { ...state, ...well, queue, list, sending: [] }
}

export const isOver = ({ outcome }: Outcome) => ['entered', 'undone', 'added', 'found', 'not-present'].includes(outcome)

/** Until the list is read again, a row is what the answer said of it. */
function withOutcomes(rows: readonly DoorRow[], outcomes: readonly Outcome[]): DoorRow[] {
  const byId = new Map(outcomes.flatMap((one) => (one.id ? [[one.id, one] as const] : [])))
  return rows.map((row) => {
    const one = byId.get(row.id)
    if (!one) return row
    if (['entered', 'already', 'found', 'added'].includes(one.outcome))
      return { ...row, status: 'present', at: one.at ?? row.at }
    return one.outcome === 'undone' ? { ...row, status: 'registered', at: null } : row
  })
}

export const waiting = (queue: readonly Queued[]): Queued[] => queue.filter(({ outcome }) => !outcome)

/** Those that leave next, in the order they were made. */
export const nextToSend = ({ queue }: DoorState): Gesture[] =>
  waiting(queue)
    .slice(0, MOST_AT_ONCE)
    .map(({ gesture }) => gesture)

/** A row as the person at the door sees it: their gestures over what the server said last. */
export interface ShownRow extends DoorRow {
  /** The gesture that waits to leave. */
  pending: string | null
  /** Added here, and not known of the server yet. */
  isNew: boolean
}

export const targetOf = (gesture: Gesture): string | null =>
  gesture.kind === 'walk-in'
    ? gesture.key
    : (gesture.id ?? (gesture.kind === 'enter' && gesture.code ? rowIdOf(gesture.code) : null))

export function shownRows({ list, queue }: DoorState): ShownRow[] {
  const gestures = waiting(queue).map(({ gesture }) => gesture)
  const last = new Map(gestures.map((gesture) => [targetOf(gesture), gesture]))
  const rows = (list?.rows ?? []).map((row): ShownRow => {
    const gesture = last.get(row.id)
    return gesture
      ? { ...row, status: statusAfter(gesture), at: null, pending: gesture.key, isNew: false }
      : { ...row, pending: null, isNew: false }
  })
  return [...gestures.flatMap(newRow), ...rows]
}

const statusAfter = ({ kind }: Gesture): AttendanceStatus => (kind === 'undo' ? 'registered' : 'present')

const newRow = (gesture: Gesture): ShownRow[] =>
  gesture.kind === 'walk-in'
    ? [
        {
          id: gesture.key,
          givenName: gesture.givenName,
          familyName: gesture.familyName,
          organisation: gesture.organisation ?? null,
          status: 'present',
          mode: 'onsite',
          at: null,
          tag: '',
          pending: gesture.key,
          isNew: true,
        },
      ]
    : []

/** The counts of the server, moved by the gestures it has not answered. */
export function shownCounts(state: DoorState): DoorCounts | null {
  const { list } = state
  if (!list) return null
  const rows = shownRows(state)
  const before = list.rows.filter(({ status }) => status === 'present').length
  const now = rows.filter(({ status }) => status === 'present').length
  const added = rows.filter(({ isNew }) => isNew).length
  return { ...list.counts, present: list.counts.present + now - before, expected: list.counts.expected + added }
}
