import { accountChangeLabels, accountFieldLabels, mailPurposeLabels } from '#app/features/accounts/labels.ts'
import {
  activityActionLabels,
  activityFieldLabels,
  attendanceModeLabels,
  attendanceStatusLabels,
  audienceLabels,
  connectionActionLabels,
  modeLabels,
  roleLabels as activityRoleLabels,
  scaleLabels,
  seriesKindLabels,
  statusLabels,
  visibilityLabels,
} from '#app/features/activities/labels.ts'
import {
  consentHowLabels,
  directoryActionLabels,
  fieldLabels as directoryFieldLabels,
  sourceLabels,
} from '#app/features/directory/labels.ts'
import { roleLabels } from '#app/platform/permissions.ts'
import { perimeterLabels } from './vocabularies/vocabularies.ts'

/** Everything the audit trail may say, in French: each feature gives its own words, the house adds the rest. */
export const actionLabels: Record<string, string> = {
  ...accountChangeLabels,
  ...activityActionLabels,
  ...connectionActionLabels,
  ...directoryActionLabels,
  'attendance.marked': 'Pointage',
  'attendance.undone': 'Pointage annulé',
  'attendance.walk-in-added': 'Ajout sans inscription',
  'attendance.walk-in-removed': 'Ajout par erreur retiré',
  'attendance.corrected': 'Situation corrigée',
  'attendance.unidentified-set': 'Personnes non identifiées comptées',
  'house.centre-updated': 'Réglages modifiés',
  'house.term-added': 'Terme ajouté',
  'house.term-updated': 'Terme modifié',
  'house.term-moved': 'Terme déplacé',
  'house.term-retired': 'Terme retiré',
  'house.term-restored': 'Terme rétabli',
  'house.term-deleted': 'Terme effacé',
  'house.mail-resent': 'Message renvoyé',
  'house.job-rerun': 'Tâche relancée',
  'house.trail-exported': 'Journal exporté',
  'house.mails-exported': 'Liste des envois exportée',
  'privacy.person-erased': 'Personne effacée',
  'privacy.people-erased': 'Personnes effacées',
  'privacy.person-kept': 'Fiche gardée plus longtemps',
  'privacy.person-not-kept': 'Fiche rendue à la durée habituelle',
  'privacy.data-exported': 'Données d’une personne exportées',
  'privacy.data-read-by-person': 'Données lues par la personne',
  'privacy.request-received': 'Demande sur des données reçue',
  'privacy.request-noted': 'Demande sur des données notée',
  'privacy.request-closed': 'Demande sur des données close',
  'privacy.request-extended': 'Délai d’une demande prolongé',
  'privacy.purpose-updated': 'Finalité ou durée modifiée',
  'privacy.review-exported': 'Liste des personnes à effacer exportée',
  'privacy.register-exported': 'Registre des traitements exporté',
  'privacy.needs-erased': 'Besoins d’accessibilité effacés',
  'api.token-made': 'Clé faite pour un programme',
  'api.token-revoked': 'Clé d’un programme retirée',
  'api.webhook-added': 'Rappel ajouté',
  'api.webhook-paused': 'Rappel mis en pause',
  'api.webhook-resumed': 'Rappel repris',
  'api.webhook-stopped': 'Rappel arrêté : rien n’arrivait',
  'api.webhook-removed': 'Rappel ôté',
  'demo.loaded': 'Année de démonstration chargée',
}

export const actionLabel = (action: string) => actionLabels[action] ?? 'Autre changement'

export const entityLabels: Record<string, string> = {
  activity: 'Activité',
  attendance: 'Participation',
  certificate: 'Attestation',
  series: 'Série',
  person: 'Personne',
  organisation: 'Organisation',
  territory: 'Territoire',
  user: 'Compte',
  centre: 'Le centre',
  term: 'Vocabulaire',
  mail: 'Message',
  job: 'Tâche',
  export: 'Export',
  import: 'Import',
  request: 'Demande sur des données',
  erasure: 'Effacement',
  purpose: 'Finalité',
  'api-token': 'Clé d’un programme',
  webhook: 'Rappel',
  setting: 'Réglage',
  affiliation: 'Situation',
  consent: 'Consentement',
  house: 'La maison',
}

export const entityLabel = (entity: string) => entityLabels[entity] ?? 'Autre fiche'

