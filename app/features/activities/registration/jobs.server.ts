import { type JobHandler, onEvent, onSchedule } from '#app/platform/jobs.server.ts'
import { activityCancelled, activityCapacityRaised, activityChanged } from '../events.ts'
import { moveUp } from './places.server.ts'
import { sendReminders, sendRemoteLinks } from './reminders.server.ts'
import { moveUpEverywhere, tellEveryone } from './tell.server.ts'

export const registrationJobs: JobHandler[] = [
  onEvent(
    activityChanged,
    'tell-registrants',
    'Annoncer un changement aux personnes inscrites',
    (ctx, { activityId }) => tellEveryone(ctx, 'activity-changed', activityId),
  ),
  onEvent(
    activityCancelled,
    'tell-registrants',
    'Annoncer une annulation aux personnes inscrites',
    (ctx, { activityId }) => tellEveryone(ctx, 'activity-cancelled', activityId),
  ),
  onEvent(activityCapacityRaised, 'move-up', 'Faire monter la liste d’attente', async (ctx, { activityId }) => {
    await ctx.db.transaction((tx) => moveUp(tx, ctx, activityId))
  }),
  onSchedule('activities.reminders', 'Envoyer les rappels avant les activités', '*/15 * * * *', sendReminders),
  onSchedule(
    'activities.remote-links',
    'Renvoyer le lien de connexion une heure avant',
    '*/5 * * * *',
    sendRemoteLinks,
  ),
  onSchedule('activities.move-up', 'Donner les places libres aux listes d’attente', '*/15 * * * *', moveUpEverywhere),
]
