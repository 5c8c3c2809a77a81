import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { ImportKind } from '#app/platform/imports.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { GestureError } from './change-import.server.ts'
import { holdImport } from './import-record.server.ts'
import { mayImport } from './start-import.server.ts'

export interface Settled {
  line: number
  decision: 'same' | 'new' | 'out' | null
  /** One of the records that were proposed, for « same ». */
  recordId: string | null
}

/** What somebody decides of doubtful lines; a record that was not proposed is ignored. */
export async function settleDoubts(
  ctx: AppContext,
  kind: ImportKind,
  importId: string,
  settled: readonly Settled[],
): Promise<Result<null, GestureError>> {
  if (!can(ctx.actor, 'directory:import')) return err({ type: 'not-found' })
  if (!mayImport(ctx, kind)) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx): Promise<Result<null, GestureError>> => {
    const one = await holdImport(tx, importId)
    if (!one || one.kind !== kind.key) return err({ type: 'not-found' })
    if (one.state !== 'checked') return err({ type: 'not-now', state: one.state })
    await tx.execute(sql`
      update directory.import_row w set decision = r.decision, decided_id = r."recordId"
      from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as r(line int, decision text, "recordId" uuid)
      where w.import_id = ${importId} and w.line = r.line and w.outcome = 'doubtful'
        and (r.decision is distinct from 'same' or exists (
          select 1 from jsonb_array_elements(w.candidates) c where c ->> 'id' = r."recordId"::text))`)
    return ok(null)
  })
}

/** One decision for every doubtful line that nobody has settled. */
export async function settleAll(
  ctx: AppContext,
  kind: ImportKind,
  importId: string,
  decision: 'same' | 'new' | 'out',
): Promise<Result<null, GestureError>> {
  if (!can(ctx.actor, 'directory:import')) return err({ type: 'not-found' })
  if (!mayImport(ctx, kind)) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx): Promise<Result<null, GestureError>> => {
    const one = await holdImport(tx, importId)
    if (!one || one.kind !== kind.key) return err({ type: 'not-found' })
    if (one.state !== 'checked') return err({ type: 'not-now', state: one.state })
    await tx.execute(sql`
      update directory.import_row set decision = ${decision},
        decided_id = case when ${decision} = 'same' then (candidates -> 0 ->> 'id')::uuid end
      where import_id = ${importId} and outcome = 'doubtful' and decision is null`)
    return ok(null)
  })
}