/** The page of a record, where there is one. */
export function entityHref(entity: string, id: string): string | null {
  switch (entity) {
    case 'activity':
      return `/bureau/activites/${id}`
    case 'series':
      return `/bureau/series/${id}`
    case 'person':
      return `/bureau/personnes/${id}`
    case 'organisation':
      return `/bureau/organisations/${id}`
    case 'user':
      return `/bureau/equipe/${id}`
    case 'import':
      return `/bureau/imports/${id}`
    case 'centre':
      return '/bureau/reglages'
    case 'term':
      return `/bureau/vocabulaires/${id.split(':')[0]}`
    case 'mail':
      return `/bureau/envois/${id}`
    case 'request':
      return `/bureau/donnees-personnelles/demandes/${id}`
    case 'webhook':
      return `/bureau/acces/rappels/${id}`
    case 'purpose':
      return `/bureau/donnees-personnelles/finalites/${id}`
    default:
      return null
  }
}

const fieldLabels: Record<string, string> = {
  ...directoryFieldLabels,
  ...activityFieldLabels,
  ...accountFieldLabels,
  organisationId: 'Organisation',
  organisationName: 'Organisation',
  personId: 'Personne',
  label: 'Nom',
  parentId: 'Famille',
  attributes: 'Se compte dans',
  retiredAt: 'Retiré le',
  position: 'Place',
  presentation: 'Présentation',
  dataController: 'Responsable des données',
  hueBrand: 'Première teinte',
  hueSecond: 'Seconde teinte',
  departements: 'Départements',
  reminderHours: 'Rappel (heures avant)',
  subject: 'Objet',
  lines: 'Lignes',
  scopes: 'Droits',
  events: 'Événements',
  url: 'Adresse',
  name: 'Nom',
}

/** The same field may have another name on another record: its own feature's comes first. */
const ownLabels: Record<string, Record<string, string>> = {
  activity: activityFieldLabels,
  series: activityFieldLabels,
  person: directoryFieldLabels,
  organisation: directoryFieldLabels,
  user: accountFieldLabels,
}

export function fieldLabel(entity: string, field: string): string {
  if (entity === 'centre' && field === 'name') return 'Nom du centre'
  if (entity === 'term' && field === 'place') return 'Place dans la liste'
  if (entity === 'attendance' && field === 'status') return 'Présence'
  return ownLabels[entity]?.[field] ?? fieldLabels[field] ?? 'Autre champ'
}

const codes: Record<string, Record<string, string>> = {
  'activity.status': statusLabels,
  'activity.visibility': visibilityLabels,
  'activity.role': activityRoleLabels,
  'activity.scale': scaleLabels,
  'activity.mode': modeLabels,
  'activity.unidentifiedBasis': { counted: 'comptées', estimated: 'estimées' },
  'activity.audience': audienceLabels,
  'series.kind': seriesKindLabels,
  'series.visibility': visibilityLabels,
  'attendance.status': attendanceStatusLabels,
  'attendance.mode': attendanceModeLabels,
  'person.how': consentHowLabels,
  'person.source': { ...sourceLabels, 'set-up': 'Installation', invitation: 'Invitation dans l’équipe' },
  'organisation.source': sourceLabels,
  'user.role': roleLabels,
  'term.perimeter': perimeterLabels,
}

/** The French word of a code kept by the trail; null when the value is not a code. */
export function codeLabel(entity: string, field: string, value: string): string | null {
  const known = codes[`${entity}.${field}`]
  return known ? (known[value] ?? 'autre') : null
}

export const purposeLabels: Record<string, string> = {
  ...mailPurposeLabels,
  'registration-confirmed': 'Confirmation d’inscription',
  'registration-waitlisted': 'Mise en liste d’attente',
  'registration-again': 'Inscription demandée deux fois',
  'registration-moved-up': 'Place obtenue depuis la liste d’attente',
  'registration-updated': 'Inscription modifiée',
  'registration-reminder': 'Rappel avant une activité',
  'registration-link-soon': 'Lien de connexion, une heure avant',
  'registration-cycle': 'Inscription à un cycle',
  'registration-cycle-left': 'Désinscription d’un cycle',
  'follow-up': 'Message après une activité',
  'registration-activity-changed': 'Changement dans une activité',
  'registration-activity-cancelled': 'Annulation d’une activité',
  'registration-own-cancellation': 'Désinscription',
  certificate: 'Attestation de présence',
  'privacy-erased': 'Effacement confirmé à la personne',
  'privacy-own-data': 'Lien vers ses données personnelles',
  'privacy-review': 'Personnes à effacer et demandes en attente',
  'privacy-request-received': 'Demande sur les données reçue',
  'privacy-request-closed': 'Réponse à une demande sur les données',
}

export const purposeLabel = (purpose: string) => purposeLabels[purpose] ?? 'Autre message'

export type MailStatus = 'waiting' | 'sent' | 'kept' | 'failed'

export const mailStatusLabels: Record<MailStatus, string> = {
  waiting: 'En attente',
  sent: 'Parti',
  kept: 'Gardé ici',
  failed: 'Pas parti',
}

export const mailStatusTones = { waiting: 'info', sent: 'good', kept: 'neutral', failed: 'bad' } as const
