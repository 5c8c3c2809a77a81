import { eq, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { Role } from '#app/platform/permissions.ts'
import { passkeys, recoveryCodes, totps } from '../schema.server.ts'
import type { SecondStep } from '../history/sign-ins.server.ts'
import { recoveryCodesLeft, spendRecoveryCode } from './recovery-codes.server.ts'
import { asksSecondFactor } from './rule.server.ts'
import { spendTotp } from './totp.server.ts'

export interface Factors {
  totp: boolean
  passkeys: number
  codesLeft: number
}

export async function factorsOf(db: Database, userId: string): Promise<Factors> {
  const { rows } = await db.execute<{ totp: boolean; passkeys: number }>(sql`
    select exists (select from accounts.totp where user_id = ${userId} and confirmed_at is not null) as totp,
      (select count(*)::int from accounts.passkey where user_id = ${userId}) as passkeys`)
  return { ...rows[0]!, codesLeft: await recoveryCodesLeft(db, userId) }
}

export const hasFactor = ({ totp, passkeys }: Factors) => totp || passkeys > 0

/**
 * Whether a password or a link is not enough. The application of codes always comes after; a passkey alone, kept for convenience,
 * only where the administration asks for two factors.
 */
export async function needsSecondStep(db: Database, account: { id: string; role: Role }): Promise<boolean> {
  const factors = await factorsOf(db, account.id)
  return factors.totp || (factors.passkeys > 0 && (await asksSecondFactor(db, account.role)))
}

/** A code of the telephone, or a recovery code: which of them it was; null for neither. */
export async function spendCode(
  tx: Database,
  ctx: AppContext,
  userId: string,
  text: string,
): Promise<Exclude<SecondStep, 'passkey'> | null> {
  const digits = text.replace(/[\s\u00a0\u202f]/g, '')
  if (/^\d{6}$/.test(digits)) return (await spendTotp(tx, ctx, userId, digits)) ? 'code' : null
  return (await spendRecoveryCode(tx, ctx, userId, text)) ? 'recovery' : null
}

/** Recovery codes go with the last factor: alone they would be one. */
export async function dropTotp(tx: Database, userId: string): Promise<void> {
  await tx.delete(totps).where(eq(totps.userId, userId))
  await dropLonelyCodes(tx, userId)
}

export async function dropLonelyCodes(tx: Database, userId: string): Promise<void> {
  if (hasFactor(await factorsOf(tx, userId))) return
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
}

export async function dropAllFactors(tx: Database, userId: string): Promise<void> {
  await tx.delete(totps).where(eq(totps.userId, userId))
  await tx.delete(passkeys).where(eq(passkeys.userId, userId))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
}
