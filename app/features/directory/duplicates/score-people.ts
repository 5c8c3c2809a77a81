import { distance, nameLikeness, type PlainName } from '../names.ts'
import { type PersonReason, personRules, type Scored, scored } from './rules.ts'

/** What is compared of two people; names as `platform.normalise` writes them. */
export interface PersonTraits extends PlainName {
  email: string | null
  /** The last nine digits. */
  phone: string | null
  /** Where they work or worked: an id, or the name of one that the directory does not know. */
  organisations: readonly string[]
  departementId: string | null
}

/** Words that are written or left out as one pleases: « Le Goff », « Goff (Le) », « de La Fontaine ». */
export const particles = ['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'van', 'von', 'der', 'den', 'di', 'da', 'dos']

const PARTICLES = new Set(particles)

/** How surely two records are one person. Without anything in their names, they are two people who share an address. */
export function scorePeople(one: PersonTraits, other: PersonTraits): Scored<PersonReason> {
  const name = nameReason(one, other)
  if (!name) return { score: 0, reasons: [] }
  const holding = new Set<PersonReason>([name])
  if (one.email !== null && one.email === other.email) holding.add('email')
  if (one.phone !== null && one.phone === other.phone) holding.add('phone')
  if (one.organisations.some((id) => other.organisations.includes(id))) holding.add('organisation')
  if (one.departementId !== null && other.departementId !== null && one.departementId !== other.departementId)
    holding.add('other-departement')
  return scored(personRules, holding)
}

/** In what way two names are alike. */
export function nameReason(one: PlainName, other: PlainName): PersonReason | null {
  const [a, b] = [plain(one), plain(other)]
  if (a.given === '' || b.given === '') return sameFamily(a.family, b.family) ? 'no-given' : null
  if (sameWords(a.given, b.given) && sameWords(a.family, b.family)) return 'same-name'
  if (sameWords(a.given, b.given) && sameFamily(a.family, b.family)) return 'particle'
  if (sameFamily(a.given, b.family) && sameFamily(a.family, b.given)) return 'order'
  const likeness = nameLikeness(...comparable(a, b))
  if (likeness === 3) return 'order'
  if (likeness === 2) return isPart(a, b) || isPart(b, a) ? 'compound' : isLong(a) && isLong(b) ? 'long-slip' : 'slip'
  if (likeness === 1) return 'initial'
  return sameWords(a.given, b.given) && a.given.length >= 3 ? 'same-given' : null
}

/** So many letters that a slip in them is rarely somebody else. */
export const LONG_NAME = 13

const isLong = ({ given, family }: PlainName) => (bare(given) + bare(family)).length >= LONG_NAME

/** Without what may be left out of the family names; the very same text where that makes them one name. */
function comparable(a: PlainName, b: PlainName): [PlainName, PlainName] {
  const family = bare(a.family)
  return [
    { ...a, family },
    { ...b, family: sameFamily(a.family, b.family) ? family : bare(b.family) },
  ]
}

/** « j. » is « j »; the other signs of a normalised text have no place in a name. */
const plain = ({ given, family }: PlainName): PlainName => ({ given: lettersOf(given), family: lettersOf(family) })
const lettersOf = (text: string) => text.replace(/[^a-z0-9 ]/g, '').trim()

/** « jean pierre » and « jeanpierre ». */
const sameWords = (one: string, other: string) => one.replaceAll(' ', '') === other.replaceAll(' ', '')

/** « lafontaine », « la fontaine », « de la fontaine », « fontaine ». */
const sameFamily = (one: string, other: string) =>
  [one, withoutDe(one), bare(one)].some((a) => [other, withoutDe(other), bare(other)].some((b) => sameWords(a, b)))

const withoutDe = (text: string) => text.replace(/^(de|du|des|d) /, '')

const bare = (text: string) =>
  text
    .split(' ')
    .filter((word) => !PARTICLES.has(word))
    .join(' ') || text

/** Every word of one is in the other, give or take a letter: « marie dupont » in « anne marie dupont martin ». */
function isPart(short: PlainName, long: PlainName): boolean {
  const there = wordsOf(long)
  const words = wordsOf(short)
  return words.length < there.length && words.every((word) => there.some((other) => nearWord(word, other)))
}

const wordsOf = ({ given, family }: PlainName) =>
  `${given} ${family}`.split(' ').filter((word) => word !== '' && !PARTICLES.has(word))

const nearWord = (one: string, other: string) =>
  one === other || (Math.min(one.length, other.length) >= 5 && distance(one, other) <= 1)
