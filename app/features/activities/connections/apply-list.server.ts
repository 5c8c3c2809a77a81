import { eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { OpenActivity } from '../attendance/open-activity.server.ts'
import { connectionImports } from '../schema.server.ts'
import { type BadDecision, type Decision, saveDecisions } from './decide.server.ts'
import type { MinimumRule } from './durations.ts'
import { type Done, follow } from './effects.server.ts'
import { heldActivity, type HoldError, sessionsOf } from './held-activity.server.ts'
import { liveConnections } from './live.server.ts'
import { keepRule, ruleColumns } from './rule.server.ts'
import { settle } from './settle.ts'

export interface ApplyInput {
  activityId: string
  importId: string
  rule: MinimumRule
  /** By line; a line left out keeps what it has. */
  decisions: ReadonlyMap<string, Decision>
  /** Lines nobody has decided: asked again, or counted as unidentified. */
  undecided: 'ask' | 'unidentified'
  /** A list in force that this one completes. */
  replaces: string | null
  /** The next lists propose the same minimum. */
  keepRule: boolean
}

export type ApplyError =
  | HoldError
  | { type: 'no-such-list' }
  | { type: 'forgotten' }
  | { type: 'undecided'; lines: string[] }
  | BadDecision

/** Ticks present whoever was connected long enough, adds who was not on the list, counts the others; done again, it changes nothing. */
export async function applyConnectionList(ctx: AppContext, input: ApplyInput): Promise<Result<Done, ApplyError>> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const held = await heldActivity(tx, ctx, input.activityId)
      if (!held.ok) throw new Refused(held.error)
      return ok(await apply(tx, ctx, held.value, input))
    })
  } catch (error) {
    if (error instanceof Refused) return err(error.reason)
    throw error
  }
}

/** Thrown, so that what was written before the refusal goes with it. */
class Refused extends Error {
  readonly reason: ApplyError
  constructor(reason: ApplyError) {
    super(reason.type)
    this.reason = reason
  }
}

async function apply(tx: Database, ctx: AppContext, activity: OpenActivity, input: ApplyInput): Promise<Done> {
  const { activityId, importId, rule } = input
  await openList(tx, activityId, importId)
  if (input.replaces) await replaceList(tx, activityId, importId, input.replaces)
  const sessions = await sessionsOf(tx, activityId)
  const stays = settle(await liveConnections(tx, activityId, { draft: importId }), sessions, rule).lines
  const refused = await saveDecisions(tx, ctx, { ...input, stays })
  if (refused) throw new Refused(refused)
  const settlement = settle(await liveConnections(tx, activityId, { draft: importId }), sessions, rule)
  await inForce(tx, ctx, activityId, importId, rule)
  if (input.keepRule) await keepRule(tx, ctx, rule)
  const done = await follow(tx, ctx, activity, importId, settlement)
  await recordChange(tx, ctx, {
    action: 'attendance.connections-applied',
    entity: 'activity',
    entityId: activityId,
    fields: { present: [null, done.marked + done.added], unidentifiedCount: [null, settlement.unidentified] },
  })
  return done
}

async function openList(tx: Database, activityId: string, importId: string): Promise<void> {
  const { rows } = await tx.execute<{ state: string; forgotten: boolean }>(sql`
    select state, forgotten_at is not null as forgotten from activities.connection_import
    where id = ${importId} and activity_id = ${activityId} for update`)
  const [list] = rows
  if (!list || list.state === 'replaced' || list.state === 'undone') throw new Refused({ type: 'no-such-list' })
  if (list.forgotten) throw new Refused({ type: 'forgotten' })
}

/** What the former list did is from now on the deed of the new one: undoing it gives back what was there before both. */
async function replaceList(tx: Database, activityId: string, importId: string, former: string): Promise<void> {
  const { rows } = await tx.execute(sql`
    update activities.connection_import set state = 'replaced'
    where id = ${former} and activity_id = ${activityId} and state = 'applied' and id <> ${importId} returning id`)
  if (rows.length === 0) throw new Refused({ type: 'no-such-list' })
  await tx.execute(sql`
    update activities.connection_effect e set import_id = ${importId} where e.import_id = ${former} and not exists (
      select 1 from activities.connection_effect o where o.import_id = ${importId} and o.attendance_id = e.attendance_id)`)
  await tx.execute(sql`delete from activities.connection_effect where import_id = ${former}`)
}

/** One minimum holds for all the lists of an activity. */
async function inForce(tx: Database, ctx: AppContext, activityId: string, importId: string, rule: MinimumRule) {
  await tx
    .update(connectionImports)
    .set({ state: 'applied', appliedAt: ctx.now() })
    .where(eq(connectionImports.id, importId))
  const { minimumMinutes, minimumShare } = ruleColumns(rule)
  await tx.execute(sql`
    update activities.connection_import set minimum_minutes = ${minimumMinutes}, minimum_share = ${minimumShare}
    where activity_id = ${activityId} and state = 'applied'`)
}
