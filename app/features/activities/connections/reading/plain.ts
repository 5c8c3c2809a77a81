/** Close to what `platform.normalise` writes: no accents, lower case, words apart by one space. */
export const plain = (text: string): string =>
  text
    .slice(0, 400)
    .replace(/[œŒ]/g, 'oe')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@._+]+/gu, ' ')
    .trim()

/** The words of a name: without the points of initials and abbreviations. */
export const nameWords = (text: string): string[] =>
  plain(text)
    .replace(/[@._+]+/g, ' ')
    .split(' ')
    .filter(Boolean)
