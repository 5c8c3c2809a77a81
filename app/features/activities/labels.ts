import type {
  activityRoles,
  activityStatuses,
  attendanceModes,
  attendanceSources,
  attendanceStatuses,
  modes,
  questionKinds,
  scales,
  visibilities,
} from './schema.server.ts'

/** Tones of <StateTag>. */
export type StateTone = 'good' | 'warn' | 'bad' | 'info' | 'neutral'

/** French words of this feature, shared with the browser: types only come from the schema. */
export type Mode = (typeof modes)[number]
export type ActivityRole = (typeof activityRoles)[number]
export type Scale = (typeof scales)[number]
export type ActivityStatus = (typeof activityStatuses)[number]
export type Visibility = (typeof visibilities)[number]
export type AttendanceStatus = (typeof attendanceStatuses)[number]
export type AttendanceMode = (typeof attendanceModes)[number]
export type AttendanceSource = (typeof attendanceSources)[number]
export type QuestionKind = (typeof questionKinds)[number]

export const modeLabels: Record<Mode, string> = {
  presentiel: 'Présentiel',
  distanciel: 'Distanciel',
  hybride: 'Hybride',
}

/** What the centre was in it. */
export const roleLabels: Record<ActivityRole, string> = {
  organisateur: 'Organisateur',
  'co-organisateur': 'Co-organisateur',
  partenaire: 'Partenaire',
  intervenant: 'Intervenant',
  participant: 'Participant',
}

export const scaleLabels: Record<Scale, string> = {
  national: 'Nationale',
  regional: 'Régionale',
  departemental: 'Départementale',
  local: 'Locale',
}

export const statusLabels: Record<ActivityStatus, string> = {
  draft: 'Brouillon',
  published: 'Publiée',
  cancelled: 'Annulée',
}

export const statusTones: Record<ActivityStatus, StateTone> = {
  draft: 'neutral',
  published: 'good',
  cancelled: 'bad',
}

export const visibilityLabels: Record<Visibility, string> = {
  public: 'Dans l’agenda public',
  unlisted: 'Page accessible par son adresse seulement',
  internal: 'Interne, sans page publique',
}

export const attendanceStatusLabels: Record<AttendanceStatus, string> = {
  registered: 'Inscrit·e',
  waitlisted: 'En liste d’attente',
  present: 'Présent·e',
  excused: 'Excusé·e',
  absent: 'Absent·e',
  cancelled: 'Inscription annulée',
}

export const attendanceStatusTones: Record<AttendanceStatus, StateTone> = {
  registered: 'info',
  waitlisted: 'warn',
  present: 'good',
  excused: 'neutral',
  absent: 'bad',
  cancelled: 'neutral',
}

export const attendanceModeLabels: Record<AttendanceMode, string> = {
  onsite: 'Sur place',
  remote: 'À distance',
}

export const attendanceSourceLabels: Record<AttendanceSource, string> = {
  registration: 'Inscription',
  'walk-in': 'Venue sans inscription',
  sheet: 'Feuille d’émargement',
  'connection-list': 'Liste de connexion',
  import: 'Import',
}

export const questionKindLabels: Record<QuestionKind, string> = {
  text: 'Réponse courte',
  'long-text': 'Réponse longue',
  choice: 'Un choix parmi plusieurs',
  choices: 'Plusieurs choix possibles',
  'yes-no': 'Oui ou non',
}

/** { value, label } for a <Select>, in the order of the labels. */
export const optionsOf = <Code extends string>(labels: Record<Code, string>): { value: Code; label: string }[] =>
  (Object.keys(labels) as Code[]).map((value) => ({ value, label: labels[value] }))
