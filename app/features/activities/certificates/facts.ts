import type { AttendanceMode } from '../labels.ts'

export interface CertifiedSession {
  title: string | null
  /** Instants, ISO. */
  startsAt: string
  endsAt: string
  minutes: number
}

/** What a certificate says, kept with it. */
export interface CertificateFacts {
  subject: string
  /** « Séminaire »; null for a cycle. */
  nature: string | null
  place: string | null
  mode: AttendanceMode | null
  /** Those of the activity, or one line by activity followed in the cycle. */
  sessions: CertifiedSession[]
  /** The connection list said how long: it counts instead of the duration of the sessions. */
  connected: boolean
  /** Of a cycle: activities followed, out of those held. */
  followed?: { attended: number; held: number }
}
