import { changedFields } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok } from '#app/platform/result.ts'
import { editActivity, type EditError, type EditTarget } from './editing.server.ts'

export type OverrideHalfDaysError = EditError | { type: 'no-reason' }

/** Replaces the computed half-days, with the reason that a reader of the figures will see; null gives the computed ones back. */
export const overrideHalfDays = (
  ctx: AppContext,
  target: EditTarget,
  { halfDays, reason }: { halfDays: number | null; reason: string | null },
) =>
  editActivity<Exclude<OverrideHalfDaysError, EditError>>(ctx, target, async (_, activity) => {
    if (halfDays !== null && !reason) return err({ type: 'no-reason' })
    const set = { halfDaysOverride: halfDays, halfDaysReason: halfDays === null ? null : reason }
    const fields = changedFields<Record<string, unknown>>(activity, set)
    return ok(Object.keys(fields).length === 0 ? null : { action: 'activities.half-days-set', fields, set })
  })
