import type { consentPurposes } from './schema.server.ts'

export type ConsentPurpose = (typeof consentPurposes)[number]

/** What one may agree to, as the office names it. */
export const consentLabels: Record<ConsentPurpose, string> = {
  newsletter: 'Lettre d’information',
  invitations: 'Invitations aux activités',
  photos: 'Photos et captations',
}

/** How an answer was given. */
export const consentHowLabels = {
  registration: 'Formulaire d’inscription',
  form: 'Formulaire en ligne',
  paper: 'Sur papier',
  phone: 'Par téléphone',
  email: 'Par courriel',
  meeting: 'De vive voix',
  import: 'Reprise de données',
} as const
export type ConsentHow = keyof typeof consentHowLabels

export const consentHowLabel = (how: string): string => consentHowLabels[how as ConsentHow] ?? how

/** The sentence offered when the team writes an answer down; it can be changed. */
export const consentWordings: Record<ConsentPurpose, string> = {
  newsletter: 'J’accepte de recevoir la lettre d’information par courriel.',
  invitations: 'J’accepte d’être invité·e par courriel aux prochaines activités.',
  photos: 'J’accepte d’être pris·e en photo ou filmé·e pendant les activités.',
}

/** What the audit trail calls what happened. */
export const directoryActionLabels: Record<string, string> = {
  'directory.person-added': 'Personne ajoutée',
  'directory.person-updated': 'Fiche modifiée',
  'directory.situation-noted': 'Situation notée',
  'directory.situation-added': 'Situation ajoutée',
  'directory.situation-updated': 'Situation modifiée',
  'directory.situation-removed': 'Situation retirée',
  'directory.consents-recorded': 'Consentement enregistré',
  'directory.people-merged': 'Fiches fusionnées',
  'directory.people-unmerged': 'Fusion défaite',
  'directory.organisations-merged': 'Fiches fusionnées',
  'directory.organisations-unmerged': 'Fusion défaite',
  'directory.told-apart': 'Dites différentes',
  'directory.proposed-again': 'De nouveau proposées à la fusion',
  'directory.organisation-added': 'Organisation ajoutée',
  'directory.organisation-updated': 'Fiche modifiée',
  'directory.card-exported': 'Fiche exportée pour un carnet d’adresses',
  'directory.people-exported': 'Liste des personnes exportée',
  'directory.organisations-exported': 'Liste des organisations exportée',
  'directory.import-started': 'Fichier envoyé pour être repris',
  'directory.import-confirmed': 'Import confirmé',
  'directory.import-done': 'Import terminé',
  'directory.import-abandoned': 'Import abandonné',
  'directory.import-undo-asked': 'Annulation d’import demandée',
  'directory.import-undone': 'Import annulé',
  'directory.import-taken-back': 'Retrait par l’annulation d’un import',
  'directory.import-rejects-exported': 'Rejets d’import exportés',
}

/** The fields of a record, in its forms and its history. */
export const fieldLabels: Record<string, string> = {
  givenName: 'Prénom',
  familyName: 'Nom',
  name: 'Nom',
  acronym: 'Sigle',
  email: 'Adresse électronique',
  phone: 'Téléphone',
  website: 'Site internet',
  departementId: 'Département',
  territoryId: 'Territoire',
  kindId: 'Type',
  siret: 'SIRET',
  note: 'Note',
  function: 'Fonction',
  profileId: 'Profil',
  organisation: 'Organisation',
  validFrom: 'Depuis le',
  validTo: 'Jusqu’au',
  merged: 'Fiche absorbée',
  mergedInto: 'Fiche gardée',
  other: 'Autre fiche',
  source: 'Origine',
  purpose: 'Objet',
  given: 'Réponse',
  how: 'Recueilli',
  wording: 'Phrase',
  rows: 'Lignes',
  filters: 'Filtres',
  format: 'Format',
  importKind: 'Contenu',
  size: 'Octets',
  create: 'Ajoutées',
  complete: 'Complétées',
  same: 'Inchangées',
  doubtful: 'Douteuses',
  rejected: 'Rejetées',
  ...consentLabels,
}

export const sourceLabels: Record<string, string> = {
  office: 'Saisie par l’équipe',
  registration: 'Inscription en ligne',
  'walk-in': 'Venue sans inscription',
  sheet: 'Feuille d’émargement',
  'connection-list': 'Liste de connexion',
  import: 'Reprise de données',
}
