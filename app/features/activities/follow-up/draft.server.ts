import { and, eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { Audience } from '../labels.ts'
import { mayWriteActivities } from '../policy.ts'
import { commonOf, fieldsFor, type Written } from './compose.server.ts'
import { type MergeProblem, parseMerge } from './merge-fields.ts'
import { followUps } from './schema.server.ts'

export type SaveFollowUpError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'bad-fields'; field: 'subject' | 'body'; problems: MergeProblem[] }
  | { type: 'unknown-document' }
  | { type: 'documents-not-named' }

export type FollowUp = typeof followUps.$inferSelect

/** Keeps what is being written to those people; answers go to the person in charge of the activity. */
export async function saveFollowUp(
  ctx: AppContext,
  activityId: string,
  written: Written,
): Promise<Result<FollowUp, SaveFollowUpError>> {
  if (!mayWriteActivities(ctx.actor)) return err({ type: 'not-allowed' })
  const refused = refusalOf(written)
  if (refused) return err(refused)
  return ctx.db.transaction(async (tx) => {
    const common = await commonOf(tx, ctx, activityId, written)
    if (!common) return err({ type: 'not-found' })
    if (!(await documentsExist(tx, activityId, written.documentIds))) return err({ type: 'unknown-document' })
    const values = { ...written, documentIds: [...written.documentIds], replyTo: common.leadEmail }
    const stamp = { updatedAt: ctx.now(), updatedBy: ctx.actor.label }
    const [saved] = await tx
      .insert(followUps)
      .values({ activityId, ...values, ...stamp })
      .onConflictDoUpdate({
        target: [followUps.activityId, followUps.audience],
        targetWhere: sql`status = 'draft'`,
        set: { ...values, ...stamp },
      })
      .returning()
    const entity = { entity: 'activity', entityId: activityId }
    await recordChange(tx, ctx, {
      ...entity,
      action: 'activities.follow-up-saved',
      fields: { audience: [null, written.audience] },
    })
    return ok(saved!)
  })
}

function refusalOf(written: Written): SaveFollowUpError | null {
  const allowed = fieldsFor(written.audience)
  for (const field of ['subject', 'body'] as const) {
    const read = parseMerge(written[field], allowed)
    if (!read.ok) return { type: 'bad-fields', field, problems: read.error }
  }
  const body = parseMerge(written.body, allowed)
  const named = body.ok && body.value.some((piece) => 'field' in piece && piece.field === 'documents')
  return written.documentIds.length > 0 && !named ? { type: 'documents-not-named' } : null
}

async function documentsExist(tx: AppContext['db'], activityId: string, ids: readonly string[]): Promise<boolean> {
  const { rows } = await tx.execute<{ found: number }>(sql`
    select count(*)::int as found from activities.document where activity_id = ${activityId} and id = any(${sql.param([...ids])}::uuid[])`)
  return rows[0]!.found === new Set(ids).size
}

export async function draftOf(ctx: AppContext, activityId: string, audience: Audience): Promise<FollowUp | null> {
  const mine = and(
    eq(followUps.activityId, activityId),
    eq(followUps.audience, audience),
    eq(followUps.status, 'draft'),
  )
  const [draft] = await ctx.db.select().from(followUps).where(mine)
  return draft ?? null
}
