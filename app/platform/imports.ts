import { createContext } from 'react-router'
import type { AppContext } from './context.ts'
import type { Database } from './database.server.ts'
import type { Permission } from './permissions.ts'

/**
 * Files taken over from elsewhere. The engine (directory/imports) reads files, keeps their lines, runs by batches and undoes; each
 * feature says what a line of its kind means. app/imports.server.ts joins the kinds.
 */
export interface ImportColumn {
  key: string
  /** « Nom de famille » */
  label: string
  /** Part of a form, where columns are matched. */
  group: string
  /** Headers it goes by, without accents or capitals. */
  synonyms: readonly string[]
  /** What its cells look like: helps where the header says nothing. */
  content?: 'email' | 'phone' | 'siret' | 'date'
}

/** Something to say of a line: `fatal` leaves it out. The words stand with the kind (labels of the engine). */
export interface ImportReason {
  code: string
  /** Key of the column. */
  column?: string
  /** What the cell said, or the record at stake. */
  text?: string
  fatal?: boolean
}

export const importMatchings = ['email', 'email-phone', 'name'] as const
export const importKnowns = ['fill', 'keep', 'ask', 'new'] as const

export interface ImportChoices {
  /** What makes two people one. */
  matching: (typeof importMatchings)[number]
  /** What to do with somebody already known. */
  known: (typeof importKnowns)[number]
  /** « DUPONT » becomes « Dupont ». */
  properCase: boolean
  /** Organisations that the directory does not know are added, rather than kept as words. */
  addOrganisations: boolean
}

export type Said = Record<string, unknown>

export interface ReadLine {
  /** null when a reason is fatal. */
  said: Said | null
  reasons: ImportReason[]
}

export interface StagedLine {
  line: number
  said: Said
  /** What somebody decided of a doubtful line. */
  decision: 'same' | 'new' | 'out' | null
  decidedId: string | null
}

export interface Verdict {
  outcome: 'create' | 'complete' | 'same' | 'doubtful' | 'rejected'
  targetId?: string | null
  /** An earlier line of this file that says the same one. */
  twinOf?: number | null
  candidates?: { id: string; label: string }[]
  reasons?: ImportReason[]
}

export interface ImportTrace {
  line: number
  entity: string
  entityId: string
  act: 'made' | 'filled'
  fields?: Record<string, string>
}

export interface ImportRun {
  ctx: AppContext
  importId: string
  fileName: string
}

/** One reading of one file: it may remember earlier lines, to tell those that come back. */
export interface ImportReading {
  /** Before the lines are judged for good: what must not be made by somebody else meanwhile. */
  lock(tx: Database, lines: readonly StagedLine[]): Promise<void>
  read(cells: Readonly<Record<string, string>>): ReadLine
  judge(tx: Database, lines: readonly StagedLine[]): Promise<Map<number, Verdict>>
  /** Writes the lines judged in this very transaction, all at once; says what it made and filled. */
  write(
    tx: Database,
    run: ImportRun,
    lines: readonly StagedLine[],
    verdicts: ReadonlyMap<number, Verdict>,
  ): Promise<WrittenLines>
}

export interface WrittenLines {
  traces: ImportTrace[]
  /** The record each line is about, made or found. */
  targets: ReadonlyMap<number, string>
}

/** How what an import made is taken back, the rules being followed in order. */
export interface UndoRule {
  entity: string
  table: string
  /**
   * Rows that go with the record. Those of an `entity` must have been made by the same import, or the record stays; the others
   * belong to it from its making.
   */
  owned: readonly { table: string; column: string; entity?: string }[]
  /** Stays with the record it hangs on, where the same import made that one and it stays. */
  parent?: { entity: string; column: string }
  /** Columns that an import may have filled, emptied again. */
  filled: readonly string[]
}

export interface ImportKind {
  key: string
  label: string
  detail: string
  /** Lines say people: what makes two of them one is asked. */
  people: boolean
  /** Beside `directory:import`. */
  permissions: readonly Permission[]
  columns: readonly ImportColumn[]
  /** Of each group, one column at least must be matched. */
  needs: readonly { oneOf: readonly string[]; sentence: string }[]
  /** A line in a few words, as it would be kept. */
  summary: (said: Said) => string
  /** The sentence of each reason the kind may give. */
  sentences: Readonly<Record<string, (text: string) => string>>
  open(db: Database, choices: ImportChoices): Promise<ImportReading>
  undo: readonly UndoRule[]
}

export const importKinds = createContext<readonly ImportKind[]>([])
