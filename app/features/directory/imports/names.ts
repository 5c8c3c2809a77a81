import { bareLine } from './words.ts'

const PARTICLES = new Set([
  'de',
  'du',
  'des',
  'd',
  'le',
  'von',
  'van',
  'der',
  'den',
  'di',
  'da',
  'del',
  'dos',
  'ben',
  'bin',
  'el',
  'al',
  'et',
])
const CIVILITIES =
  /^(m|mr|mme|mlle|mmes|mm|monsieur|madame|mademoiselle|dr|docteur|docteure|me|maitre|maître|pr|professeur|professeure)\.?\s+/i

/** Is every letter of it a capital, or every one small: was it typed by a machine or in haste? */
export const isShouted = (name: string) => /\p{L}{2}/u.test(name) && name === name.toUpperCase()
const isWhispered = (name: string) => /\p{L}/u.test(name) && name === name.toLowerCase()

/** « JEAN-MARIE » « DE LA TOUR » « O'BRIEN » « MCDONALD » as one writes them; what is written with care is left as it is. */
export function properName(name: string): string {
  if (!isShouted(name) && !isWhispered(name)) return name
  const words = name.toLowerCase().split(' ')
  return words.map((word, i) => properWord(word, words.length > 1 && isParticle(word, words, i))).join(' ')
}

/** « de La Tour »: the article after « de » is part of the name itself. */
const isParticle = (word: string, words: readonly string[], i: number) =>
  PARTICLES.has(word) && i < words.length - 1 && !(word === 'le' && (i === 0 || words[i - 1] === 'de'))

function properWord(word: string, small: boolean): string {
  if (small) return word
  const elided = /^(d)(['’])(.+)$/u.exec(word)
  if (elided) return `d${elided[2]}${capital(elided[3]!)}`
  return word
    .split(/([-'’])/u)
    .map(capital)
    .join('')
    .replace(/^Mc(\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`)
}

/** « ß » has no capital of one letter. */
const capital = (part: string) =>
  part.replace(/^\p{L}/u, (letter) => (letter.toUpperCase().length === letter.length ? letter.toUpperCase() : letter))

export interface SplitName {
  givenName: string
  familyName: string
}

/** « Mme DUPONT Jean-Marie », « Jean Dupont », « Dupont, Jean ». Capitals tell the family name; else the first word is the given one. */
export function splitFullName(text: string): SplitName {
  const name = withoutCivility(bareLine(text))
  const [before, after] = name.split(/\s*,\s*/, 2)
  if (before && after) return { familyName: before, givenName: after }
  const words = name.split(' ')
  const shouted = words.filter(isShouted)
  if (shouted.length > 0 && shouted.length < words.length) {
    const at = [words.indexOf(shouted[0]!), words.lastIndexOf(shouted.at(-1)!)] as const
    const family = [...particlesBefore(words, at[0]), ...words.slice(at[0], at[1] + 1)]
    const given = words.filter((word) => !family.includes(word))
    return { familyName: family.join(' '), givenName: given.join(' ') }
  }
  const family = words.slice(1)
  return family.length > 0
    ? { givenName: words[0]!, familyName: family.join(' ') }
    : { givenName: '', familyName: name }
}

function particlesBefore(words: readonly string[], at: number): string[] {
  let from = at
  while (from > 0 && (PARTICLES.has(words[from - 1]!.toLowerCase()) || words[from - 1]!.toLowerCase() === 'la'))
    from -= 1
  return words.slice(from, at)
}

export const withoutCivility = (name: string) => name.replace(CIVILITIES, '')
