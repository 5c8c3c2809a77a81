import { createHash, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { and, eq } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can, userIdOf } from '#app/platform/context.ts'
import type { ImportChoices, ImportKind } from '#app/platform/imports.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { describeSheet } from '#app/platform/sheets/read-sheet.server.ts'
import type { SheetProblem, SheetRow } from '#app/platform/sheets/sheet.ts'
import { guessHeader, guessMapping, headerKey, type Mapping } from './guess.ts'
import { keepImportFile, pathOfImport } from './import-files.server.ts'
import { importMemories, imports } from './schema.server.ts'

export interface NewImport {
  /** null: what was chosen is not a kind we know. */
  kind: ImportKind | null
  file: { path: string; name: string; size: number }
}

export type StartImportError =
  | { type: 'not-allowed' }
  | { type: 'no-kind' }
  | { type: 'refused-file'; problem: SheetProblem }

export const usualChoices: ImportChoices = {
  matching: 'email-phone',
  known: 'fill',
  properCase: true,
  addOrganisations: true,
}

export const mayImport = ({ actor }: AppContext, kind: ImportKind) =>
  can(actor, 'directory:import') && kind.permissions.every((permission) => can(actor, permission))

/** Keeps a file, says how it seems to be laid out; nothing of it is taken over yet. What cannot be read is thrown away at once. */
export async function startImport(
  ctx: AppContext,
  { kind, file }: NewImport,
): Promise<Result<{ id: string }, StartImportError>> {
  const drop = () => rm(file.path, { force: true })
  if (!kind || !mayImport(ctx, kind)) {
    await drop()
    return err({ type: kind ? 'not-allowed' : 'no-kind' })
  }
  const described = await describeSheet(file)
  if (!described.ok) {
    await drop()
    return err({ type: 'refused-file', problem: described.error })
  }
  const id = randomUUID()
  await keepImportFile(ctx, id, file.path)
  await ctx.db.transaction(async (tx) => {
    const inner = { ...ctx, db: tx }
    const layout = await guessLayout(inner, kind, described.value.preview)
    await tx.insert(imports).values({
      id,
      kind: kind.key,
      fileName: file.name,
      fileSize: file.size,
      sheet: described.value.sheets[0] ?? null,
      ...layout,
      ownerId: userIdOf(ctx.actor),
      ownerLabel: ctx.actor.label,
      createdAt: ctx.now(),
    })
    const fields: Record<string, [null, unknown]> = { importKind: [null, kind.label], size: [null, file.size] }
    await recordChange(tx, ctx, { action: 'directory.import-started', entity: 'import', entityId: id, fields })
  })
  return ok({ id })
}

export interface Layout {
  headerLine: number
  headers: string[]
  mapping: Mapping
  choices: ImportChoices
}

/** Where the headers are and what each column holds: as the last file with the same headers, else guessed. */
export async function guessLayout(
  ctx: AppContext,
  kind: ImportKind,
  rows: readonly SheetRow[],
  headerLine?: number,
): Promise<Layout> {
  const header = rows.find(({ line }) => line === headerLine) ?? guessHeader(rows, kind.columns)
  const sample = rows.filter(({ line }) => line > header.line).map(({ cells }) => cells)
  const width = Math.max(header.cells.length, ...sample.map((cells) => cells.length))
  const headers = Array.from({ length: width }, (_, i) =>
    (header.cells[i] ?? '').replace(/\s+/g, ' ').trim().slice(0, 200),
  )
  const known = await remembered(ctx, kind, headers)
  const mapping = known?.mapping ?? guessMapping(headers, sample, kind.columns)
  return { headerLine: header.line, headers, mapping, choices: known?.choices ?? usualChoices }
}

async function remembered({ db }: AppContext, kind: ImportKind, headers: readonly string[]) {
  const [memory] = await db
    .select()
    .from(importMemories)
    .where(and(eq(importMemories.kind, kind.key), eq(importMemories.headers, digestOf(headers))))
  return memory ?? null
}

/** So that the next file with these headers is understood at once. */
export async function rememberLayout(
  ctx: AppContext,
  kind: string,
  { headers, mapping, choices }: Layout,
): Promise<void> {
  const facts = { mapping, choices, usedAt: ctx.now() }
  await ctx.db
    .insert(importMemories)
    .values({ kind, headers: digestOf(headers), ...facts })
    .onConflictDoUpdate({ target: [importMemories.kind, importMemories.headers], set: facts })
}

/** The columns that a file of rejects adds at the end change nothing. */
const digestOf = (headers: readonly string[]) =>
  createHash('sha256')
    .update(headerKey(headers).replace(/(\|ligne d origine)?(\|motif du rejet)?\|*$/, ''))
    .digest('hex')

export const fileOfImport = (ctx: AppContext, one: { id: string; fileName: string }) => ({
  path: pathOfImport(ctx, one.id),
  name: one.fileName,
})
