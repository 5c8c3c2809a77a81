import type { AppContext } from '#app/platform/context.ts'
import { type Limit, withinLimit } from '#app/platform/rate-limit.server.ts'
import { hashOf } from './tokens.server.ts'

const QUARTER = 15 * 60

/** By address of the visitor and route: a whole office behind one address still passes. */
const byIp = {
  'sign-in': { name: 'accounts.sign-in', max: 40, seconds: QUARTER },
  'ask-link': { name: 'accounts.ask-link', max: 15, seconds: QUARTER },
  'use-link': { name: 'accounts.use-link', max: 40, seconds: QUARTER },
  'set-up': { name: 'accounts.set-up', max: 20, seconds: QUARTER },
  'second-step': { name: 'accounts.second-step', max: 40, seconds: QUARTER },
  passkey: { name: 'accounts.passkey', max: 120, seconds: QUARTER },
  identity: { name: 'accounts.identity', max: 40, seconds: QUARTER },
} satisfies Record<string, Limit>

export type LimitedRoute = keyof typeof byIp

export const withinIpLimit = (ctx: AppContext, route: LimitedRoute, ip: string) => withinLimit(ctx, byIp[route], ip)

/** Tries on one account, wherever they come from. */
const account = {
  'sign-in': { name: 'accounts.sign-in.account', max: 20, seconds: QUARTER },
  'sign-in-known': { name: 'accounts.sign-in.device', max: 20, seconds: QUARTER },
  'ask-link': { name: 'accounts.ask-link.account', max: 3, seconds: QUARTER },
  'second-step': { name: 'accounts.second-step.account', max: 10, seconds: QUARTER },
  'change-password': { name: 'accounts.change-password', max: 10, seconds: QUARTER },
} satisfies Record<string, Limit>

/** Counted for addresses that exist and for those that do not; the address itself is not kept. */
export const withinAccountLimit = (ctx: AppContext, action: keyof typeof account, emailOrId: string) =>
  withinLimit(ctx, account[action], hashOf(emailOrId.toLowerCase()))
