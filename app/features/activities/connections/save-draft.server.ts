import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type BadDecision, type Decision, saveDraft } from './decide.server.ts'
import type { MinimumRule } from './durations.ts'
import { heldActivity, type HoldError } from './held-activity.server.ts'
import { ruleColumns } from './rule.server.ts'

export type SaveDraftError = HoldError | { type: 'no-such-list' } | { type: 'not-a-draft' } | BadDecision

interface DraftInput {
  activityId: string
  importId: string
  rule: MinimumRule
  decisions: ReadonlyMap<string, Decision>
}

/** Keeps the minimum and the decisions of a list that one goes on settling later; nothing is ticked. */
export function saveConnectionDraft(
  ctx: AppContext,
  { activityId, importId, rule, decisions }: DraftInput,
): Promise<Result<null, SaveDraftError>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, SaveDraftError>> => {
    const held = await heldActivity(tx, ctx, activityId)
    if (!held.ok) return held
    const { rows } = await tx.execute<{ state: string }>(sql`
      select state from activities.connection_import where id = ${importId} and activity_id = ${activityId} for update`)
    if (!rows[0]) return err({ type: 'no-such-list' })
    if (rows[0].state !== 'draft') return err({ type: 'not-a-draft' })
    const refused = await saveDraft(tx, importId, decisions)
    if (refused) return err(refused)
    const { minimumMinutes, minimumShare } = ruleColumns(rule)
    await tx.execute(sql`
      update activities.connection_import set minimum_minutes = ${minimumMinutes}, minimum_share = ${minimumShare} where id = ${importId}`)
    return ok(null)
  })
}
