import { randomBytes } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { recoveryCodes } from '../schema.server.ts'
import { hashOf } from '../tokens.server.ts'

export const CODES = 10
const LENGTH = 16
/** Without i, l, o, u: read aloud or copied by hand they are taken for something else. 32 signs, five bits each. */
const SIGNS = '0123456789abcdefghjkmnpqrstvwxyz'

const newCode = () => [...randomBytes(LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join('')
const grouped = (code: string) => code.replace(/(.{4})(?=.)/g, '$1-')

/** What was typed: capitals, spaces, hyphens and look-alikes are forgiven. */
export const plainRecoveryCode = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s\u00a0\u202f‐-―-]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')

/** Ten new ones, shown this once; the former ones stop working. */
export async function makeRecoveryCodes(tx: Database, ctx: AppContext, userId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode)
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ userId, codeHash: hashOf(code), createdAt: ctx.now() })))
  return codes.map(grouped)
}

/** Each serves once: of two at once, one wins. */
export async function spendRecoveryCode(tx: Database, ctx: AppContext, userId: string, text: string): Promise<boolean> {
  const code = plainRecoveryCode(text)
  if (code.length !== LENGTH) return false
  const spent = await tx
    .update(recoveryCodes)
    .set({ usedAt: ctx.now() })
    .where(
      and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, hashOf(code)), isNull(recoveryCodes.usedAt)),
    )
    .returning({ id: recoveryCodes.id })
  return spent.length > 0
}

export async function recoveryCodesLeft(db: Database, userId: string): Promise<number> {
  const { rows } = await db.execute<{ left: number }>(
    sql`select count(*)::int as left from accounts.recovery_code where user_id = ${userId} and used_at is null`,
  )
  return rows[0]!.left
}
