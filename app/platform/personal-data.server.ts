import type { SQL } from 'drizzle-orm'
import { createContext } from 'react-router'
import type { AppContext } from './context.ts'
import type { Database } from './database.server.ts'

export { ERASED, type Obstacle, type OwnAction, ownActions } from './personal-data.ts'

/**
 * What each feature holds of a person, told by the feature that owns the rows; app/personal-data.server.ts joins the lists, in the
 * order of erasing (what hangs on something before it). The export, the review list and the erasure know no table of their own.
 * A test fails when a table that holds a person is told by nobody.
 */
export interface PersonalData {
  key: string
  /** Every table with something of a person in it: its rows go, or these columns are emptied and those stay. */
  tables: Readonly<Record<string, 'deleted' | { erased: readonly string[]; kept: readonly string[] | 'the-rest' }>>
  /** `select entity, entity_id, person_id`: which records of the audit trail and of mails are about somebody. */
  traces?: SQL
  /** `select person_id, kind, at`: what people did themselves, or what stands for it; `kind` is one of `ownActions`. */
  lastActions?: SQL
  /** `select person_id, why` of `records`: people who cannot be erased now; `why` is one of `obstacles`. */
  obstacles?: (records: readonly string[]) => SQL
  /** What the person may read of it; nothing of other people. */
  collect?: (ctx: AppContext, subject: Subject) => Promise<DataSection[]>
  /** Takes it away, in the transaction of the erasure. Counts must stand: what they rest on stays, without anybody in it. */
  erase: (tx: Database, ctx: AppContext, subject: Erased) => Promise<void>
}

/** A person: the id of every record that is them, merged ones included. */
export interface Subject {
  records: readonly string[]
  /** Their records of the audit trail and of mails, « entity:id ». */
  traces: readonly string[]
}

export interface Erased extends Subject {
  /** What quotes them in texts kept for another reason, in small letters: addresses, telephone numbers, whole names. */
  words: readonly string[]
  /** Names under which they signed what they did as members of the team; none for who never was one. */
  signatures: readonly string[]
}

export interface DataSection {
  key: string
  /** « Coordonnées » */
  title: string
  entries: DataEntry[]
}

/** One thing held: a name and its facts, in French; a fact that is empty is left out. */
export interface DataEntry {
  title?: string
  facts: [label: string, value: string | null][]
}

export const personalDataSources = createContext<readonly PersonalData[]>([])
