import { type JobHandler, onSchedule } from '#app/platform/jobs.server.ts'
import { forgetConnections } from './forget.server.ts'

export const connectionJobs: JobHandler[] = [
  onSchedule(
    'activities.forget-connections',
    'Effacer les noms des listes de connexion',
    '40 3 * * *',
    forgetConnections,
  ),
]
