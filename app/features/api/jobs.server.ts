import { activityCancelled, activityChanged, activityPublished } from '#app/features/activities/index.server.ts'
import {
  organisationsMerged,
  organisationsUnmerged,
  peopleMerged,
  peopleUnmerged,
} from '#app/features/directory/index.server.ts'
import { type JobHandler, onEvent, onJob, onSchedule } from '#app/platform/jobs.server.ts'
import type { EventType } from '#app/platform/outbox.server.ts'
import { deliver, deliverJob, purgeApi, tellWebhooks } from './webhooks/deliver.server.ts'

/** The ids of an event and nothing else: whoever is told reads the rest with a key, and sees what that key may see. */
const told = <P extends Record<string, unknown>>(type: EventType<P>): JobHandler =>
  onEvent(type, 'webhooks', 'Prévenir les autres programmes', (ctx, payload) => tellWebhooks(ctx, type.name, payload))

export const apiJobs: JobHandler[] = [
  told(activityPublished),
  told(activityChanged),
  told(activityCancelled),
  told(peopleMerged),
  told(peopleUnmerged),
  told(organisationsMerged),
  told(organisationsUnmerged),
  onJob(deliverJob, (ctx, { deliveryId }) => deliver(ctx, deliveryId), { lane: 'outside' }),
  onSchedule('api.purge', 'Effacer les réponses et les rappels anciens', '40 3 * * *', purgeApi),
]
