import type { AttendanceMode, AttendanceStatus } from '../labels.ts'

/** What a device at a door and the server say to each other. Shared with the browser: no reading of data here. */

/** One person of the list, as little as serves at a door. */
export interface DoorRow {
  id: string
  givenName: string
  familyName: string
  organisation: string | null
  status: AttendanceStatus
  mode: AttendanceMode
  /** When they came in, on the clock of the server; null for who has not. */
  at: number | null
  /** End of their code: tells a true code without the network, and is not enough to make one. */
  tag: string
}

export interface DoorCounts {
  present: number
  /** Everybody who holds or held a place. */
  expected: number
  waiting: number
  /** null: no limit. */
  places: number | null
  /** Rows of the whole list: a device that counts another number reads it again. */
  rows: number
}

export interface DoorList {
  /** Given back to be told only of what has changed since. */
  cursor: string
  /** Clock of the server. */
  asOf: number
  counts: DoorCounts
  rows: DoorRow[]
  /** All the rows, or only those that changed. */
  whole: boolean
}

/** `key` is made by the device: whatever happens on the way, a gesture is done once. */
export type Gesture = { key: string } & (
  | { kind: 'enter'; id?: string; code?: string; admit?: boolean }
  | { kind: 'undo'; id?: string; of?: string }
  | {
      kind: 'walk-in'
      givenName: string
      familyName: string
      email?: string
      organisation?: string
      /** Found in the directory by the team; a helper does not read it. */
      personId?: string
      /** Somebody of this name is on the list, and this is another person. */
      another?: boolean
    }
)

export type OutcomeType =
  | 'entered'
  | 'already'
  | 'undone'
  | 'added'
  | 'found'
  /** Asks for a decision: nothing was written. */
  | 'waitlisted'
  | 'cancelled'
  | 'same-name'
  /** Nothing to do. */
  | 'unknown'
  | 'elsewhere'
  | 'not-present'
  | 'unreadable'

export interface Outcome {
  key: string
  outcome: OutcomeType
  /** The row it is about, when there is one. */
  id: string | null
  /** When they came in. */
  at?: number
  /** The activity a code belongs to, for who may know. */
  activity?: string
}

/** So many gestures leave at once at most. */
export const MOST_AT_ONCE = 100

/** Where the tag of a code begins. */
const TAG = 8
export const tagOf = (code: string) => code.slice(-TAG)

/** The row a code names, before anything says that the code is true; null for what is no code of ours. */
export function rowIdOf(code: string): string | null {
  if (!/^[\w-]{40}$/.test(code)) return null
  const bytes = atob(code.slice(0, 24).replaceAll('-', '+').replaceAll('_', '/'))
  const hex = [...bytes].map((char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
