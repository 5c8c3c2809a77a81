/** Cells that say nothing, as databases and tired people write it. */
const NOTHING = new Set([
  '',
  'null',
  '(null)',
  'nil',
  'none',
  'nan',
  '-',
  '--',
  '---',
  '–',
  '—',
  '_',
  '.',
  '/',
  '?',
  '??',
  'n/a',
  'na',
  'n.a.',
  'n.c.',
  'nc',
  'n/c',
  'nsp',
  'sans',
  'aucun',
  'aucune',
  'neant',
  'néant',
  'inconnu',
  'non renseigné',
  'non renseigne',
  'non communiqué',
  'non communique',
  'x',
  'xx',
  'xxx',
  'vide',
  '#n/a',
  '#ref!',
  '#value!',
  '#valeur!',
  '#nom?',
  '#name?',
  '#div/0!',
  '#null!',
  '#num!',
  '#nombre!',
])

/** Signs that show nothing and turn texts round: control, zero width, direction, byte order marks. */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]/g
/** Joiners hold an emoji together; elsewhere they are dust. */
const JOINERS = /(?<!\p{Extended_Pictographic}\ufe0f?)[\u200c\u200d]|[\u200c\u200d](?!\p{Extended_Pictographic})/gu

/** A cell as it was meant: no unseen sign, plain spaces; an empty text where it says nothing. */
export function bareText(cell: string, { keepWords = false } = {}): string {
  const clean = cell
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(JOINERS, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
    // an export of ours puts it before what a spreadsheet would run
    .replace(/^'(?=[=+\-@|%])/, '')
  return !keepWords && NOTHING.has(clean.toLowerCase()) ? '' : clean
}

/** The same on one line, no longer than a column takes. */
export const bareLine = (cell: string, max = 200) =>
  bareText(cell)
    .replace(/\s+/g, ' ')
    .slice(0, max)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim()

/** As headers and vocabularies are compared: no accents, no capitals, words apart by one space. */
export const plainWords = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

const YES = new Set([
  'oui',
  'o',
  'yes',
  'y',
  'vrai',
  'true',
  '1',
  'ok',
  'x',
  'accord',
  'accepte',
  'd accord',
  'favorable',
  'inscrit',
  'abonne',
  'abonnee',
  'optin',
  'opt in',
])
const NO = new Set([
  'non',
  'n',
  'no',
  'faux',
  'false',
  '0',
  'refus',
  'refuse',
  'desinscrit',
  'desabonne',
  'desabonnee',
  'optout',
  'opt out',
  'stop',
])

/** « Oui », « x », « refus »: what somebody answered; null where the cell says neither. */
export function readAnswer(cell: string): boolean | null {
  const text = bareText(cell, { keepWords: true })
  const word = plainWords(text)
  if (YES.has(word) || /^[✓✔☑✅]/u.test(text)) return true
  if (NO.has(word) || /^[✗✘❌]/u.test(text)) return false
  return null
}
