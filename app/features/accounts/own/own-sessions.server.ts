import { and, eq } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { accountById } from '../accounts.server.ts'
import { userSessions } from '../schema.server.ts'
import { closeAllSessions, closeOtherSessions, ownSessions } from '../sessions.server.ts'

/** One's own account, as « mon compte » shows it; null for anyone who has none. */
export async function ownAccount(ctx: AppContext, currentToken: string | null) {
  const account = ctx.actor.kind === 'user' ? await accountById(ctx.db, ctx.actor.userId) : null
  if (!account) return null
  const { fullName, email, role, passwordHash } = account
  const sessions = await ownSessions(ctx, account.id, currentToken)
  return { fullName, email, role, hasPassword: passwordHash !== null, sessions }
}

/** One device; someone else's session is as if it did not exist. */
export async function closeOwnSession(
  ctx: AppContext,
  { sessionId }: { sessionId: string },
): Promise<Result<null, { type: 'not-found' }>> {
  if (ctx.actor.kind !== 'user') return err({ type: 'not-found' })
  const closed = await ctx.db
    .delete(userSessions)
    .where(and(eq(userSessions.id, sessionId), eq(userSessions.userId, ctx.actor.userId)))
    .returning({ id: userSessions.id })
  return closed.length > 0 ? ok(null) : err({ type: 'not-found' })
}

export async function signOutEverywhere(ctx: AppContext): Promise<Result<null, { type: 'not-allowed' }>> {
  const { actor } = ctx
  if (actor.kind !== 'user') return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    await closeAllSessions(tx, actor.userId)
    const change = { action: 'accounts.signed-out-everywhere', entity: 'user', entityId: actor.userId }
    await recordChange(tx, ctx, change)
    return ok(null)
  })
}

/** Every device but this one. */
export async function signOutElsewhere(ctx: AppContext): Promise<Result<null, { type: 'not-allowed' }>> {
  const { actor } = ctx
  if (actor.kind !== 'user' || !actor.sessionId) return err({ type: 'not-allowed' })
  const { userId, sessionId } = actor
  return ctx.db.transaction(async (tx) => {
    await closeOtherSessions(tx, userId, sessionId)
    await recordChange(tx, ctx, { action: 'accounts.signed-out-elsewhere', entity: 'user', entityId: userId })
    return ok(null)
  })
}
