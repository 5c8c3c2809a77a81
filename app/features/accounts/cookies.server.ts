import type { AppContext } from '#app/platform/context.ts'
import { readLink, signLink } from '#app/platform/signed-link.server.ts'
import { STEP_LIFE } from './pending-steps.server.ts'
import { isToken } from './tokens.server.ts'

/** `__Host-`: the browser refuses it from a neighbouring sub-domain, over plain HTTP or with another path. */
const SECURE_NAME = '__Host-maillage'
const PLAIN_NAME = 'maillage'
const MONTH = 30 * 24 * 60 * 60

export interface CookieRules {
  /** The public address is in https. */
  secure: boolean
}

const attributes = ({ secure }: CookieRules) => `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
const nameOf = ({ secure }: CookieRules) => (secure ? SECURE_NAME : PLAIN_NAME)

export const sessionCookie = (token: string, rules: CookieRules) =>
  `${nameOf(rules)}=${token}; Max-Age=${MONTH}; ${attributes(rules)}`

export const clearedCookie = (rules: CookieRules) => `${nameOf(rules)}=; Max-Age=0; ${attributes(rules)}`

export const cookieRules = (ctx: Pick<AppContext, 'baseUrl'>): CookieRules => ({
  secure: ctx.baseUrl.startsWith('https://'),
})

/** The session a request carries. In https only the `__Host-` cookie counts: another could have been planted. */
export function readSessionCookie(header: string | null | undefined, rules?: CookieRules): string | null {
  const names = rules ? [nameOf(rules)] : [SECURE_NAME, PLAIN_NAME]
  const found = names.map((name) => readCookie(header, name)).find((value) => value !== null)
  return isToken(found) ? found : null
}

function readCookie(header: string | null | undefined, name: string): string | null {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))
  return found ? found.slice(name.length + 1) : null
}

const DEVICE_NAME = '-appareil'
const HALF_YEAR = 182 * 24 * 60 * 60

/** Says that this account has already been opened from here, and nothing more: it opens nothing. See `signIn`. */
export function deviceCookie(ctx: AppContext, userId: string): string {
  const expiresAt = new Date(ctx.now().getTime() + HALF_YEAR * 1000)
  const rules = cookieRules(ctx)
  const value = signLink(ctx.secret, 'known-device', { id: userId, expiresAt })
  return `${nameOf(rules)}${DEVICE_NAME}=${value}; Max-Age=${HALF_YEAR}; ${attributes(rules)}`
}

/** The account that was opened from this device before. */
export function readDeviceCookie(ctx: AppContext, header: string | null): string | null {
  const value = readCookie(header, `${nameOf(cookieRules(ctx))}${DEVICE_NAME}`)
  const known = value === null ? null : readLink(ctx.secret, 'known-device', value, ctx.now())
  return known?.state === 'valid' ? known.id : null
}

/** `etape`: between the password and the code. `identite`: between this house and the identity provider. */
export type StepCookie = 'etape' | 'identite'

/** Lax lets it come back with the answer of the provider, which is another site. */
export const stepCookie = (ctx: AppContext, name: StepCookie, token: string) =>
  `${nameOf(cookieRules(ctx))}-${name}=${token}; Max-Age=${STEP_LIFE / 1000}; ${attributes(cookieRules(ctx))}`

export const clearedStepCookie = (ctx: AppContext, name: StepCookie) =>
  `${nameOf(cookieRules(ctx))}-${name}=; Max-Age=0; ${attributes(cookieRules(ctx))}`

export function readStepCookie(ctx: AppContext, name: StepCookie, header: string | null): string | null {
  const value = readCookie(header, `${nameOf(cookieRules(ctx))}-${name}`)
  return isToken(value) ? value : null
}
