import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { emit } from '#app/platform/outbox.server.ts'
import { err, ok } from '#app/platform/result.ts'
import { activityPublished } from '../events.ts'
import { mayPublishActivities } from '../policy.ts'
import { editActivity, type EditError, type EditTarget } from './editing.server.ts'

export type PublishActivityError = EditError | { type: 'no-session' } | { type: 'not-a-draft' }

/** From now on its address never changes, it stands in the agenda if it is public, and it counts in the year. */
export const publishActivity = (ctx: AppContext, target: EditTarget) =>
  editActivity<Exclude<PublishActivityError, EditError>>(
    ctx,
    target,
    async (tx, activity) => {
      if (activity.status !== 'draft') return err({ type: 'not-a-draft' })
      if (!activity.startsAt) return err({ type: 'no-session' })
      await emit(tx, ctx, activityPublished, { activityId: activity.id })
      const set = { status: 'published' as const, publishedAt: activity.publishedAt ?? ctx.now() }
      return ok({ action: 'activities.published', fields: { status: ['draft', 'published'] }, set })
    },
    mayPublishActivities,
  )

export type UnpublishActivityError = EditError | { type: 'not-published' } | { type: 'has-people'; count: number }

/** Back to draft, only while nobody is registered: those who are get a cancellation, never a page that vanishes. */
export const unpublishActivity = (ctx: AppContext, target: EditTarget) =>
  editActivity<Exclude<UnpublishActivityError, EditError>>(
    ctx,
    target,
    async (tx, activity) => {
      if (activity.status !== 'published') return err({ type: 'not-published' })
      const count = await peopleOf(tx, activity.id)
      if (count > 0) return err({ type: 'has-people', count })
      const set = { status: 'draft' as const }
      return ok({ action: 'activities.unpublished', fields: { status: ['published', 'draft'] }, set })
    },
    mayPublishActivities,
  )

/** Whoever has a line there, withdrawn registrations apart. */
async function peopleOf(tx: Database, activityId: string): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from activities.attendance where activity_id = ${activityId} and status <> 'cancelled'`)
  return rows[0]!.count
}
