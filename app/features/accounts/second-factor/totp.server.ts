import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm'
import { generateSecret, generateURI, verifySync } from 'otplib'
import encodeQR from 'qr'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { totps } from '../schema.server.ts'
import { seal, unseal } from '../sealed.server.ts'

const PERIOD = 30
/** Set-ups left half way are begun again. */
const SET_UP_LIFE = 30 * 60_000

/** A new secret, asked of nobody until a first code has confirmed it. */
export async function prepareTotp(tx: Database, ctx: AppContext, userId: string): Promise<void> {
  const secret = seal(ctx.secret, 'totp', userId, generateSecret())
  const fresh = { secret, createdAt: ctx.now(), confirmedAt: null, lastStep: null }
  await tx
    .insert(totps)
    .values({ userId, ...fresh })
    .onConflictDoUpdate({ target: totps.userId, set: fresh, setWhere: isNull(totps.confirmedAt) })
}

export interface TotpToScan {
  /** In groups of four, for who types it. */
  secret: string
  uri: string
  /** The same, as a picture: a `data:` address. */
  picture: string
}

/** What the telephone must learn, while it is being set up; null otherwise. */
export async function totpToScan(ctx: AppContext, userId: string, email: string): Promise<TotpToScan | null> {
  const [row] = await ctx.db.select().from(totps).where(eq(totps.userId, userId))
  if (!row || row.confirmedAt || ctx.now().getTime() - row.createdAt.getTime() > SET_UP_LIFE) return null
  const secret = unseal(ctx.secret, 'totp', userId, row.secret)
  if (!secret) return null
  const { name } = await readCentre(ctx.db)
  const uri = generateURI({ issuer: name.replaceAll(':', ' '), label: email, secret, period: PERIOD })
  return { secret: secret.replace(/(.{4})(?=.)/g, '$1 '), uri, picture: pictureOf(uri) }
}

function pictureOf(uri: string): string {
  const svg = encodeQR(uri, 'svg', { ecc: 'medium', border: 4 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}

/**
 * Whether this is the code of now, of the half minute before or of the one after; each is accepted once. `confirming`: the first
 * code of a set-up, which makes it real.
 */
export async function spendTotp(
  tx: Database,
  ctx: AppContext,
  userId: string,
  code: string,
  { confirming = false } = {},
): Promise<boolean> {
  const state = confirming ? isNull(totps.confirmedAt) : isNotNull(totps.confirmedAt)
  const [row] = await tx
    .select()
    .from(totps)
    .where(and(eq(totps.userId, userId), state))
    .for('update')
  const tooOld = confirming && row && ctx.now().getTime() - row.createdAt.getTime() > SET_UP_LIFE
  const secret = row && !tooOld ? unseal(ctx.secret, 'totp', userId, row.secret) : null
  if (!row || !secret) return false
  const step = stepOf(secret, code, ctx.now(), row.lastStep)
  if (step === null) return false
  const spent = await tx
    .update(totps)
    .set({ lastStep: step, confirmedAt: row.confirmedAt ?? ctx.now() })
    .where(and(eq(totps.userId, userId), or(isNull(totps.lastStep), lt(totps.lastStep, step))))
    .returning({ userId: totps.userId })
  return spent.length > 0
}

/** The step the code belongs to; null for a wrong code, or one not later than the last one accepted. */
function stepOf(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const epoch = Math.floor(now.getTime() / 1000)
  // otplib compares in constant time. It is not told the last step: it throws on one that a clock set back puts in the future.
  const found = verifySync({ secret, token: code, epoch, period: PERIOD, epochTolerance: PERIOD })
  if (!found.valid || !('timeStep' in found)) return null
  return lastStep === null || found.timeStep > lastStep ? found.timeStep : null
}
