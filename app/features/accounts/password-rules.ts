import { z } from 'zod'

export const PASSWORD_MIN = 12
const PASSWORD_MAX = 200

/** Refused because it is the first thing someone would try. Compared without accents, case, ends in digits and the usual disguises (@ for a, 0 for o…). */
const COMMON = [
  'abcd abcdef admin administrateur administration administrator amour amoureux anticonstitutionnellement associations association',
  'azerty azertyui azertyuiop azertyuiopqs azertyuiopqsdfghjklm azertyuiopqsdfghjklmwxcvbn azertyqwerty bienvenue bisous bonjour bonjourbonjour',
  'camille centrederessources changeme changezmoi chocolat chouchou coucou coucoucoucou doudou doudoudoudou football france',
  'iloveyou iloveyouforever jetaime jetaimejetaime jetaimefort jesuislameilleure jesuislemeilleur letmein liberte loulou',
  'maillage marseille mercibeaucoup monamour monmotdepasse motdepasse motdepassemotdepasse motpasse motdepassesecret',
  'nicolas occitanie olympique ordinateur parisparis parissaintgermain passe passpass password passwordpassword passer pass',
  'politiquedelaville princesse qsdfghjklm qwerty qwertyuiop qwertyazerty qwertyuiopasdf qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm',
  'quartier quartiers secret secretsecret soleil soleilsoleil superman teamo test testtest toulouse trustnoone vacances welcome wxcvbn',
  'zxcvbnm lemotdepasse cestunsecret jenesaispas jenaipasdemotdepasse ouvretoi ouvremoi sesame sesameouvretoi inconnu utilisateur visiteur',
]
  .join(' ')
  .split(' ')

const common = new Set(COMMON)
const rows = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm',
]

const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@$!]/gu, '')

const undisguised = (text: string) =>
  text.replace(/[@4]/g, 'a').replace(/0/g, 'o').replace(/[1!]/g, 'i').replace(/3/g, 'e').replace(/[$5]/g, 's')

const reversed = (text: string) => [...text].reverse().join('')

/** « azertyuiop », « 123456789012 », « lkjhgfdsq »: one walk along a row. */
const isWalk = (text: string) => rows.some((row) => row.includes(text) || reversed(row).includes(text))

/** Four different signs at most, or one group again and again. */
function isRepeated(text: string): boolean {
  return new Set(text).size <= 4 || /^(.{1,6})\1+.{0,3}$/.test(text)
}

/** Words that are those of the person or of the house: a password must not be made of them alone. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  let rest = text
  const known = words.map(plain).filter((word) => word.length >= 3)
  for (const word of known.sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '')
  return rest !== text && rest.replace(/\d/g, '').length < 4
}

export function isCommon(password: string, words: readonly string[] = []): boolean {
  const text = plain(password)
  const core = text.replace(/^[\d@$!]+|[\d@$!]+$/g, '')
  const bare = [text, core, undisguised(text), undisguised(core)]
  return (
    isRepeated(text) ||
    bare.some((one) => common.has(one) || isWalk(one) || isRepeatOfCommon(one)) ||
    isMadeOf(text, words)
  )
}

/** « soleilsoleilsoleil », « azertyazerty ». */
function isRepeatOfCommon(text: string): boolean {
  const unit = /^(.+?)\1+$/.exec(text)?.[1]
  return unit !== undefined && (common.has(unit) || isWalk(unit))
}

/** The words that say who the person is: names, both halves of the address. */
export const wordsOf = (...texts: (string | null | undefined)[]) =>
  texts.flatMap((text) => (text ?? '').split(/[\s.@_'’-]+/)).filter((word) => word !== '')

/** Long rather than complicated: no rule of composition, the usual ones refused, spaces welcome. */
export const newPassword = () =>
  z
    .string({ error: 'Choisissez un mot de passe.' })
    .min(
      PASSWORD_MIN,
      `Choisissez un mot de passe de ${PASSWORD_MIN} caractères au moins : une courte phrase convient.`,
    )
    .max(PASSWORD_MAX, `Ce mot de passe est trop long (${PASSWORD_MAX} caractères au plus).`)

export const presentPassword = () =>
  z
    .string({ error: 'Donnez votre mot de passe.' })
    .min(1, 'Donnez votre mot de passe.')
    .max(PASSWORD_MAX, 'Ce mot de passe est trop long.')

export const TOO_COMMON =
  'Ce mot de passe est trop facile à deviner : prenez plutôt quelques mots sans rapport entre eux.'
