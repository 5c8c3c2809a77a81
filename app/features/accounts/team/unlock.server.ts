import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { accountByEmail } from '../accounts.server.ts'
import { makeLink } from '../one-time-links.server.ts'
import { voidSteps } from '../pending-steps.server.ts'
import { dropAllFactors } from '../second-factor/factors.server.ts'
import { closeAllSessions } from '../sessions.server.ts'
import { warnOwner } from '../warnings.server.ts'

export interface Unlocked {
  /** The way in, to hand over: no mail may be able to leave. */
  path: string
}

/** From the machine itself, for whoever nobody can let in any more: factors removed, sessions closed, a link to enter. */
export async function unlockAccount(
  ctx: AppContext,
  { email }: { email: string },
): Promise<Result<Unlocked, { type: 'not-allowed' } | { type: 'not-found' } | { type: 'suspended' }>> {
  if (ctx.actor.kind !== 'system' || !can(ctx.actor, 'users:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const account = await accountByEmail(tx, email)
    if (!account) return err({ type: 'not-found' })
    if (account.status !== 'active') return err({ type: 'suspended' })
    await dropAllFactors(tx, account.id)
    await voidSteps(tx, account.id)
    await closeAllSessions(tx, account.id)
    await recordChange(tx, ctx, { action: 'accounts.factors-reset', entity: 'user', entityId: account.id })
    await warnOwner(tx, ctx, account, 'factors-reset')
    return ok({ path: `/connexion/lien/${await makeLink(tx, ctx, 'sign-in', account.id)}` })
  })
}
