/** Words on purposes that the browser needs too. */
export type DurationUnit = 'day' | 'month'
export type DurationStart = 'last-action' | 'activity-end' | 'written' | 'none'

export const startLabels: Record<DurationStart, string> = {
  'last-action': 'après la dernière démarche de la personne',
  'activity-end': 'après la fin de l’activité',
  written: 'après l’envoi',
  none: 'sans durée fixe',
}

/** The acts of a person that can be said to count, as a form offers them; the day they entered the directory always does. */
export const countableActions = {
  registration: 'une inscription',
  presence: 'une présence ou une intervention',
  link: 'un geste depuis son lien personnel',
  consent: 'un accord ou un refus',
  'sign-in': 'une connexion au bureau',
} as const
export type CountableAction = keyof typeof countableActions

interface Kept {
  duration: number | null
  durationUnit: DurationUnit | null
  starts: DurationStart
  counts: readonly string[]
  howLong: string
}

/** « 3 ans après la dernière démarche de la personne (une inscription, une présence…). » */
export function howLongText({ duration, durationUnit, starts, counts, howLong }: Kept): string {
  if (duration === null || starts === 'none') return howLong
  const acts = Object.entries(countableActions).flatMap(([key, label]) => (counts.includes(key) ? [label] : []))
  const counted = starts === 'last-action' && acts.length > 0 ? ` (${acts.join(', ')})` : ''
  const sentence = `${spanText(duration, durationUnit)} ${startLabels[starts]}${counted}.`
  return howLong ? `${sentence} ${howLong}` : sentence
}

/** « 3 ans », « 18 mois », « 30 jours » */
export function spanText(duration: number, unit: DurationUnit | null): string {
  if (unit === 'month' && duration % 12 === 0) return duration === 12 ? '1 an' : `${duration / 12} ans`
  return unit === 'month' ? `${duration} mois` : duration === 1 ? '1 jour' : `${duration} jours`
}
