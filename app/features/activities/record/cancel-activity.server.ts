import type { AppContext } from '#app/platform/context.ts'
import { emit } from '#app/platform/outbox.server.ts'
import { err, ok } from '#app/platform/result.ts'
import { activityCancelled } from '../events.ts'
import { mayCancelActivities } from '../policy.ts'
import { editActivity, type EditError, type EditTarget } from './editing.server.ts'

export type CancelActivityError = EditError | { type: 'not-published' } | { type: 'no-reason' }

/** The page stays and says why; those who are registered are told. Nobody registers any more. */
export const cancelActivity = (ctx: AppContext, target: EditTarget, reason: string | null) =>
  editActivity<Exclude<CancelActivityError, EditError>>(
    ctx,
    target,
    async (tx, activity) => {
      if (activity.status !== 'published') return err({ type: 'not-published' })
      if (!reason) return err({ type: 'no-reason' })
      await emit(tx, ctx, activityCancelled, { activityId: activity.id })
      return ok({
        action: 'activities.cancelled',
        fields: { status: ['published', 'cancelled'], cancelledReason: [null, reason] },
        set: {
          status: 'cancelled',
          cancelledReason: reason,
          registrationOpen: false,
          calendarSequence: activity.calendarSequence + 1,
        },
      })
    },
    mayCancelActivities,
  )
