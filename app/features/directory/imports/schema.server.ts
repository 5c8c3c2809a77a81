import { bigint, index, integer, jsonb, pgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { ImportChoices, ImportReason } from '#app/platform/imports.ts'

/** A file sent to be taken over; the same PostgreSQL schema as the directory's. */
const schema = pgSchema('directory')

const moment = () => timestamp({ withTimezone: true })

/** `checking` and `running`: a job is at work. `checked`: what it would do is known, nothing is written. */
export const importStates = ['draft', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'refused'] as const

export const imports = schema.table(
  'import',
  {
    id: uuid().primaryKey(),
    kind: text().notNull(),
    fileName: text().notNull(),
    /** Bytes; the file itself stands in the folder of files, under `imports/`, until the import is done with. */
    fileSize: bigint({ mode: 'number' }).notNull(),
    /** The sheet chosen, of an Excel file. */
    sheet: text(),
    /** Line of the headers, as a spreadsheet numbers it. */
    headerLine: integer().notNull().default(1),
    headers: text().array().notNull(),
    /** Which column (from 0) holds each thing. */
    mapping: jsonb().$type<Record<string, number>>().notNull(),
    choices: jsonb().$type<ImportChoices>().notNull(),
    state: text({ enum: importStates }).notNull().default('draft'),
    /** Why the file could not be read, once it was read to its end. */
    refusal: text(),
    progressId: uuid(),
    ownerId: uuid(),
    ownerLabel: text().notNull(),
    createdAt: moment().notNull(),
    checkedAt: moment(),
    startedAt: moment(),
    finishedAt: moment(),
    undoneAt: moment(),
    /** When the lines of the file were forgotten: nothing can be undone from then on. */
    clearedAt: moment(),
  },
  (table) => [index('import_created_idx').on(table.createdAt)],
)

const importReference = () =>
  uuid()
    .notNull()
    .references(() => imports.id, { onDelete: 'cascade' })

export const importOutcomes = ['create', 'complete', 'same', 'doubtful', 'rejected'] as const
export const importDecisions = ['same', 'new', 'out'] as const

/** A line of the file: what was read of it, what became of it. */
export const importRows = schema.table(
  'import_row',
  {
    importId: importReference(),
    line: integer().notNull(),
    /** As they were sent: what the file of rejects gives back. */
    cells: text().array().notNull(),
    /** What was understood; null when the line is refused. */
    said: jsonb().$type<Record<string, unknown> | null>(),
    outcome: text({ enum: importOutcomes }).notNull(),
    reasons: jsonb().$type<ImportReason[]>().notNull().default([]),
    /** The record it is about, when there is one. */
    targetId: uuid(),
    /** An earlier line of the same file that says the same person. */
    twinOf: integer(),
    /** Records it may be about. */
    candidates: jsonb().$type<{ id: string; label: string }[]>().notNull().default([]),
    /** What somebody decided of a doubtful line. */
    decision: text({ enum: importDecisions }),
    decidedId: uuid(),
    writtenAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.line] }),
    index('import_row_outcome_idx').on(table.importId, table.outcome, table.line),
  ],
)

/** What an import made or filled, record by record: what its undoing starts from. */
export const importTraces = schema.table(
  'import_trace',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    importId: importReference(),
    line: integer().notNull(),
    entity: text().notNull(),
    entityId: uuid().notNull(),
    act: text({ enum: ['made', 'filled'] }).notNull(),
    /** Of a record that was filled: what was empty and what was put there, by column. */
    fields: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** Digest of a record that was made, as the import left it: another one means that somebody changed it. */
    print: text(),
    /** Set by the undoing: gone, or why it stays. */
    fate: text({ enum: ['undone', 'changed', 'used'] }),
  },
  (table) => [
    index('import_trace_idx').on(table.importId, table.entity, table.act),
    index('import_trace_entity_idx').on(table.entityId),
  ],
)

/** How the columns of a file were understood, for the next file that has the same. */
export const importMemories = schema.table(
  'import_memory',
  {
    kind: text().notNull(),
    /** Digest of the headers. */
    headers: text().notNull(),
    mapping: jsonb().$type<Record<string, number>>().notNull(),
    choices: jsonb().$type<ImportChoices>().notNull(),
    usedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.headers] })],
)
