import { distance } from './names.ts'

/** How many slips a word of this length may hold and still be that word. */
const slipsAllowed = (length: number) => (length < 4 ? 0 : length < 8 ? 1.5 : 2.5)

/**
 * The slips between the words asked and a text, or null where one of them has nothing near in it. A word may still be under the
 * hand: its beginning counts. Both sides are as `platform.normalise` writes them.
 */
export function slipsIn(asked: readonly string[], text: string): number | null {
  const there = text.split(/[^a-z0-9]+/).filter(Boolean)
  let sum = 0
  for (const word of asked) {
    const least = Math.min(...there.map((other) => slipsToBeginning(word, other)))
    if (!(least <= slipsAllowed(word.length))) return null
    sum += least
  }
  return sum
}

/** A beginning with a slip is a little further than a whole word with the same slip. */
function slipsToBeginning(word: string, other: string): number {
  if (other.startsWith(word)) return 0
  const ends = [word.length - 1, word.length, word.length + 1].filter((end) => end > 0 && end < other.length)
  return Math.min(distance(word, other), ...ends.map((end) => distance(word, other.slice(0, end)) + 0.5))
}
