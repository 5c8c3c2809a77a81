import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { accountByEmail, lockActiveAccount } from '../accounts.server.ts'
import { withinAccountLimit, withinIpLimit } from '../limits.server.ts'
import { passwordMatches } from '../passwords.server.ts'
import { noteSignIn } from '../history/sign-ins.server.ts'
import { type Admitted, admit, type Around } from './admit.server.ts'

export interface SignInInput extends Around {
  email: string
  password: string
  knownAccountId: string | null
}

export type SignInError =
  | { type: 'too-many-tries' }
  /** Only strangers are slowed down: the link by mail and the devices already known still pass. */
  | { type: 'account-under-attack' }
  | { type: 'wrong' }

/**
 * One answer for a wrong password, an unknown address and a suspended account, after the same work. Tries on one account are
 * counted apart when they come from a device where it was opened before: strangers can use up their share, not the owner's.
 */
export async function signIn(ctx: AppContext, input: SignInInput): Promise<Result<Admitted, SignInError>> {
  if (!(await withinIpLimit(ctx, 'sign-in', input.ip))) return err({ type: 'too-many-tries' })
  const account = await accountByEmail(ctx.db, input.email)
  const known = account !== null && account.id === input.knownAccountId
  if (!(await withinAccountLimit(ctx, known ? 'sign-in-known' : 'sign-in', input.email)))
    return err({ type: 'account-under-attack' })
  const right = await passwordMatches(account?.passwordHash, input.password)
  if (!account || !right) {
    const { device, ip } = input
    await noteSignIn(ctx.db, ctx, {
      userId: account?.id ?? null,
      method: 'password',
      outcome: 'wrong-password',
      device,
      ip,
    })
    return err({ type: 'wrong' })
  }
  return ctx.db.transaction(async (tx) => {
    // Suspended, or its password changed, while this one was being checked.
    const present = await lockActiveAccount(tx, account.id)
    if (present?.passwordHash !== account.passwordHash) return err({ type: 'wrong' })
    return ok(await admit(tx, ctx, account, { method: 'password' }, input))
  })
}
