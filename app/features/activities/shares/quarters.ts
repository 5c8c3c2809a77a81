/** « 1 », « 0,5 », « 1,75 »: quarters of half-days; null: not a number of quarters. */
export function readQuarters(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.')
  if (plain === '') return 0
  if (!/^\d{1,4}(\.\d{1,2})?$/.test(plain)) return null
  const quarters = Number(plain) * 4
  return Number.isInteger(quarters) ? quarters : null
}

/** « 1,75 » */
export const quartersText = (quarters: number): string => String(quarters / 4).replace('.', ',')

/** In forms, the centre itself. */
export const OURS = 'centre'
