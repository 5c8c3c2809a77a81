import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { bareText } from './words.ts'

const ADDRESS = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/

export interface ReadEmails {
  /** The first one that can be written to. */
  email: string | null
  /** The others of the same cell. */
  others: string[]
  /** What looks like an address and is none. */
  wrong: string | null
}

/** « Jean <jean@x.fr> », « a@x.fr ; b@x.fr », « mailto:… », « jean(at)x.fr ». */
export function readEmails(cell: string): ReadEmails {
  const text = bareText(cell)
    .replace(/\s*[([]\s*(at|arobase|chez)\s*[)\]]\s*/gi, '@')
    .replace(/mailto:/gi, '')
  const pieces = text
    .split(/[\s;,<>|"]+|\/(?=[^/]*@)|\bet\b|\bou\b/i)
    .map((piece) => piece.replace(/^[.:'(]+|[.:')]+$/g, '').toLowerCase())
    .filter((piece) => piece.includes('@'))
  const good = [...new Set(pieces.filter((piece) => isEmail(piece)))]
  const wrong = text !== '' && good.length === 0 ? text : null
  return { email: good[0] ?? null, others: good.slice(1), wrong: wrong?.slice(0, 120) ?? null }
}

export const isEmail = (text: string) =>
  text.length <= 254 &&
  ADDRESS.test(text) &&
  !text.includes('..') &&
  !/^\.|\.@/.test(text) &&
  /\.[a-z][a-z0-9-]+$/.test(text)

export interface ReadPhones {
  phone: string | null
  others: string[]
  wrong: string | null
}

/** « 06.12.34.56.78 », « +33(0)6… », « 612345678 » that lost its zero, « 6.12E+08 » that a spreadsheet kept as a power. */
export function readPhones(cell: string): ReadPhones {
  const text = bareText(cell).replace(/\s*\(?\b(poste|ext\.?|extension)\s*\d+\)?/gi, '')
  if (text === '') return { phone: null, others: [], wrong: null }
  const pieces = text
    .split(/\s*(?:[;|\n]|\bou\b|\bet\b|,\s|\s\/\s|\/(?=\s*0\d))\s*/i)
    .filter((piece) => /\d/.test(piece))
  const read = pieces.map(onePhone)
  const good = [...new Set(read.filter((phone) => phone !== null))]
  return { phone: good[0] ?? null, others: good.slice(1), wrong: good.length === 0 ? text.slice(0, 60) : null }
}

const POWER = /^\d[.,]\d+e\+?\d{1,2}$/i

function onePhone(text: string): string | null {
  const digits = POWER.test(text) ? powerDigits(text) : text.replace(/\((0)\)/g, '').replace(/\.0$/, '')
  if (digits === null) return null
  const bare = digits.replace(/[^\d+]/g, '')
  const lost = /^[1-9]\d{8}$/.test(bare) ? `0${bare}` : /^33[1-9]\d{8}$/.test(bare) ? `+${bare}` : null
  const number = parsePhoneNumberFromString(lost ?? digits, 'FR')
  if (!number?.isPossible()) return null
  const shown =
    number.country === 'FR' || number.countryCallingCode === '33'
      ? number.formatNational()
      : number.formatInternational()
  return number.ext ? shown.replace(/\s*(ext\.?|poste).*$/i, '') : shown
}

/** A power that dropped digits says no number any more. */
function powerDigits(text: string): string | null {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const known = mantissa.replace(/\D/g, '').length - 1
  return known >= Number(exponent) ? String(Math.round(Number(text.replace(',', '.')))) : null
}
