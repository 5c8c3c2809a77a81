import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { withinAccountLimit } from '../limits.server.ts'
import { passwordMatches } from '../passwords.server.ts'
import { factorsOf } from '../second-factor/factors.server.ts'
import { ownAccountOf } from '../second-factor/own-factor.server.ts'
import { spendTotp } from '../second-factor/totp.server.ts'
import { renewSession } from '../sessions.server.ts'

/** By what the person can show that it is them; nothing at all means signing in again. */
export async function waysToProve(ctx: AppContext) {
  const account = await ownAccountOf(ctx)
  if (!account) return null
  const { totp, passkeys } = await factorsOf(ctx.db, account.id)
  const password = account.passwordHash !== null
  return { password, code: !password && totp, passkey: passkeys > 0, email: account.email }
}

export type ProveError = { type: 'not-allowed' } | { type: 'too-many-tries' } | { type: 'wrong' }

/** The password; for who has none, a code of the telephone. The session goes on under a new token. */
export async function prove(
  ctx: AppContext,
  { secret }: { secret: string },
): Promise<Result<{ session: string }, ProveError>> {
  const account = await ownAccountOf(ctx)
  if (!account) return err({ type: 'not-allowed' })
  if (!(await withinAccountLimit(ctx, 'change-password', account.id))) return err({ type: 'too-many-tries' })
  const byPassword = account.passwordHash !== null
  if (byPassword && !(await passwordMatches(account.passwordHash, secret))) return err({ type: 'wrong' })
  return ctx.db.transaction(async (tx) => {
    if (!byPassword && !(await spendTotp(tx, ctx, account.id, secret.replace(/[\s\u00a0\u202f]/g, ''))))
      return err({ type: 'wrong' })
    const { sessionId } = ctx.actor as { sessionId?: string }
    const session = await renewSession(tx, ctx, sessionId, {})
    return session ? ok({ session }) : err({ type: 'not-allowed' })
  })
}
