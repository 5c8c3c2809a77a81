import { and, eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { mayWriteActivities } from '../policy.ts'
import { activities } from '../schema.server.ts'

export type DeleteDraftError = { type: 'not-allowed' } | { type: 'not-found' } | { type: 'not-deletable' }

/** A draft made by mistake goes away; what was published, or has somebody’s line, stays for good. */
export async function deleteDraft(ctx: AppContext, activityId: string): Promise<Result<null, DeleteDraftError>> {
  if (!mayWriteActivities(ctx.actor)) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [activity] = await tx.select().from(activities).where(eq(activities.id, activityId)).for('update')
    if (!activity) return err({ type: 'not-found' })
    const [deleted] = await tx
      .delete(activities)
      .where(
        and(
          eq(activities.id, activityId),
          eq(activities.status, 'draft'),
          sql`${activities.publishedAt} is null`,
          sql`not exists (select from activities.attendance n where n.activity_id = ${activityId})`,
        ),
      )
      .returning({ id: activities.id })
    if (!deleted) return err({ type: 'not-deletable' })
    await recordChange(tx, ctx, {
      action: 'activities.draft-deleted',
      entity: 'activity',
      entityId: activityId,
      fields: { title: [activity.title, null] },
    })
    return ok(null)
  })
}
