/** What other programs can be told, with its French name. « essai » is sent by hand. */
export const webhookEvents = {
  'activities.published': 'Une activité est publiée',
  'activities.changed': 'La date, le lieu ou le format d’une activité publiée change',
  'activities.cancelled': 'Une activité est annulée',
  'directory.people-merged': 'Deux fiches de personne sont fusionnées',
  'directory.people-unmerged': 'Une fusion de personnes est défaite',
  'directory.organisations-merged': 'Deux organisations sont fusionnées',
  'directory.organisations-unmerged': 'Une fusion d’organisations est défaite',
} as const

export type WebhookEvent = keyof typeof webhookEvents
export const webhookEventNames = Object.keys(webhookEvents) as WebhookEvent[]

export const TRIAL = 'essai'

export const eventLabel = (event: string) =>
  event === TRIAL ? 'Essai' : (webhookEvents[event as WebhookEvent] ?? 'Événement d’une autre version')
