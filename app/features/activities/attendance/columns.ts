import type { Column } from '#app/ui/table.ts'
import { attendanceModeLabels, attendanceSourceLabels, attendanceStatusLabels } from '../labels.ts'
import type { SheetRow } from './sheet.server.ts'

/** The list as a file. */
export const attendanceColumns: Column<SheetRow>[] = [
  { key: 'nom', label: 'Nom', value: (row) => row.familyName },
  { key: 'prenom', label: 'Prénom', value: (row) => row.givenName },
  { key: 'courriel', label: 'Adresse électronique', value: (row) => row.email },
  { key: 'fonction', label: 'Fonction', value: (row) => row.function },
  { key: 'organisation', label: 'Organisation', value: (row) => row.organisation },
  { key: 'profil', label: 'Profil', value: (row) => row.profile },
  { key: 'departement', label: 'Département', value: (row) => row.departement },
  { key: 'presence', label: 'Présence', value: (row) => attendanceStatusLabels[row.status] },
  { key: 'mode', label: 'Mode', value: (row) => attendanceModeLabels[row.mode] },
  { key: 'connexion', label: 'Minutes de connexion', value: (row) => row.connectedMinutes, kind: 'number' },
  { key: 'origine', label: 'Origine', value: (row) => attendanceSourceLabels[row.source] },
]
