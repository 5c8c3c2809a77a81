import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { openActivity } from '../attendance/open-activity.server.ts'
import { connectionImports, connectionParticipants } from '../schema.server.ts'
import { shifted, shiftOf } from './durations.ts'
import { heldActivity, type HoldError, sessionsOf } from './held-activity.server.ts'
import { sureOne } from './matching.server.ts'
import { proposals } from './proposals.server.ts'
import { type ConnectionFileProblem, readConnectionFile } from './reading/read-file.server.ts'
import type { ConnectionList, ListedParticipant } from './reading/list.ts'
import { proposedRule, ruleColumns } from './rule.server.ts'
import { sealOf } from './sealed.server.ts'
import { isTeam } from './team.server.ts'

export type ImportListError = HoldError | ConnectionFileProblem

export interface ImportedList {
  importId: string
  /** The very same file was here already. */
  again: boolean
}

/** Reads a connection list and proposes who is who. Nothing is ticked before somebody has validated; the file is not kept. */
export async function importConnectionList(
  ctx: AppContext,
  { activityId, fileName, bytes }: { activityId: string; fileName: string; bytes: Uint8Array },
): Promise<Result<ImportedList, ImportListError>> {
  if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
  const activity = await openActivity(ctx.db, activityId)
  if (!activity) return err({ type: 'no-such-activity' })
  const list = await readConnectionFile({ bytes, name: fileName }, { day: activity.day })
  if (!list.ok) return list
  const digest = createHash('sha256').update(bytes).digest('hex')
  return ctx.db.transaction(async (tx): Promise<Result<ImportedList, ImportListError>> => {
    const held = await heldActivity(tx, ctx, activityId)
    if (!held.ok) return held
    const known = await sameFile(tx, activityId, digest)
    if (known) return ok({ importId: known, again: true })
    return ok({ importId: await store(tx, ctx, { activityId, fileName, digest, list: list.value }), again: false })
  })
}

async function sameFile(tx: Database, activityId: string, digest: string): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from activities.connection_import
    where activity_id = ${activityId} and digest = ${digest} and state in ('draft', 'applied') and forgotten_at is null limit 1`)
  return rows[0]?.id ?? null
}

interface NewList {
  activityId: string
  fileName: string
  digest: string
  list: ConnectionList
}

async function store(tx: Database, ctx: AppContext, { activityId, list, ...file }: NewList): Promise<string> {
  const shift = shiftOf(
    list.participants.flatMap(({ joins }) => joins),
    await sessionsOf(tx, activityId),
  )
  const [made] = await tx
    .insert(connectionImports)
    .values({
      activityId,
      ...file,
      fileName: file.fileName.slice(-120),
      tool: list.tool,
      ...ruleColumns(await proposedRule(tx, activityId)),
      shift,
      createdAt: ctx.now(),
      createdBy: ctx.actor.label,
    })
    .returning({ id: connectionImports.id })
  const rows = await proposedRows(tx, ctx, activityId, list.participants)
  for (let from = 0; from < rows.length; from += 1000)
    await tx
      .insert(connectionParticipants)
      .values(
        rows.slice(from, from + 1000).map((row) => ({ ...row, importId: made!.id, joins: shifted(row.joins, shift) })),
      )
  await recordChange(tx, ctx, {
    action: 'attendance.connections-read',
    entity: 'activity',
    entityId: activityId,
    fields: { connections: [null, rows.length], tool: [null, list.tool] },
  })
  return made!.id
}

/** One row per participant, with what is proposed for each. */
async function proposedRows(
  tx: Database,
  ctx: AppContext,
  activityId: string,
  participants: readonly ListedParticipant[],
) {
  const listed = participants.map((one) => ({ ...one, key: sealOf(ctx, one) }))
  const found = await proposals(tx, activityId, listed)
  const before = await settledBefore(
    tx,
    activityId,
    listed.map(({ key }) => key),
  )
  const team = await isTeam(tx, activityId, await readCentre(tx))
  return listed.map(({ organisation: _organisation, ...one }) => {
    const candidates = found.get(one.key) ?? []
    const sure = sureOne(candidates)
    const again = before.get(one.key)
    const aside = again?.decision === 'aside' || (!again && (one.role === 'host' || team(one, sure)))
    if (aside) return { ...one, verdict: 'aside' as const, decision: 'aside' as const, byHand: again?.byHand ?? false }
    if (again?.decision === 'unidentified' && again.byHand)
      return { ...one, verdict: 'unknown' as const, decision: 'unidentified' as const, byHand: true }
    if (sure)
      return {
        ...one,
        verdict: 'sure' as const,
        decision: 'person' as const,
        personId: sure.personId,
        byHand: again?.byHand ?? false,
      }
    const nobody = candidates.length === 0
    return nobody
      ? { ...one, verdict: 'unknown' as const, decision: 'unidentified' as const }
      : { ...one, verdict: 'doubtful' as const, decision: null }
  })
}

interface Settled extends Record<string, unknown> {
  key: string
  decision: 'person' | 'unidentified' | 'aside' | null
  byHand: boolean
}

/** What was decided of the same names in another list of this activity. */
async function settledBefore(tx: Database, activityId: string, keys: readonly string[]): Promise<Map<string, Settled>> {
  const { rows } = await tx.execute<Settled>(sql`
    select distinct on (c.key) c.key, c.decision, c.by_hand as "byHand" from activities.connection_participant c
    join activities.connection_import i on i.id = c.import_id
    where i.activity_id = ${activityId} and i.state in ('applied', 'replaced') and c.key = any(${sql.param([...keys])}::text[])
    order by c.key, c.by_hand desc, i.applied_at desc`)
  return new Map(rows.map((row) => [row.key, row]))
}

/** Forgets a list that nobody has validated. */
export async function dropDraft(
  ctx: AppContext,
  { activityId, importId }: { activityId: string; importId: string },
): Promise<Result<null, HoldError | { type: 'no-such-list' } | { type: 'not-a-draft' }>> {
  return ctx.db.transaction(async (tx) => {
    const held = await heldActivity(tx, ctx, activityId)
    if (!held.ok) return held
    const { rows } = await tx.execute<{ state: string }>(
      sql`select state from activities.connection_import where id = ${importId} and activity_id = ${activityId} for update`,
    )
    if (!rows[0]) return err({ type: 'no-such-list' as const })
    if (rows[0].state !== 'draft') return err({ type: 'not-a-draft' as const })
    await tx.delete(connectionImports).where(eq(connectionImports.id, importId))
    await recordChange(tx, ctx, { action: 'attendance.connections-dropped', entity: 'activity', entityId: activityId })
    return ok(null)
  })
}
