/** The signs that no font could draw, as Typst names them in its refusal (« the text `"名"` could not be displayed »). */
export const undrawable = (problem: string): string[] =>
  [...problem.matchAll(/the text `\\*"(.*?)\\*"` could not be displayed/gu)]
    .map(([, sign = '']) =>
      sign.replace(/\\+u\{([0-9a-f]+)\}/giu, (_, code) => String.fromCodePoint(parseInt(code, 16))),
    )
    .filter((sign) => sign !== '')

/** Data without these signs: a picture goes, a letter leaves its place. */
export const withoutSigns = (json: string, signs: readonly string[]): string => {
  const gone = new Set(signs.flatMap((sign) => [...sign]).filter((sign) => !/[\x00-\x7f]/.test(sign)))
  const replaced = [...json].map((sign) => (gone.has(sign) ? (/\p{L}/u.test(sign) ? '□' : '') : sign))
  return replaced.join('')
}
