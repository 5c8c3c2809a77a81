import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { dropImportFile } from './import-files.server.ts'

/** As long as an import can be undone and its rejects sent again. */
export const KEPT_DAYS = 60
const DRAFT_DAYS = 7

/** Files and lines hold people's data: those of an import done with are forgotten, those of a draft left behind too. */
export async function clearImports(ctx: AppContext): Promise<void> {
  const now = ctx.now().toISOString()
  const { rows: drafts } = await ctx.db.execute<{ id: string }>(sql`
    delete from directory.import where state in ('draft', 'checked', 'refused')
      and created_at < ${now}::timestamptz - make_interval(days => ${DRAFT_DAYS}) returning id`)
  for (const { id } of drafts) await dropImportFile(ctx, id)
  await ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      update directory.import set cleared_at = ${now}::timestamptz
      where cleared_at is null and state in ('done', 'undone')
        and coalesce(undone_at, finished_at) < ${now}::timestamptz - make_interval(days => ${KEPT_DAYS}) returning id`)
    const ids = sql.param(rows.map(({ id }) => id))
    await tx.execute(sql`
      update directory.import_row set cells = '{}', said = null, reasons = '[]', candidates = '[]' where import_id = any(${ids}::uuid[])`)
    await tx.execute(sql`delete from directory.import_trace where import_id = any(${ids}::uuid[])`)
  })
}
