/** A name as `platform.normalise` writes it: no accents, lower case, words apart by one space. */
export interface PlainName {
  given: string
  family: string
}

/**
 * How surely two names that share an address are one person: 3 the same words, 2 a slip of the keyboard or a part of a compound
 * name, 1 an initial, 0 somebody else. Couples and offices share addresses: Michel is not Michèle.
 */
export function nameLikeness(one: PlainName, other: PlainName): 0 | 1 | 2 | 3 {
  if (words(one) === words(other)) return 3
  const swapped = { given: other.family, family: other.given }
  return Math.max(likeness(one, other), likeness(one, swapped)) as 0 | 1 | 2
}

/** The same, of a name whose words come in an unknown order, cut everywhere it can be. */
export function wordsLikeness(said: readonly string[], person: PlainName): 0 | 1 | 2 | 3 {
  const cuts = said.slice(1, 6).map((_, index) => ({
    given: said.slice(0, index + 1).join(' '),
    family: said.slice(index + 1).join(' '),
  }))
  return Math.max(0, ...cuts.map((name) => nameLikeness(name, person))) as 0 | 1 | 2 | 3
}

const words = ({ given, family }: PlainName) => `${given} ${family}`.split(' ').filter(Boolean).sort().join(' ')

function likeness(one: PlainName, other: PlainName): 0 | 1 | 2 {
  if (!nearFamily(one.family, other.family)) return 0
  if (one.given === other.given || holds(one.given, other.given) || slip(one.given, other.given)) return 2
  return isInitial(one.given, other.given) || isInitial(other.given, one.given) ? 1 : 0
}

const nearFamily = (one: string, other: string) =>
  one === other || holds(one, other) || nearWord(one, other) || partOf(one, other) || partOf(other, one)

const nearWord = (one: string, other: string) =>
  Math.min(one.length, other.length) >= 4 && distance(one, other) <= (one.length > 8 ? 2 : 1)

/** « bertier » and « berthier lafontaine »: one word, and a slip in it. */
const partOf = (one: string, other: string) =>
  one.length >= 5 && !one.includes(' ') && other.includes(' ') && other.split(' ').some((word) => nearWord(one, word))

/** « jean » in « jean pierre », « dupont » in « dupont martin »: whole words, the first ones or the last ones. */
function holds(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length >= 3 && (long.startsWith(`${short} `) || long.endsWith(` ${short}`))
}

/** One slip, and the same last letter: what ends otherwise is often the other gender. */
const slip = (one: string, other: string) =>
  Math.min(one.length, other.length) >= 5 && one.at(-1) === other.at(-1) && distance(one, other) <= 1

const isInitial = (short: string, long: string) =>
  /^[a-z]\.?( [a-z]\.?)?$/.test(short) && long.length > 1 && long.startsWith(short[0]!)

/** Letters added, dropped, changed or swapped with their neighbour (optimal string alignment). */
export function distance(one: string, other: string): number {
  let [before, row] = [[] as number[], Array.from({ length: other.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const change = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      const swap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? before[j - 2]! + 1 : change
      next.push(Math.min(change, next[j - 1]! + 1, row[j]! + 1, i > 1 && j > 1 ? swap : change))
    }
    ;[before, row] = [row, next]
  }
  return row[other.length]!
}
