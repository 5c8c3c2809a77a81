import { type Actor, can } from '#app/platform/context.ts'

/** Who may do what with the record of an activity: one line per action. */
export const mayReadActivities = (actor: Actor) => can(actor, 'activities:read')
export const mayWriteActivities = (actor: Actor) => can(actor, 'activities:write')
export const mayPublishActivities = (actor: Actor) => can(actor, 'activities:publish')
export const mayCancelActivities = (actor: Actor) => can(actor, 'activities:cancel')
