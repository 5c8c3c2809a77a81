import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { ImportKind, ImportReason, Said } from '#app/platform/imports.ts'
import { readProgress } from '#app/platform/progress.server.ts'
import { describeSheet } from '#app/platform/sheets/read-sheet.server.ts'
import { sheetSentence } from '#app/platform/sheets/sheet.ts'
import { type Counts, countsOf, type Import } from './import-record.server.ts'
import { fileOfImport } from './start-import.server.ts'

export interface ShownLine {
  line: number
  summary: string
  sentences: string[]
  targetId: string | null
  candidates: { id: string; label: string }[]
  decision: string | null
  decidedId: string | null
}

interface Row extends Record<string, unknown> {
  line: number
  outcome: keyof Counts
  said: Said | null
  cells: string[]
  reasons: ImportReason[]
  targetId: string | null
  candidates: { id: string; label: string }[]
  decision: string | null
  decidedId: string | null
}

const columns = sql`line, outcome, said, cells, reasons, target_id as "targetId", candidates, decision, decided_id as "decidedId"`

export const sentencesOf = (kind: ImportKind, reasons: readonly ImportReason[]): string[] =>
  reasons.map(({ code, text = '' }) => kind.sentences[code]?.(text) ?? 'Cette ligne n’a pas été comprise.')

function shown(kind: ImportKind, row: Row): ShownLine {
  const { line, said, cells, reasons, targetId, candidates, decision, decidedId } = row
  const summary = said ? kind.summary(said) : cells.filter(Boolean).slice(0, 5).join(', ')
  return {
    line,
    summary: summary.slice(0, 240),
    sentences: sentencesOf(kind, reasons),
    targetId,
    candidates,
    decision,
    decidedId,
  }
}

const SAMPLES = 5

/** The first lines of each outcome. */
export async function samplesOf(
  db: Database,
  kind: ImportKind,
  id: string,
): Promise<Record<keyof Counts, ShownLine[]>> {
  const { rows } = await db.execute<Row>(sql`
    select r.* from (values ('create'), ('complete'), ('same'), ('rejected'), ('doubtful')) o(name)
    cross join lateral (select ${columns} from directory.import_row where import_id = ${id} and outcome = o.name order by line limit ${SAMPLES}) r`)
  const of = (outcome: keyof Counts) => rows.filter((row) => row.outcome === outcome).map((row) => shown(kind, row))
  return {
    create: of('create'),
    complete: of('complete'),
    same: of('same'),
    rejected: of('rejected'),
    doubtful: of('doubtful'),
  }
}

export interface ProblemCount {
  sentence: string
  count: number
  fatal: boolean
  firstLine: number
}

/** How many lines say what, the most frequent first; each is told by its first example. */
export async function problemsOf(db: Database, kind: ImportKind, id: string): Promise<ProblemCount[]> {
  const { rows } = await db.execute<{ reason: ImportReason; count: number; firstLine: number }>(sql`
    select (array_agg(reason order by line))[1] as reason, count(*)::int as count, min(line)::int as "firstLine"
    from directory.import_row, jsonb_array_elements(reasons) reason where import_id = ${id}
    group by reason ->> 'code' order by coalesce((min(reason ->> 'fatal'))::boolean, false) desc, count(*) desc limit 40`)
  return rows.map(({ reason, count, firstLine }) => ({
    sentence: sentencesOf(kind, [reason])[0]!,
    count,
    fatal: reason.fatal ?? false,
    firstLine,
  }))
}

export const DOUBTS_PER_PAGE = 50

/** Doubtful lines, those that nobody has settled first. */
export async function doubtsOf(db: Database, kind: ImportKind, id: string, offset: number): Promise<ShownLine[]> {
  const { rows } = await db.execute<Row>(sql`
    select ${columns} from directory.import_row where import_id = ${id} and outcome = 'doubtful'
    order by decision is not null, line limit ${DOUBTS_PER_PAGE} offset ${offset}`)
  return rows.map((row) => shown(kind, row))
}

export interface Kept {
  entity: string
  fate: 'changed' | 'used'
  count: number
  examples: string[]
}

/** What an undoing left in place, and why. */
export async function keptOf(db: Database, id: string): Promise<Kept[]> {
  const { rows } = await db.execute<Kept & Record<string, unknown>>(sql`
    select entity, fate, count(*)::int as count, (array_agg(entity_id::text order by id))[1:5] as examples
    from directory.import_trace where import_id = ${id} and fate in ('changed', 'used') group by entity, fate order by entity, fate`)
  return rows
}

export interface FilePreview {
  sheets: string[]
  rows: { line: number; cells: string[] }[]
}

/** The first rows of the file, as long as its columns are being matched. */
export async function previewOf(ctx: AppContext, one: Import): Promise<FilePreview | { refusal: string }> {
  const described = await describeSheet(fileOfImport(ctx, one), one.sheet ? { sheet: one.sheet } : {})
  if (!described.ok) return { refusal: sheetSentence(described.error) }
  return { sheets: described.value.sheets, rows: described.value.preview }
}

/** All that the page of an import shows, whatever its state. */
export async function importView(ctx: AppContext, kind: ImportKind, one: Import, { page }: { page: number }) {
  const known = one.state !== 'draft' && one.state !== 'checking'
  const counts = known ? await countsOf(ctx.db, one.id) : null
  const open = one.state === 'checked'
  return {
    counts,
    preview: one.state === 'draft' ? await previewOf(ctx, one) : null,
    samples: known && !one.clearedAt ? await samplesOf(ctx.db, kind, one.id) : null,
    problems: known && !one.clearedAt ? await problemsOf(ctx.db, kind, one.id) : [],
    doubts: open ? await doubtsOf(ctx.db, kind, one.id, (page - 1) * DOUBTS_PER_PAGE) : [],
    ...(known ? await asideOf(ctx.db, one.id) : { settled: 0, aside: 0 }),
    kept: one.state === 'undone' ? await keptOf(ctx.db, one.id) : [],
    progress: one.progressId ? await progressOf(ctx, one.progressId) : null,
    mayExport: can(ctx.actor, 'directory:export'),
  }
}

/** Doubts that were settled by a record, and lines that go to the file of rejects. */
async function asideOf(db: Database, id: string): Promise<{ settled: number; aside: number }> {
  const { rows } = await db.execute<{ settled: number; aside: number }>(sql`
    select count(*) filter (where outcome = 'doubtful' and decision in ('same', 'new'))::int as settled,
      count(*) filter (where outcome = 'rejected' or decision = 'out' or (outcome = 'doubtful' and decision is null))::int as aside
    from directory.import_row where import_id = ${id}`)
  return rows[0]!
}

async function progressOf(ctx: AppContext, id: string) {
  const progress = await readProgress(ctx, id)
  return progress && { done: progress.done, total: progress.total, step: progress.step }
}
