import type { ConnectionTool } from '../../labels.ts'

/** From, to: seconds since 1970. */
export type Join = [from: number, to: number]

/** One name of the list and its connections. */
export interface NamedConnection {
  /** As the file writes it. */
  name: string
  email: string | null
  role: 'host' | 'participant'
  joins: Join[]
  /** Where the file gives a duration without its times. */
  saidSeconds: number | null
  /** The organisation, in a column of its own. */
  organisation: string | null
}

export interface ListedParticipant extends NamedConnection {
  phone: boolean
  /** People behind the connection. */
  heads: number
}

export interface ConnectionList {
  tool: ConnectionTool
  participants: ListedParticipant[]
}

export type ReadingProblem =
  /** No header names people. */
  { type: 'no-table' } | { type: 'nobody' } | { type: 'too-many' }

export const MAX_PARTICIPANTS = 5000
