import { eventType } from '#app/platform/outbox.server.ts'

/** What can change for those who are registered. */
export type ActivityChange = 'dates' | 'place' | 'mode'

export const activityPublished = eventType<{ activityId: string }>('activities.published', 'Activité publiée')

/** Said of a published activity only; `what` is never empty. calendar_sequence has grown by one in the same transaction. */
export const activityChanged = eventType<{ activityId: string; what: ActivityChange[] }>(
  'activities.changed',
  'Date, lieu ou format d’une activité modifiés',
)

export const activityCancelled = eventType<{ activityId: string }>('activities.cancelled', 'Activité annulée')

/** Places were added or limits lifted: the waiting list may move up. */
export const activityCapacityRaised = eventType<{ activityId: string }>(
  'activities.capacity-raised',
  'Places ajoutées à une activité',
)
