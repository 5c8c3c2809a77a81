import { eq } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { accountById, lockActiveAccount } from '../accounts.server.ts'
import { withinAccountLimit } from '../limits.server.ts'
import { voidLinks } from '../one-time-links.server.ts'
import { voidSteps } from '../pending-steps.server.ts'
import { isCommon, wordsOf } from '../password-rules.ts'
import { warnOfNewPassword } from '../password-warning.server.ts'
import { hashPassword, passwordMatches } from '../passwords.server.ts'
import { users } from '../schema.server.ts'
import { closeAllSessions, openSession, sessionFacts } from '../sessions.server.ts'

export interface ChangePasswordInput {
  present: string
  password: string
  device: string | null
}

export type ChangePasswordError =
  | { type: 'not-allowed' }
  | { type: 'too-many-tries' }
  | { type: 'wrong-present' }
  | { type: 'password-too-common' }

/** Asks for the present one: an unattended screen is not enough. Every session ends, this device gets a new one. */
export async function changePassword(
  ctx: AppContext,
  { present, password, device }: ChangePasswordInput,
): Promise<Result<{ session: string }, ChangePasswordError>> {
  const account = ctx.actor.kind === 'user' ? await accountById(ctx.db, ctx.actor.userId) : null
  if (!account) return err({ type: 'not-allowed' })
  if (!(await withinAccountLimit(ctx, 'change-password', account.id))) return err({ type: 'too-many-tries' })
  if (!(await passwordMatches(account.passwordHash, present))) return err({ type: 'wrong-present' })
  const words = wordsOf(account.givenName, account.familyName, account.email)
  if (isCommon(password, words)) return err({ type: 'password-too-common' })
  const passwordHash = await hashPassword(password)
  return ctx.db.transaction(async (tx) => {
    const locked = await lockActiveAccount(tx, account.id)
    if (locked?.passwordHash !== account.passwordHash) return err({ type: 'wrong-present' })
    await tx.update(users).set({ passwordHash }).where(eq(users.id, account.id))
    const kept = await sessionFacts(tx, ctx)
    await closeAllSessions(tx, account.id)
    await voidLinks(tx, { userId: account.id })
    await voidSteps(tx, account.id)
    await recordChange(tx, ctx, { action: 'accounts.password-changed', entity: 'user', entityId: account.id })
    await warnOfNewPassword(tx, ctx, account)
    return ok({ session: await openSession(tx, ctx, account.id, device, kept) })
  })
}
