import { eq, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { ImportKind, ImportReading, StagedLine, Verdict } from '#app/platform/imports.ts'
import { failProgress, finishProgress, stepProgress } from '#app/platform/progress.server.ts'
import { readSheet } from '#app/platform/sheets/read-sheet.server.ts'
import { type SheetProblem, SheetRefusal, sheetSentence, type SheetRow } from '#app/platform/sheets/sheet.ts'
import { recordset } from './batch-writing.server.ts'
import { countsOf, type Import, importById } from './import-record.server.ts'
import { imports } from './schema.server.ts'
import { fileOfImport } from './start-import.server.ts'

export const BATCH = 1000

/**
 * Reads the whole file and says, line by line, what would be done: kept with the lines, nothing else being written. Run again from
 * the start if the process died.
 */
export async function runCheck(ctx: AppContext, kinds: readonly ImportKind[], importId: string): Promise<void> {
  const one = await importById(ctx, importId)
  const kind = kinds.find(({ key }) => key === one?.kind)
  if (!one || !kind || one.state !== 'checking') return
  await ctx.db.execute(sql`delete from directory.import_row where import_id = ${importId}`)
  try {
    await stageFile(ctx, kind, one)
  } catch (error) {
    const problem = problemOf(error)
    if (!problem) throw error
    await refuseImport(ctx, one, problem)
    return
  }
  await ctx.db.update(imports).set({ state: 'checked', checkedAt: ctx.now() }).where(eq(imports.id, importId))
  if (one.progressId) await finishProgress(ctx, one.progressId, await countsOf(ctx.db, importId))
}

/** The file may have gone with a machine. */
function problemOf(error: unknown): SheetProblem | null {
  if (error instanceof SheetRefusal) return error.problem
  return (error as { code?: string }).code === 'ENOENT' ? { type: 'unreadable' } : null
}

async function refuseImport(ctx: AppContext, one: Import, problem: SheetProblem) {
  await ctx.db.execute(sql`delete from directory.import_row where import_id = ${one.id}`)
  const refusal = sheetSentence(problem)
  await ctx.db.update(imports).set({ state: 'refused', refusal }).where(eq(imports.id, one.id))
  if (one.progressId) await failProgress(ctx, one.progressId, refusal)
}

async function stageFile(ctx: AppContext, kind: ImportKind, one: Import): Promise<void> {
  const reading = await kind.open(ctx.db, one.choices)
  const columns = Object.entries(one.mapping)
  let [batch, done] = [[] as SheetRow[], 0]
  const flush = async () => {
    await ctx.db.transaction((tx) => stageBatch(tx, one, reading, columns, batch))
    done += batch.length
    batch = []
    if (one.progressId) await stepProgress(ctx, one.progressId, { done, step: 'Lecture et comparaison' })
  }
  for await (const row of readSheet(fileOfImport(ctx, one), one.sheet ? { sheet: one.sheet } : {})) {
    if (row.line <= one.headerLine) continue
    batch.push(row)
    if (batch.length >= BATCH) await flush()
  }
  if (batch.length > 0) await flush()
  // the writing finds its way among lines that the statistics know nothing of yet
  await ctx.db.execute(sql`analyze directory.import_row`)
}

async function stageBatch(
  tx: Database,
  one: Import,
  reading: ImportReading,
  columns: readonly (readonly [string, number])[],
  rows: readonly SheetRow[],
): Promise<void> {
  const read = rows.map(({ line, cells }) => ({
    line,
    cells,
    ...reading.read(Object.fromEntries(columns.map(([key, i]) => [key, cells[i] ?? '']))),
  }))
  const lines = read.flatMap(({ line, said }): StagedLine[] =>
    said ? [{ line, said, decision: null, decidedId: null }] : [],
  )
  const verdicts = await reading.judge(tx, lines)
  await insertRows(
    tx,
    one.id,
    read.map(({ reasons, ...row }) => {
      const verdict: Verdict = verdicts.get(row.line) ?? { outcome: 'rejected' }
      const { outcome, targetId = null, twinOf = null, candidates = [] } = verdict
      return { ...row, outcome, targetId, twinOf, candidates, reasons: [...reasons, ...(verdict.reasons ?? [])] }
    }),
  )
}

/** NUL is the one sign no column holds. */
const insertRows = (tx: Database, importId: string, rows: readonly object[]) =>
  tx.execute(sql`
    insert into directory.import_row (import_id, line, cells, said, outcome, reasons, target_id, twin_of, candidates)
    select ${importId}, r.line, r.cells, nullif(r.said, 'null'::jsonb), r.outcome, r.reasons, r."targetId", r."twinOf", r.candidates
    from ${recordset(rows, 'line int, cells text[], said jsonb, outcome text, reasons jsonb, "targetId" uuid, "twinOf" int, candidates jsonb')}`)
