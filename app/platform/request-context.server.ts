import { createContext } from 'react-router'
import type { AppContext } from './context.ts'

/** Set for every request by the process that serves the pages; read in loaders and actions with `context.get(…)`. */
export const requestContext = createContext<AppContext>()

/** What only the web floor needs of a request: its address for rate limits, the nonce of its scripts, its session. */
export interface WebRequest {
  ip: string
  nonce: string
  sessionToken: string | null
  userAgent: string
  /** Set when something failed because the database was away for a moment. */
  databaseAway?: boolean
}

export const webRequest = createContext<WebRequest>()
