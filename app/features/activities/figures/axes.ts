import { monthNames } from '#app/ui/french.ts'
import { attendanceModeLabels, modeLabels, roleLabels, scaleLabels } from '../labels.ts'

/** « Non renseigné », as a key. */
export const NONE = '-'

/** What an activity is cut by. The key is its name in addresses. */
export const activityAxes = [
  'anct',
  'type',
  'mode',
  'role',
  'echelle',
  'theme',
  'departement',
  'perimetre',
  'mois',
  'serie',
  'calcul',
] as const
/** What a presence is cut by besides, at the date of the activity. */
export const presenceAxes = ['famille', 'profil', 'origine', 'presence'] as const

export type ActivityAxis = (typeof activityAxes)[number]
type PresenceAxis = (typeof presenceAxes)[number]
export type AxisKey = ActivityAxis | PresenceAxis

export const isActivityAxis = (key: string): key is ActivityAxis => (activityAxes as readonly string[]).includes(key)
const isPresenceAxis = (key: string): key is PresenceAxis => (presenceAxes as readonly string[]).includes(key)
export const isAxis = (key: string): key is AxisKey => isActivityAxis(key) || isPresenceAxis(key)

export const axisLabels: Record<AxisKey, string> = {
  anct: 'Type ANCT',
  type: 'Type d’activité',
  mode: 'Format',
  role: 'Notre rôle',
  echelle: 'Échelle',
  theme: 'Thème principal',
  departement: 'Département de l’activité',
  perimetre: 'Périmètre',
  mois: 'Mois',
  serie: 'Cycle ou série',
  calcul: 'Calcul des demi-journées',
  famille: 'Famille de profils',
  profil: 'Profil',
  origine: 'Département de la personne',
  presence: 'Présence',
}

export const perimeterLabels = {
  participation: 'Actions collectives',
  appui: 'Missions d’appui',
  'vie-associative': 'Vie associative',
  exterieur: 'Rencontres d’autres organisateurs',
} as const
export type PerimeterKey = keyof typeof perimeterLabels

/** Printed beside a number: what its perimeter holds. */
export const perimeterSentences: Record<PerimeterKey | 'tout', string> = {
  participation: 'actions collectives que le centre organise ou co-organise (missions d’appui à part)',
  appui: 'missions d’appui et d’accompagnement',
  'vie-associative': 'réunions des instances de l’association',
  exterieur: 'rencontres organisées par d’autres, où le centre est partenaire, intervenant ou participant',
  tout: 'toutes les activités de l’équipe, tous périmètres réunis',
}

const months = Object.fromEntries(monthNames.map((name, i) => [String(i + 1).padStart(2, '0'), name]))

/** Axes whose keys are fixed in the code; the others are read from the vocabularies and the territories. */
export const fixedLabels: Partial<Record<AxisKey, Record<string, string>>> = {
  mode: modeLabels,
  role: roleLabels,
  echelle: scaleLabels,
  perimetre: perimeterLabels,
  mois: months,
  calcul: { calcule: 'Calculées d’après les horaires', corrige: 'Corrigées à la main' },
  presence: attendanceModeLabels,
}
