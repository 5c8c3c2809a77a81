import type { JobState } from '#app/platform/jobs/states.ts'

export const jobStateLabels: Record<JobState, string> = {
  waiting: 'En attente',
  running: 'En cours',
  failed: 'En échec',
  done: 'Terminées',
}

/** What an empty list means. */
export const emptySentences: Record<JobState, string> = {
  waiting: 'Aucune tâche n’attend.',
  running: 'Aucune tâche n’est en cours.',
  failed: 'Aucune tâche n’est en échec.',
  done: 'Aucune tâche ne s’est terminée ces sept derniers jours.',
}
