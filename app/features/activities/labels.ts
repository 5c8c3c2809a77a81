import type { audiences, followUpStatuses } from './follow-up/schema.server.ts'
import type {
  activityRoles,
  activityStatuses,
  attendanceModes,
  attendanceSources,
  attendanceStatuses,
  connectionDecisions,
  connectionStates,
  connectionTools,
  connectionVerdicts,
  modes,
  questionKinds,
  scales,
  seriesKinds,
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
export type ConnectionTool = (typeof connectionTools)[number]
export type ConnectionState = (typeof connectionStates)[number]
export type ConnectionVerdict = (typeof connectionVerdicts)[number]
export type ConnectionDecision = (typeof connectionDecisions)[number]
export type QuestionKind = (typeof questionKinds)[number]
export type Audience = (typeof audiences)[number]
export type FollowUpStatus = (typeof followUpStatuses)[number]
export type SeriesKind = (typeof seriesKinds)[number]

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

export const connectionToolLabels: Record<ConnectionTool, string> = {
  zoom: 'Zoom',
  teams: 'Teams',
  bigbluebutton: 'BigBlueButton',
  jitsi: 'Jitsi',
  livestorm: 'Livestorm',
  other: 'Autre outil',
}

export const connectionStateLabels: Record<ConnectionState, string> = {
  draft: 'À valider',
  applied: 'Validée',
  replaced: 'Remplacée',
  undone: 'Annulée',
}

export const connectionStateTones: Record<ConnectionState, StateTone> = {
  draft: 'warn',
  applied: 'good',
  replaced: 'neutral',
  undone: 'neutral',
}

export const questionKindLabels: Record<QuestionKind, string> = {
  text: 'Réponse courte',
  'long-text': 'Réponse longue',
  choice: 'Un choix parmi plusieurs',
  choices: 'Plusieurs choix possibles',
  'yes-no': 'Oui ou non',
}

export const audienceLabels: Record<Audience, string> = {
  present: 'Personnes présentes',
  absent: 'Personnes absentes',
  excused: 'Personnes excusées',
}

export const seriesKindLabels: Record<SeriesKind, string> = {
  cycle: 'Cycle de formation',
  suite: 'Suite d’activités',
}

/** { value, label } for a <Select>, in the order of the labels. */
export const optionsOf = <Code extends string>(labels: Record<Code, string>): { value: Code; label: string }[] =>
  (Object.keys(labels) as Code[]).map((value) => ({ value, label: labels[value] }))

/** What connection lists leave in the audit trail. */
export const connectionActionLabels: Record<string, string> = {
  'attendance.connections-read': 'Liste de connexion lue',
  'attendance.connections-applied': 'Liste de connexion validée',
  'attendance.connections-undone': 'Liste de connexion annulée',
  'attendance.connections-dropped': 'Liste de connexion écartée',
  'attendance.connected': 'Pointage par une liste de connexion',
  'attendance.connection-undone': 'Pointage par une liste de connexion annulé',
  'attendance.connection-removed': 'Personne ajoutée par une liste de connexion, retirée',
}

/** What the audit trail calls what happened to an activity (attendance/trace-labels.ts has its own). */
export const activityActionLabels: Record<string, string> = {
  'activities.created': 'Activité créée',
  'attendance.imported': 'Présence reprise d’un fichier',
  'activities.duplicated': 'Activité créée par copie',
  'activities.updated': 'Fiche modifiée',
  'activities.published': 'Activité publiée',
  'activities.unpublished': 'Activité repassée en brouillon',
  'activities.cancelled': 'Activité annulée',
  'activities.draft-deleted': 'Brouillon supprimé',
  'activities.half-days-set': 'Demi-journées remplacées',
  'activities.programme-set': 'Programme modifié',
  'activities.questions-set': 'Questions modifiées',
  'activities.document-added': 'Document ajouté',
  'activities.document-removed': 'Document retiré',
  'activities.document-shown': 'Document rendu public',
  'activities.document-hidden': 'Document réservé à l’équipe',
  'activities.series-created': 'Série créée',
  'activities.series-updated': 'Série modifiée',
  'activities.follow-up-saved': 'Message après l’activité préparé',
  'activities.follow-up-sent': 'Message envoyé après l’activité',
  'activities.follow-up-refused': 'Ne veut plus de message après les activités',
  'activities.follow-up-accepted': 'Accepte les messages après les activités',
  'activities.shares-cleared': 'Partage entre organisateurs défait',
  'activities.shares-exported': 'Liste des activités co-organisées exportée',
  'activities.shares-set': 'Parts des co-organisateurs modifiées',
  'activities.assiduity-exported': 'Tableau d’assiduité exporté',
  'activities.registration-made': 'Inscription',
  'activities.registration-changed': 'Inscription modifiée',
  'activities.registration-cancelled': 'Inscription annulée',
  'activities.registration-moved-up': 'Place obtenue depuis la liste d’attente',
  'activities.registration-settings-set': 'Réglages des inscriptions modifiés',
  'activities.registrations-exported': 'Liste des inscriptions exportée',
  'certificates.issued': 'Attestation établie',
  'certificates.all-issued': 'Attestations établies',
  'certificates.all-sent': 'Attestations établies et envoyées',
}

/** The fields of an activity, in its forms and its history. */
export const activityFieldLabels: Record<string, string> = {
  title: 'Titre',
  kindId: 'Type',
  mode: 'Format',
  role: 'Rôle du centre',
  scale: 'Échelle',
  status: 'État',
  visibility: 'Visibilité',
  mainThemeId: 'Thème principal',
  themes: 'Autres thèmes',
  themeIds: 'Autres thèmes',
  territories: 'Territoires concernés',
  territoryIds: 'Territoires concernés',
  territoryName: 'Territoire à ajouter',
  partners: 'Partenaires',
  sessions: 'Séances',
  day: 'Date',
  start: 'Début',
  end: 'Fin',
  endDay: 'Dernier jour',
  place: 'Lieu',
  address: 'Adresse',
  departementId: 'Département',
  remoteLink: 'Lien de connexion',
  summary: 'Résumé',
  description: 'Présentation',
  seriesId: 'Série',
  leadPersonId: 'Responsable',
  registrationOpen: 'Inscriptions ouvertes',
  registrationClosesAt: 'Clôture des inscriptions',
  capacityOnsite: 'Places sur place',
  capacityRemote: 'Places à distance',
  waitingList: 'Liste d’attente',
  askAccessibility: 'Demander les besoins d’accessibilité',
  askPhotos: 'Demander l’accord pour les photos',
  cancelledReason: 'Motif de l’annulation',
  halfDaysOverride: 'Demi-journées',
  halfDaysReason: 'Motif du remplacement',
  programme: 'Programme',
  speakers: 'Intervenants',
  questions: 'Questions',
  document: 'Document',
  source: 'Copie de',
  unidentifiedCount: 'Personnes non identifiées',
  unidentifiedBasis: 'Comptées ou estimées',
  connections: 'Connexions',
  tool: 'Outil',
  present: 'Présences',
  connectedMinutes: 'Minutes de connexion',
  kind: 'Nature',
  objectives: 'Objectifs',
  audience: 'Public',
  recipients: 'Destinataires',
  shares: 'Parts',
  commonId: 'Identifiant commun',
  reporterId: 'Déclare les participants',
  profileIds: 'Profils visés',
  requiredShare: 'Assiduité demandée',
  plannedMinutes: 'Durée prévue',
  onsiteNote: 'Pour venir',
  remoteNote: 'Pour se connecter',
  remoteTestLink: 'Lien d’essai',
}

export { cellHref, figureHref } from './figures/hrefs.ts'
