import { eq } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { ImportChoices, ImportKind } from '#app/platform/imports.ts'
import { enqueue, type JobType, jobType } from '#app/platform/outbox.server.ts'
import { startProgress } from '#app/platform/progress.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { describeSheet } from '#app/platform/sheets/read-sheet.server.ts'
import type { SheetProblem } from '#app/platform/sheets/sheet.ts'
import type { Mapping } from './guess.ts'
import { dropImportFile } from './import-files.server.ts'
import { holdImport, type Import, type ImportState } from './import-record.server.ts'
import { imports } from './schema.server.ts'
import { fileOfImport, guessLayout, mayImport } from './start-import.server.ts'

export const importCheck = jobType<{ importId: string }>('directory.import-check', 'Vérifier un fichier à reprendre')
export const importRun = jobType<{ importId: string }>('directory.import-run', 'Reprendre un fichier')
export const importUndo = jobType<{ importId: string }>('directory.import-undo', 'Annuler la reprise d’un fichier')

export type GestureError = { type: 'not-allowed' } | { type: 'not-found' } | { type: 'not-now'; state: ImportState }

type Gesture<T, E> = (tx: Database, one: Import) => Promise<Result<T, E>>

/** One gesture on an import, in one of the states where it means something. */
async function gesture<T, E = never>(
  ctx: AppContext,
  kind: ImportKind,
  id: string,
  states: readonly ImportState[],
  work: Gesture<T, E>,
): Promise<Result<T, GestureError | E>> {
  if (!can(ctx.actor, 'directory:import')) return err({ type: 'not-found' })
  if (!mayImport(ctx, kind)) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx): Promise<Result<T, GestureError | E>> => {
    const one = await holdImport(tx, id)
    if (!one || one.kind !== kind.key) return err({ type: 'not-found' })
    if (!states.includes(one.state)) return err({ type: 'not-now', state: one.state })
    return work(tx, one)
  })
}

export type LayoutError = { type: 'refused-file'; problem: SheetProblem }

/** Another sheet, or another line of headers: the columns are guessed again. */
export const chooseSheet = (
  ctx: AppContext,
  kind: ImportKind,
  id: string,
  { sheet, headerLine }: { sheet: string | null; headerLine?: number },
): Promise<Result<null, GestureError | LayoutError>> =>
  gesture<null, LayoutError>(ctx, kind, id, ['draft'], async (tx, one) => {
    const described = await describeSheet(fileOfImport(ctx, one), sheet ? { sheet } : {})
    if (!described.ok) return err({ type: 'refused-file', problem: described.error })
    const layout = await guessLayout({ ...ctx, db: tx }, kind, described.value.preview, headerLine)
    await tx
      .update(imports)
      .set({ sheet, ...layout })
      .where(eq(imports.id, id))
    return ok(null)
  })

export type MappingError = { type: 'missing-column'; sentence: string }

/** What each column holds and what to do with those already known; the whole file is then tried, nothing being written. */
export const checkImport = (
  ctx: AppContext,
  kind: ImportKind,
  id: string,
  { mapping, choices }: { mapping: Mapping; choices: ImportChoices },
): Promise<Result<null, GestureError | MappingError>> =>
  gesture<null, MappingError>(ctx, kind, id, ['draft'], async (tx, one) => {
    const missing = kind.needs.find(({ oneOf }) => !oneOf.some((key) => key in mapping))
    if (missing) return err({ type: 'missing-column', sentence: missing.sentence })
    await begin(tx, ctx, one, { state: 'checking', mapping, choices }, importCheck)
    return ok(null)
  })

/** Back to the columns; what was tried is forgotten by the next trial. */
export const reworkImport = (ctx: AppContext, kind: ImportKind, id: string) =>
  gesture(ctx, kind, id, ['checked', 'refused'], async (tx) => {
    await tx.update(imports).set({ state: 'draft', refusal: null }).where(eq(imports.id, id))
    return ok(null)
  })

/** From here on it is written, batch after batch. */
export const confirmImport = (ctx: AppContext, kind: ImportKind, id: string) =>
  gesture(ctx, kind, id, ['checked'], async (tx, one) => {
    await begin(tx, ctx, one, { state: 'running', startedAt: ctx.now() }, importRun)
    await recordChange(tx, ctx, { action: 'directory.import-confirmed', entity: 'import', entityId: id })
    return ok(null)
  })

export type UndoError = { type: 'too-late' }

export const undoImport = (
  ctx: AppContext,
  kind: ImportKind,
  id: string,
): Promise<Result<null, GestureError | UndoError>> =>
  gesture<null, UndoError>(ctx, kind, id, ['done'], async (tx, one) => {
    if (one.clearedAt) return err({ type: 'too-late' })
    await begin(tx, ctx, one, { state: 'undoing' }, importUndo)
    await recordChange(tx, ctx, { action: 'directory.import-undo-asked', entity: 'import', entityId: id })
    return ok(null)
  })

/** Nothing was written of it: the file and its lines are forgotten. */
export async function abandonImport(
  ctx: AppContext,
  kind: ImportKind,
  id: string,
): Promise<Result<null, GestureError>> {
  const done = await gesture<null>(ctx, kind, id, ['draft', 'checked', 'refused'], async (tx) => {
    await tx.delete(imports).where(eq(imports.id, id))
    await recordChange(tx, ctx, { action: 'directory.import-abandoned', entity: 'import', entityId: id })
    return ok(null)
  })
  if (done.ok) await dropImportFile(ctx, id)
  return done
}

async function begin(
  tx: Database,
  ctx: AppContext,
  one: Import,
  next: Partial<Import>,
  job: JobType<{ importId: string }>,
): Promise<void> {
  const progressId = await startProgress({ ...ctx, db: tx }, { label: job.label })
  await tx
    .update(imports)
    .set({ ...next, progressId })
    .where(eq(imports.id, one.id))
  await enqueue(tx, ctx, job, { importId: one.id })
}
