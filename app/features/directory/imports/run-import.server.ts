import { eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { ImportKind, ImportRun, ImportTrace, StagedLine, Verdict } from '#app/platform/imports.ts'
import { finishProgress, stepProgress } from '#app/platform/progress.server.ts'
import { madeFields, recordset } from './batch-writing.server.ts'
import { BATCH } from './check-import.server.ts'
import { dropImportFile } from './import-files.server.ts'
import { countsOf, holdImport, type Import, importById } from './import-record.server.ts'
import { printOf } from './prints.server.ts'
import { imports } from './schema.server.ts'
import { rememberLayout } from './start-import.server.ts'

/**
 * Writes an import batch by batch, each in one transaction that also marks its lines: killed in the middle, it goes on after the
 * last whole batch; run twice at once, the second waits and finds the lines marked.
 */
export async function runImport(ctx: AppContext, kinds: readonly ImportKind[], importId: string): Promise<void> {
  const one = await importById(ctx, importId)
  const kind = kinds.find(({ key }) => key === one?.kind)
  if (!one || !kind || one.state !== 'running') return
  const signed = signedBy(ctx, one)
  const { done: before, total } = await advance(ctx.db, importId)
  let [done, after] = [before, 0]
  for (;;) {
    const from = after
    const batch = await ctx.db.transaction((tx) => writeBatch(tx, { ...signed, db: tx }, kind, importId, from))
    if (!batch) break
    done += batch.count
    after = batch.last
    if (one.progressId) await stepProgress(ctx, one.progressId, { done, total, step: 'Écriture' })
  }
  await finish(signed, importId)
}

/** The audit trail names who confirmed the import, and every trace leads back to it. */
export const signedBy = (ctx: AppContext, { id, ownerLabel }: Import): AppContext => ({
  ...ctx,
  actor: { ...ctx.actor, label: ownerLabel },
  requestId: `import ${id}`,
})

async function advance(db: Database, importId: string): Promise<{ done: number; total: number }> {
  const { rows } = await db.execute<{ done: number; total: number }>(sql`
    select count(*) filter (where written_at is not null)::int as done, count(*) filter (where ${toWrite})::int as total
    from directory.import_row r where import_id = ${importId}`)
  return rows[0]!
}

/** What was understood and is not in doubt, or whose doubt was settled. */
const toWrite = sql`(r.said is not null and (r.outcome <> 'doubtful' or r.decision is not null))`

interface WaitingLine extends StagedLine, Record<string, unknown> {}

/** The next lines to write, after those of this run; null when none is left. */
async function writeBatch(
  tx: Database,
  ctx: AppContext,
  kind: ImportKind,
  importId: string,
  after: number,
): Promise<{ count: number; last: number } | null> {
  const one = await holdImport(tx, importId)
  if (one?.state !== 'running') return null
  // somebody said twice in the file is whoever the first line has made
  const { rows: lines } = await tx.execute<WaitingLine>(sql`
    with next as materialized (
      select r.line, r.said, r.twin_of, r.decision, r.decided_id from directory.import_row r
      where r.import_id = ${importId} and r.line > ${after} and r.written_at is null and ${toWrite} order by r.line limit ${BATCH}
    ), led as materialized (
      select n.*, (select l.target_id from directory.import_row l
        where l.import_id = ${importId} and l.line = n.twin_of and l.written_at is not null) as leader_id from next n
    )
    select line, said, case when leader_id is not null then 'same' else decision end as decision,
      coalesce(leader_id, decided_id) as "decidedId" from led order by line`)
  if (lines.length === 0) return null
  const reading = await kind.open(tx, one.choices)
  await reading.lock(tx, lines)
  const verdicts = await reading.judge(tx, lines)
  const run: ImportRun = { ctx, importId, fileName: one.fileName }
  const { traces, targets } = await reading.write(tx, run, lines, verdicts)
  await markLines(tx, ctx, importId, lines, verdicts, targets)
  await keepTraces(tx, kind, importId, traces)
  return { count: lines.length, last: lines.at(-1)!.line }
}

/** A decision stands; otherwise the line says what became of it, which may not be what the trial said. */
async function markLines(
  tx: Database,
  ctx: AppContext,
  importId: string,
  lines: readonly StagedLine[],
  verdicts: ReadonlyMap<number, Verdict>,
  targets: ReadonlyMap<number, string>,
) {
  const rows = lines.map(({ line }) => {
    const { outcome, candidates = [], reasons = [] } = verdicts.get(line)!
    return {
      line,
      outcome,
      candidates,
      reasons: outcome === 'doubtful' || outcome === 'rejected' ? reasons : [],
      targetId: targets.get(line) ?? null,
    }
  })
  await tx.execute(sql`
    update directory.import_row w set written_at = ${ctx.now().toISOString()}::timestamptz, outcome = r.outcome,
      target_id = coalesce(r."targetId", w.target_id), candidates = r.candidates, reasons = w.reasons || r.reasons
    from ${recordset(rows, 'line int, outcome text, candidates jsonb, reasons jsonb, "targetId" uuid')}
    where w.import_id = ${importId} and w.line = r.line`)
}

/** What was made is kept with its print, so that the undoing knows whether somebody has changed it since. */
async function keepTraces(tx: Database, kind: ImportKind, importId: string, traces: readonly ImportTrace[]) {
  for (const { entity, table } of kind.undo) {
    const made = traces.filter((trace) => trace.entity === entity && trace.act === 'made')
    if (made.length > 0) {
      await tx.execute(sql`
        insert into directory.import_trace (import_id, line, entity, entity_id, act, print)
        select ${importId}, r.line, ${entity}, x.id, 'made', ${printOf('x')}
        from ${recordset(made, 'line int, "entityId" uuid')} join ${sql.raw(table)} x on x.id = r."entityId"`)
    }
    await keepFilled(tx, importId, { entity, table }, traces)
  }
}

/** A record that this import made may be filled by a later line of it: its print follows. */
async function keepFilled(
  tx: Database,
  importId: string,
  { entity, table }: { entity: string; table: string },
  traces: readonly ImportTrace[],
) {
  const filled = traces.filter((trace) => trace.entity === entity && trace.act === 'filled')
  if (filled.length === 0) return
  await tx.execute(sql`
    insert into directory.import_trace (import_id, line, entity, entity_id, act, fields)
    select ${importId}, r.line, ${entity}, r."entityId", 'filled', r.fields
    from ${recordset(filled.map(inColumns), 'line int, "entityId" uuid, fields jsonb')}`)
  await tx.execute(sql`
    update directory.import_trace t set print = ${printOf('x')} from ${sql.raw(table)} x
    where t.import_id = ${importId} and t.entity = ${entity} and t.act = 'made' and x.id = t.entity_id
      and t.entity_id = any(${sql.param(filled.map(({ entityId }) => entityId))}::uuid[])`)
}

/** Fields as the table names them: the undoing compares them with it. */
const inColumns = ({ fields = {}, ...trace }: ImportTrace) => ({
  ...trace,
  fields: Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  ),
})

async function finish(ctx: AppContext, importId: string): Promise<void> {
  const one = await ctx.db.transaction(async (tx) => {
    const held = await holdImport(tx, importId)
    if (held?.state !== 'running') return null
    const counts = await countsOf(tx, importId)
    await tx.update(imports).set({ state: 'done', finishedAt: ctx.now() }).where(eq(imports.id, importId))
    await rememberLayout({ ...ctx, db: tx }, held.kind, held)
    const change = { action: 'directory.import-done', entity: 'import', entityId: importId, fields: madeFields(counts) }
    await recordChange(tx, ctx, change)
    if (held.progressId) await finishProgress({ ...ctx, db: tx }, held.progressId, counts)
    return held
  })
  if (one) await dropImportFile(ctx, importId)
}
