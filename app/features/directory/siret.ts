const LA_POSTE = '356000000'

/** A SIRET as it is kept: 14 digits, whatever spaces, points or hyphens it was typed with. */
export const siretDigits = (text: string) => text.replace(/[\s\u00a0\u202f.-]/g, '')

/** « 810 145 272 00028 » */
export const formatSiret = (siret: string) =>
  siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1\u00a0$2\u00a0$3\u00a0$4')

/**
 * Luhn's key over the 14 digits. La Poste's many offices had used up the numbers that pass: theirs only add up to a multiple of
 * five (INSEE's rule), its head office passes both.
 */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || /^0+$/.test(text)) return false
  return luhnSum(text) % 10 === 0 || (text.startsWith(LA_POSTE) && digitSum(text) % 5 === 0)
}

const digitSum = (digits: string) => [...digits].reduce((sum, digit) => sum + Number(digit), 0)

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1)
    return sum + (value > 9 ? value - 9 : value)
  }, 0)
}
