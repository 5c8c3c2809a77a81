import type { Line } from './lines.ts'

/** What a page shows of a form that was sent and not saved. */
export interface FormState {
  typed: Line
  errors: Record<string, string[]>
  /** New for each answer: the form is drawn again from what was typed. */
  stamp: string
  /** A line was added, moved or removed by a POST: nothing was saved. */
  unsaved?: boolean
  stale?: Stale
}

export interface Stale {
  by: string | null
  at: string
  version: string
  changes: { field: string; before: string; after: string }[]
}
