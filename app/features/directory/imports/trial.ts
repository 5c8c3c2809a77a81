import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { AppContext } from '#app/platform/context.ts'
import type { ImportChoices, ImportKind } from '#app/platform/imports.ts'
import { checkImport, confirmImport, undoImport } from './change-import.server.ts'
import { runCheck } from './check-import.server.ts'
import { importById } from './import-record.server.ts'
import { runImport } from './run-import.server.ts'
import { startImport, usualChoices } from './start-import.server.ts'
import { runUndo } from './undo-import.server.ts'

/** Imports as tests and benches run them: the gestures of the page and the jobs that follow, one after the other. */
export function sentFile(text: string | Uint8Array, name = 'contacts.csv') {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'maillage-import-')), 'envoi')
  writeFileSync(file, text)
  return { path: file, name, size: text.length }
}

const done = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** Sent, its columns guessed, tried. */
export async function triedImport(
  ctx: AppContext,
  kind: ImportKind,
  text: string | Uint8Array,
  choices: Partial<ImportChoices> = {},
): Promise<string> {
  const { id } = done(await startImport(ctx, { kind, file: sentFile(text) }))
  const { mapping } = (await importById(ctx, id))!
  done(await checkImport(ctx, kind, id, { mapping, choices: { ...usualChoices, ...choices } }))
  await runCheck(ctx, [kind], id)
  return id
}

export async function writtenImport(ctx: AppContext, kind: ImportKind, id: string): Promise<string> {
  done(await confirmImport(ctx, kind, id))
  await runImport(ctx, [kind], id)
  return id
}

export async function undoneImport(ctx: AppContext, kind: ImportKind, id: string): Promise<void> {
  done(await undoImport(ctx, kind, id))
  await runUndo(ctx, [kind], id)
}
