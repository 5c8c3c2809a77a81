import { nameWords, plain } from './plain.ts'

/** What a displayed name may say: whom, from where, by what, how many. */
export interface SaidName {
  /** Ways to read somebody's name in it, the likeliest first; none for a device or a telephone number. */
  names: string[]
  /** What may be an organisation, a département, a function. */
  hints: string[]
  phone: boolean
  /** People behind the connection, when it says so. */
  heads: number
}

const BRACKETS = /[([{]([^()[\]{}]{1,120})[)\]}]/g
const SEPARATORS = /\s+[-–—/|•·:]\s+|\s*[|/•·_]\s*|\s*[–—]\s*|:\s+/u
const STATUS =
  /^(invite|invitee|invite e|guest|external|externe|unverified|non verifie|non verifiee|host|hote|me|moi|co host|organizer|organisateur|organisatrice|presenter|presentateur|visiteur|visitor|you|vous|moderateur|moderatrice|moderator|animateur|animatrice)$/
const NOBODY =
  /^(iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|oppo|pixel|oneplus|nokia|macbook|imac|mac|pc|ordinateur|laptop|desktop|portable|tablette|tablet|telephone|phone|mobile|smartphone|salle|room|user|utilisateur|participant|anonyme|anonymous|inconnu|unknown|invite|guest|zoom|teams|admin|test|appel|call|caller|dial in|web|client|lenovo|dell|asus|hp|desktop|windows)( [a-z]{0,2}\d[\w+]*| zoom| teams| pro| air| max| ultra| mini| plus| note| utilisateur| user| lite| se| s| [a-z]?\d{1,3}\w{0,3})*$/
const MODEL = /^(sm|gt|rmx|cph|vog|desktop|laptop|pc)[ -]?[a-z0-9]*\d[a-z0-9]*$/
const OWNED_FR =
  /^(?:l |le |la |mon |ma )?(?:iphone|ipad|android|galaxy|samsung|pc|mac|macbook|macbook pro|macbook air|portable|tablette|telephone|ordinateur|mobile|smartphone|huawei|xiaomi|redmi|zoom|teams)(?: (?:pro|air|mini|max|\d{1,2}))* (?:de la |de l |de |d |du |des )(.+)$/
const OWNED_EN = /^(.+?)(?:['’]s|s['’])\s+(?:iphone|ipad|galaxy|android|pc|mac|macbook|phone|laptop|tablet|desktop)/i
const PHONE = /^\+?[\d\s().*xX•-]{6,24}$/
const CALL =
  /^(appel|call in user|call|caller|utilisateur appelant|appelant|telephone|dial in|phone user|numero masque|anonymous caller)( (user|numero|n))?( ?\d{1,3})?$/
const HEADS =
  /(?:^|[\s([,])(?:[aà]|nous sommes|groupe de)?\s*(\d{1,3})\s*(?:personnes?|pers\.?|participants?|participantes?|agents?|people|élèves|salarié(?:e|·e)?s)(?![\p{L}])/iu
const PAIR = /^(.{2,60}?)\s+(?:et|and|&|\+)\s+(.{2,60})$/iu

/** Several people under one name: « 2 personnes : Marie et Paul », « Marie et Paul Martin ». Nobody lost, nobody counted twice. */
export function peopleIn(said: string): string[] {
  const text = tidy(said).replace(/^\d{1,2}\s*(?:personnes?|pers\.?|participants?)\s*[:–—-]\s*/iu, '')
  const counted = text !== tidy(said)
  const listed = counted && text.includes(',') ? text.split(/\s*,\s*|\s+et\s+/iu) : pairOf(text)
  const names = listed.map((name) => name.trim()).filter(isPersonal)
  return names.length === listed.length && names.length > 1 && names.length <= 6 ? names : [said]
}

function pairOf(text: string): string[] {
  const [, one = '', other = ''] = PAIR.exec(text) ?? []
  if (!one || !other) return [text]
  // « Marie et Paul Martin » bear one name
  const family = other.split(' ').slice(1).join(' ')
  return one.includes(' ') || family === '' ? [one, other] : [`${one} ${family}`, other]
}

const ORGANISED =
  /\b(ville|mairie|cc|ca|communaute|agglo|metropole|departement|conseil|region|association|asso|centre|service|direction|maison|prefecture|ddets|dreets|caf|pole|groupe|equipe|fils|federation|reseau|politique|culture|sante|emploi|insertion|jeunesse|education|logement|sport|habitat)\b/

/** One to four words of letters only, none of which names an organisation. */
function isPersonal(text: string): boolean {
  const words = nameWords(text)
  return (
    words.length > 0 &&
    words.length <= 4 &&
    words.every((word) => /^\p{L}+$/u.test(word)) &&
    !ORGANISED.test(plain(text))
  )
}

export function readName(said: string): SaidName {
  const text = tidy(said)
  const heads = headsOf(text)
  if (isPhoneName(text)) return { names: [], hints: [], phone: true, heads }
  const aside = [...text.matchAll(BRACKETS)].map(([, inside]) => inside!.trim())
  const rest = tidy(text.replace(BRACKETS, ' '))
  const parts = [...rest.split(SEPARATORS), ...aside]
    .map(owned)
    .filter((part) => part !== '' && !STATUS.test(plain(part)))
  const spoken = parts.filter((part) => !isPhoneName(part) && !HEADS.test(part))
  const names = spoken.filter(couldBeSomebody)
  return { names: [...new Set(names)].slice(0, 6), hints: spoken.slice(0, 8), phone: false, heads }
}

/** « iPhone de Marie », « Marie’s iPad » → « Marie ». */
function owned(part: string): string {
  const text = tidy(part)
  const english = OWNED_EN.exec(text)?.[1]
  if (english) return english
  const french = OWNED_FR.exec(plain(text.replace(/['’]/g, ' ')))?.[1]
  return french ? text.slice(-french.length).replace(/^['’]/, '') : text
}

function couldBeSomebody(part: string): boolean {
  const words = nameWords(part)
  const text = plain(part)
  if (words.length === 0 || words.length > 6 || !/\p{L}{2}/u.test(text)) return false
  return !NOBODY.test(text) && !MODEL.test(text) && !/^\p{L}{1,4}\d{2,3}$/u.test(text)
}

const isPhoneName = (text: string) =>
  (PHONE.test(text) && /\d{2}/.test(text)) ||
  CALL.test(
    plain(text)
      .replace(/[+._@]/g, ' ')
      .trim(),
  )

function headsOf(text: string): number {
  const count = Number(HEADS.exec(text)?.[1] ?? 1)
  return count >= 1 && count <= 500 ? count : 1
}

/** Names that many devices bear at once: two of them together are two people. */
export const isNobody = (said: string): boolean => {
  const { names, phone } = readName(said)
  return names.length === 0 && !phone
}

/** No emoji, no mark of direction, one space between words. */
export const tidy = (text: string): string =>
  text
    .slice(0, 300)
    .replace(/[\p{Extended_Pictographic}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]/gu, '')
    .replace(/[\s\u00a0\u202f]+/gu, ' ')
    .trim()
