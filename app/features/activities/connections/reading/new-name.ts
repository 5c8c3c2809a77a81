import { readName } from './said-name.ts'

/** « DUPONT Marie - CD34 » → Marie Dupont: what a new person would be called, to be mended by hand. */
export function newName(said: string): { givenName: string; familyName: string } {
  const [name = ''] = readName(said).names
  const words = name.replace(/,/g, ' ').split(/\s+/).filter(Boolean)
  if (words.length < 2) return { givenName: words[0] ?? '', familyName: '' }
  const capitals = words.filter(isCapitals)
  const comma = name.indexOf(',')
  const mixed = capitals.length > 0 && capitals.length < words.length
  if (mixed) return { givenName: words.filter((word) => !isCapitals(word)).join(' '), familyName: capitals.join(' ') }
  if (comma > 0) return { givenName: name.slice(comma + 1).trim(), familyName: name.slice(0, comma).trim() }
  return { givenName: words[0]!, familyName: words.slice(1).join(' ') }
}

const isCapitals = (word: string) => word.length > 1 && word === word.toUpperCase() && /\p{L}{2}/u.test(word)
