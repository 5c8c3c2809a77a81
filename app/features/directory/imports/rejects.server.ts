import { sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { ExportColumn } from '#app/platform/export.server.ts'
import type { ImportKind, ImportReason } from '#app/platform/imports.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { importById } from './import-record.server.ts'
import { sentencesOf } from './read-import.server.ts'

interface Reject {
  line: number
  cells: string[]
  sentences: string
}

export interface Rejects {
  fileName: string
  columns: ExportColumn<Reject>[]
  rows: Reject[]
}

export type RejectsError = { type: 'not-found' } | { type: 'not-allowed' } | { type: 'cleared' }

const MOST = 50_000

/** The lines left aside, as they were sent, with their line and the reason: corrected, the file is sent again as it is. */
export async function rejectsOf(
  ctx: AppContext,
  kinds: readonly ImportKind[],
  importId: string,
  format: string,
): Promise<Result<Rejects, RejectsError>> {
  const one = await importById(ctx, importId)
  const kind = kinds.find(({ key }) => key === one?.kind)
  if (!one || !kind) return err({ type: 'not-found' })
  if (!can(ctx.actor, 'directory:export')) return err({ type: 'not-allowed' })
  if (one.clearedAt) return err({ type: 'cleared' })
  const { rows } = await ctx.db.execute<{ line: number; cells: string[]; reasons: ImportReason[] }>(sql`
    select line, cells, reasons from directory.import_row where import_id = ${importId}
      and (outcome = 'rejected' or decision = 'out' or (outcome = 'doubtful' and decision is null))
    order by line limit ${MOST}`)
  const fields: Record<string, [null, unknown]> = { rows: [null, rows.length], format: [null, format] }
  await recordChange(ctx.db, ctx, {
    action: 'directory.import-rejects-exported',
    entity: 'import',
    entityId: importId,
    fields,
  })
  return ok({
    fileName: one.fileName.replace(/\.[^.]*$/, ''),
    columns: columnsOf(one.headers),
    rows: rows.map(({ line, cells, reasons }) => ({ line, cells, sentences: sentencesOf(kind, reasons).join(' ') })),
  })
}

const columnsOf = (headers: readonly string[]): ExportColumn<Reject>[] => [
  ...headers.map((label, i) => ({ key: `c${i}`, label, value: ({ cells }: Reject) => cells[i] ?? '' })),
  { key: 'line', label: 'Ligne d’origine', value: ({ line }) => line, kind: 'number' },
  { key: 'reason', label: 'Motif du rejet', value: ({ sentences }) => sentences },
]
