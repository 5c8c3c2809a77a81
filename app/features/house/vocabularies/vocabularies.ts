/** The controlled vocabularies of the house, and what each of their terms carries. */
export interface Vocabulary {
  key: string
  label: string
  /** « un thème » */
  one: string
  detail: string
  /** Terms stand under families. */
  families?: boolean
  /** Each term says to which national type and to which perimeter it belongs. */
  kinds?: boolean
}

export const vocabularies: readonly Vocabulary[] = [
  {
    key: 'activite',
    label: 'Types d’activité',
    one: 'un type d’activité',
    detail: 'Ce qu’est une activité : webinaire, atelier, comité de pilotage… Chaque type dit où il se compte.',
    kinds: true,
  },
  { key: 'theme', label: 'Thèmes', one: 'un thème', detail: 'De quoi il y est question ; l’agenda se lit par thème.' },
  {
    key: 'profil',
    label: 'Profils',
    one: 'un profil',
    detail: 'Qui participe, en familles et en profils. La famille se déduit du profil.',
    families: true,
  },
  {
    key: 'organisation',
    label: 'Types d’organisation',
    one: 'un type d’organisation',
    detail: 'Commune, association, service de l’État…',
  },
  {
    key: 'anct',
    label: 'Types du bilan national',
    one: 'un type du bilan national',
    detail: 'La typologie de l’ANCT, à laquelle chaque type d’activité se rattache.',
  },
]

export const vocabularyOf = (key: string | undefined) => vocabularies.find((vocabulary) => vocabulary.key === key)

/** Where a kind of activity is counted. */
export const perimeters = ['collectif', 'appui', 'vie-associative', 'exterieur'] as const
export type Perimeter = (typeof perimeters)[number]

export const perimeterLabels: Record<Perimeter, string> = {
  collectif: 'Activités collectives',
  appui: 'Appui aux territoires, compté à part',
  'vie-associative': 'Vie associative',
  exterieur: 'Rencontres extérieures',
}
