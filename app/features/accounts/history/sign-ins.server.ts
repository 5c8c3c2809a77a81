import { desc, eq, lt } from 'drizzle-orm'
import ipaddr from 'ipaddr.js'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { type signInMethods, type signInOutcomes, signIns } from '../schema.server.ts'

export type SignInMethod = (typeof signInMethods)[number]
export type SignInOutcome = (typeof signInOutcomes)[number]
export type SecondStep = 'code' | 'recovery' | 'passkey'

interface Noted {
  userId: string | null
  method: SignInMethod
  outcome: SignInOutcome
  secondStep?: SecondStep | null
  device: string | null
  ip: string
}

/** Written for unknown addresses too, without the address: the time of the answer must not say which have an account. */
export async function noteSignIn(tx: Database, ctx: AppContext, { ip, ...noted }: Noted): Promise<void> {
  await tx.insert(signIns).values({ ...noted, at: ctx.now(), network: networkOf(ip) })
}

/** Enough to tell one's office from elsewhere, not enough to tell who: 192.0.2.0/24, 2001:db8:1::/48. */
export function networkOf(ip: string): string | null {
  if (!ipaddr.isValid(ip)) return null
  const address = ipaddr.process(ip)
  const length = address.kind() === 'ipv4' ? 24 : 48
  const kept = address.toByteArray().map((byte, index) => (index < length / 8 ? byte : 0))
  return `${ipaddr.fromByteArray(kept).toString()}/${length}`
}

const SHOWN = 50

/** One's own sign-ins, or a member's for who sees the team; the latest first. */
export async function signInsOf(ctx: AppContext, userId: string) {
  const { actor } = ctx
  const own = actor.kind === 'user' && actor.userId === userId
  if (!own && !can(actor, 'users:read')) return []
  return ctx.db
    .select({
      id: signIns.id,
      at: signIns.at,
      method: signIns.method,
      outcome: signIns.outcome,
      secondStep: signIns.secondStep,
      device: signIns.device,
      network: signIns.network,
    })
    .from(signIns)
    .where(eq(signIns.userId, userId))
    .orderBy(desc(signIns.id))
    .limit(SHOWN)
}

const DAY = 24 * 60 * 60 * 1000
/** The CNIL asks that such traces be kept six to twelve months. */
export const KEPT_DAYS = 365

export async function forgetOldSignIns(db: Database, now: Date): Promise<void> {
  await db.delete(signIns).where(lt(signIns.at, new Date(now.getTime() - KEPT_DAYS * DAY)))
}
