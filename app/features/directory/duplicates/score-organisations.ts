import { distance } from '../names.ts'
import { type OrganisationReason, organisationRules, type Scored, scored } from './rules.ts'

/** What is compared of two organisations; texts as `platform.normalise` writes them. */
export interface OrganisationTraits {
  name: string
  acronym: string | null
  siren: string | null
  email: string | null
  /** The last nine digits. */
  phone: string | null
  /** The host of their site, without www. */
  site: string | null
  territoryId: string | null
  kindId: string | null
}

/** Small words of names, then those that say what it is rather than which one: « Mairie de Lunel », « Ville de Lunel ». */
export const smallWords = ['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'et', 'a', 'au', 'aux', 'en', 'pour']
export const commonWords = ['association', 'asso', 'commune', 'ville', 'mairie', 'societe', 'sarl', 'sas']

const SMALL = new Set(smallWords)
const COMMON = new Set(commonWords)

export function scoreOrganisations(one: OrganisationTraits, other: OrganisationTraits): Scored<OrganisationReason> {
  const holding = new Set<OrganisationReason>()
  const name = organisationNameReason(one, other)
  if (name) holding.add(name)
  if (one.siren && other.siren) holding.add(one.siren === other.siren ? 'siren' : 'other-siren')
  if (!name && !holding.has('siren')) return { score: 0, reasons: [] }
  for (const trait of ['email', 'phone', 'site'] as const)
    if (one[trait] !== null && one[trait] === other[trait]) holding.add(trait)
  if (one.territoryId && other.territoryId)
    holding.add(one.territoryId === other.territoryId ? 'territory' : 'other-territory')
  if (one.kindId && other.kindId && one.kindId !== other.kindId) holding.add('other-kind')
  return scored(organisationRules, holding)
}

/** In what way the names are alike; numbers are never a slip: « collège 12 » is not « collège 13 ». */
export function organisationNameReason(
  one: Pick<OrganisationTraits, 'name' | 'acronym'>,
  other: Pick<OrganisationTraits, 'name' | 'acronym'>,
): OrganisationReason | null {
  const [a, b] = [wordsOf(one.name), wordsOf(other.name)]
  if (a.join('') === b.join('')) return 'same-name'
  if (acronymsOf(one).some((acronym) => acronymsOf(other).includes(acronym) && acronym.length >= 3)) return 'acronym'
  if (numbersOf(a) !== numbersOf(b)) return null
  const [core, otherCore] = [coreOf(a), coreOf(b)]
  if (core.length > 0 && core.join('') === otherCore.join('')) return 'near-name'
  return near(a.join(''), b.join('')) || near(core.join(''), otherCore.join('')) ? 'near-name' : null
}

const wordsOf = (name: string) => name.split(/[^a-z0-9]+/).filter((word) => word !== '' && !SMALL.has(word))
const coreOf = (words: readonly string[]) => words.filter((word) => !COMMON.has(word))
const numbersOf = (words: readonly string[]) => words.filter((word) => /\d/.test(word)).join(' ')

/** Its acronym, and its name where it could be the other's acronym. */
const acronymsOf = ({ name, acronym }: Pick<OrganisationTraits, 'name' | 'acronym'>) =>
  [acronym, name].filter((text): text is string => text !== null && text !== '' && !text.includes(' '))

const near = (one: string, other: string) =>
  Math.min(one.length, other.length) >= 6 && distance(one, other) <= (one.length > 14 ? 2 : 1)
