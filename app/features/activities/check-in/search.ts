/** Finding a name as one types it at a door: accents, hyphens, order and one slip of a finger are forgiven. */

export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^\p{L}\p{N}@.]+/gu, ' ')
    .trim()

const words = (text: string) => plain(text).split(' ').filter(Boolean)

interface Named {
  givenName: string
  familyName: string
  organisation: string | null
}

/** The rows that answer what is typed, the likeliest first: exact beginnings, then one slip. Everything when nothing is typed. */
export function found<Row extends Named>(rows: readonly Row[], typed: string): Row[] {
  const asked = words(typed)
  if (asked.length === 0) return [...rows]
  return rows
    .map((row) => ({ row, rank: rankOf(row, asked) }))
    .filter(({ rank }) => rank < FAR)
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row)
}

const FAR = 100

/** 0: each word begins a name · 1 by word found in the organisation, 2 by slip. */
function rankOf({ givenName, familyName, organisation }: Named, asked: readonly string[]): number {
  const names = words(`${givenName} ${familyName}`)
  const others = words(organisation ?? '')
  let rank = 0
  for (const word of asked) {
    if (names.some((name) => name.startsWith(word))) continue
    if (others.some((other) => other.startsWith(word))) rank += 1
    else if (word.length >= 4 && names.some((name) => slip(word, name))) rank += 2
    else return FAR
  }
  return rank
}

/** One letter wrong, missing, too many, or two the wrong way round, compared with the beginning of the name. */
export function slip(word: string, name: string): boolean {
  const same = commonStart(word, name)
  const rest = (from: string, skip: number) => from.slice(same + skip)
  const begins = (typed: string, wanted: string) => wanted.startsWith(typed)
  return (
    begins(rest(word, 1), rest(name, 1)) ||
    begins(rest(word, 0), rest(name, 1)) ||
    begins(rest(word, 1), rest(name, 0)) ||
    (word[same] === name[same + 1] && word[same + 1] === name[same] && begins(rest(word, 2), rest(name, 2)))
  )
}

function commonStart(a: string, b: string): number {
  let i = 0
  while (i < a.length && a[i] === b[i]) i += 1
  return i
}

/** Rows that may be the person one is about to add: the same words, whatever their order, or nearly. */
export function twins<Row extends Named>(
  rows: readonly Row[],
  person: { givenName: string; familyName: string },
): Row[] {
  if (plain(person.familyName).length < 2 || plain(person.givenName).length < 2) return []
  return found(rows, `${person.givenName} ${person.familyName}`)
    .filter((row) => words(`${row.givenName} ${row.familyName}`).length > 0)
    .slice(0, 3)
}
