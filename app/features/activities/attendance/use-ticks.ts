import { useEffect, useReducer } from 'react'
import type { AttendanceMode } from '../labels.ts'
import {
  type Answer,
  backToWaiting,
  marksToSend,
  saved,
  type SentMark,
  sending,
  settled,
  ticked,
  type TickQueue,
  unsaved,
  withoutSent,
} from './tick-queue.ts'
import { post, Refused, retryDelay, troubleOf } from './sending.ts'
import type { TickStatus } from './ticks.ts'

export interface TickAnswer extends Answer {
  /** Handed back to undo these ticks, one by one, the last first. */
  traces: string[]
  /** What must be told: somebody else had ticked the same row. */
  said: string[]
}

interface State {
  queue: TickQueue
  busy: boolean
  /** Failed tries in a row; 0 when all goes well. */
  failures: number
  /** A try may leave now. */
  ready: boolean
  trouble: string | null
  said: string[]
  traces: string[]
  /** « Annuler » was asked while ticks were still on their way. */
  undoing: boolean
}

type TickedRow = Parameters<typeof ticked>[1]
type Event =
  | { type: 'ticked'; row: TickedRow; change: { status?: TickStatus; mode?: AttendanceMode } }
  | { type: 'sending'; marks: SentMark[]; undo?: boolean }
  | { type: 'undo-asked' }
  | { type: 'answered'; answer: TickAnswer; undo?: boolean }
  | { type: 'cut'; message: string }
  | { type: 'refused'; message: string }
  | { type: 'try-again' }
  | { type: 'read'; asOf: number }

const start: State = {
  queue: {},
  busy: false,
  failures: 0,
  ready: true,
  trouble: null,
  said: [],
  traces: [],
  undoing: false,
}

function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'ticked':
      return { ...state, queue: ticked(state.queue, event.row, event.change), said: [] }
    case 'sending':
      return { ...state, queue: sending(state.queue, event.marks), busy: true, undoing: state.undoing && !event.undo }
    case 'undo-asked':
      return { ...state, undoing: true }
    case 'answered':
      return answered(state, event)
    case 'cut':
      return {
        ...state,
        queue: backToWaiting(state.queue),
        busy: false,
        ready: false,
        failures: state.failures + 1,
        trouble: event.message,
      }
    case 'refused':
      return { ...state, queue: withoutSent(state.queue), busy: false, undoing: false, trouble: event.message }
    case 'try-again':
      return { ...state, ready: true }
    case 'read':
      return { ...state, queue: settled(state.queue, event.asOf) }
    default:
      return event satisfies never
  }
}

function answered(state: State, { answer, undo }: { answer: TickAnswer; undo?: boolean }): State {
  const traces = undo ? state.traces.slice(0, -1) : [...state.traces, ...answer.traces]
  const queue = saved(state.queue, answer)
  return { ...state, queue, traces, busy: false, failures: 0, ready: true, trouble: null, said: answer.said }
}

/** Sends each tick as it is made; keeps and retries them while the network is cut. `asOf`: when the list was read. */
export function useTicks(address: string, asOf: number) {
  const [state, dispatch] = useReducer(reduce, start)
  const { queue, busy, ready, failures, undoing, traces } = state
  const pending = unsaved(queue)

  useEffect(() => dispatch({ type: 'read', asOf }), [asOf])

  useEffect(() => {
    const marks = marksToSend(queue)
    if (busy || !ready || marks.length === 0) return
    dispatch({ type: 'sending', marks })
    run(post<TickAnswer>(address, { pointages: JSON.stringify(marks) }), dispatch)
  }, [address, queue, busy, ready])

  useEffect(() => {
    const last = traces.at(-1)
    if (!undoing || busy || !ready || pending > 0 || !last) return
    dispatch({ type: 'sending', marks: [], undo: true })
    run(post<TickAnswer>(address, { annuler: last }), dispatch, true)
  }, [address, undoing, busy, ready, pending, traces])

  useRetries(failures, ready, dispatch)
  useLeaveWarning(pending > 0)

  return {
    ...state,
    unsaved: pending,
    canUndo: traces.length + pending > 0,
    tick: (row: TickedRow, change: { status?: TickStatus; mode?: AttendanceMode }) =>
      dispatch({ type: 'ticked', row, change }),
    tryAgain: () => dispatch({ type: 'try-again' }),
    undo: () => dispatch({ type: 'undo-asked' }),
  }
}

const run = (answer: Promise<TickAnswer>, dispatch: (event: Event) => void, undo = false) =>
  void answer.then(
    (value) => dispatch({ type: 'answered', answer: value, undo }),
    (error: unknown) =>
      error instanceof Refused
        ? dispatch({ type: 'refused', message: error.message })
        : dispatch({ type: 'cut', message: troubleOf(error) }),
  )

/** Later and later, and at once when the browser finds its network again. */
function useRetries(failures: number, ready: boolean, dispatch: (event: Event) => void) {
  useEffect(() => {
    if (ready || failures === 0) return
    const again = () => dispatch({ type: 'try-again' })
    const timer = setTimeout(again, retryDelay(failures))
    window.addEventListener('online', again)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', again)
    }
  }, [failures, ready, dispatch])
}

function useLeaveWarning(active: boolean) {
  useEffect(() => {
    if (!active) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [active])
}
