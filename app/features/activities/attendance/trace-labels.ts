import {
  type AttendanceMode,
  attendanceModeLabels,
  type AttendanceStatus,
  attendanceStatusLabels,
  connectionActionLabels,
} from '../labels.ts'

/** What the audit trail calls what happened to a list. */
export const attendanceActionLabels: Record<string, string> = {
  'attendance.marked': 'Pointage',
  'attendance.undone': 'Pointage annulé',
  'attendance.walk-in-added': 'Ajout sans inscription',
  'attendance.walk-in-removed': 'Personne ajoutée par erreur, retirée',
  'attendance.corrected': 'Situation corrigée',
  'attendance.unidentified-set': 'Personnes non identifiées',
  ...connectionActionLabels,
  'attendance.checked-in': 'Entrée pointée à l’accueil',
  'attendance.door-link-made': 'Accueil confié par un lien',
  'attendance.door-link-revoked': 'Lien d’accueil retiré',
}

export const attendanceFieldLabels: Record<string, string> = {
  status: 'Présence',
  mode: 'Mode',
  profileId: 'Profil',
  function: 'Fonction',
  organisationId: 'Organisation',
  organisationName: 'Organisation',
  departementId: 'Département',
  unidentifiedCount: 'Personnes non identifiées',
  unidentifiedBasis: 'Comptées ou estimées',
  personId: 'Personne',
  connectedMinutes: 'Minutes de connexion',
}

/** The French word of a value kept by the trail. */
export function attendanceValue(field: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (field === 'status') return attendanceStatusLabels[value as AttendanceStatus] ?? null
  if (field === 'mode') return attendanceModeLabels[value as AttendanceMode] ?? null
  if (field === 'unidentifiedBasis') return value === 'counted' ? 'comptées' : 'estimées'
  return String(value)
}
