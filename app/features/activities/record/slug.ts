/** « Égalité : où en est-on ? » → « egalite-ou-en-est-on »: letters and digits of the address of a page. */
export function slugWords(title: string, max = 70): string {
  const words = title
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  let slug = ''
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word.slice(0, max)
    if (longer.length > max) break
    slug = longer
  }
  return slug
}

/** Words of the title, then the day: « egalite-ou-en-est-on-2022-11-24 ». */
export const slugOf = (title: string, day: string | null): string =>
  [slugWords(title) || 'activite', day].filter(Boolean).join('-')
