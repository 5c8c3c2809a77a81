import type { FigureFilters } from '#app/platform/figures.ts'
import { capitalize, joinList } from '#app/ui/french.ts'
import { type AxisKey, axisLabels, isAxis, NONE } from './axes.ts'

/** By axis, the French words of its keys, in the order they are shown. */
export type Words = Partial<Record<AxisKey, Record<string, string>>>

const withoutLabels: Partial<Record<AxisKey, string>> = {
  serie: 'Hors cycle',
  theme: 'Sans thème',
  anct: 'Sans type ANCT',
  departement: 'Sans département',
  origine: 'Département inconnu',
  profil: 'Profil inconnu',
  famille: 'Profil inconnu',
}

export const wordOf = (words: Words, axis: AxisKey, key: string): string =>
  key === NONE ? (withoutLabels[axis] ?? 'Non renseigné') : (words[axis]?.[key] ?? 'Inconnu')

export const knownKey = (words: Words, axis: AxisKey, key: string): boolean =>
  key === NONE || words[axis]?.[key] !== undefined

/** « Mois : mars ; thème principal : Culture ou Évaluation » */
export function filterSentence(words: Words, filters: FigureFilters): string {
  const parts = Object.entries(filters)
    .filter(([axis, values]) => isAxis(axis) && axis !== 'perimetre' && values.length > 0)
    .map(([axis, values]) => {
      const named = values.map((value) => wordOf(words, axis as AxisKey, value))
      return `${axisLabels[axis as AxisKey].toLowerCase().replace('anct', 'ANCT')} : ${joinList(named, 'ou')}`
    })
  return capitalize(parts.join(' ; '))
}
