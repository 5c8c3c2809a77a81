import { z } from 'zod'
import { changedFields } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { fields } from '#app/platform/forms.server.ts'
import { emit } from '#app/platform/outbox.server.ts'
import { err, ok } from '#app/platform/result.ts'
import { activityCapacityRaised } from '../../events.ts'
import { editActivity } from '../../record/editing.server.ts'
import { optionalInstant } from '../../record/fields.server.ts'

const places = () => fields.optionalInteger(1, 100_000)

export const registrationSettings = z.object({
  registrationOpen: fields.tick(),
  registrationClosesAt: optionalInstant(),
  capacityOnsite: places(),
  capacityRemote: places(),
  waitingList: fields.tick(),
  askAccessibility: fields.tick(),
  askPhotos: fields.tick(),
})

export type RegistrationSettings = z.output<typeof registrationSettings>

/** Opens, closes, sets the places. More places go to those who wait, in a moment (see jobs.server.ts); fewer take none back. */
export const setRegistration = (ctx: AppContext, activityId: string, input: RegistrationSettings) =>
  editActivity<{ type: 'cancelled' }>(ctx, { activityId, version: null }, async (tx, activity) => {
    if (activity.status === 'cancelled') return err({ type: 'cancelled' })
    const changed = changedFields<Record<string, unknown>>(activity, input)
    if (Object.keys(changed).length === 0) return ok(null)
    if ('capacityOnsite' in changed || 'capacityRemote' in changed)
      await emit(tx, ctx, activityCapacityRaised, { activityId })
    return ok({ action: 'activities.registration-settings-set', fields: changed, set: input })
  })
