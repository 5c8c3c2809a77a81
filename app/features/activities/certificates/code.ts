/** Thirty-two signs that one reads and dictates without mistake: no 0 or O, no 1 or I. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 12

/** Sixty bits drawn at random: « K7QM-2XHB-9TRW ». */
export function newCode(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(LENGTH))
  return shownCode([...drawn].map((byte) => ALPHABET[byte % 32]).join(''))
}

const shownCode = (signs: string) => signs.match(/.{4}/g)!.join('-')

/** A code as it was typed or read aloud, with its spaces, dashes and small letters; null when it cannot be one. */
export function readCode(typed: string): string | null {
  if (typed.length > 60) return null
  const signs = typed.toUpperCase().replace(/[\s\p{Pd}._]/gu, '')
  return signs.length === LENGTH && [...signs].every((sign) => ALPHABET.includes(sign)) ? shownCode(signs) : null
}
