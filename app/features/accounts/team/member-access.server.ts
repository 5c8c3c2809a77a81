import { sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Role } from '#app/platform/permissions.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { accountById } from '../accounts.server.ts'
import { signInsOf } from '../history/sign-ins.server.ts'
import { voidLinks } from '../one-time-links.server.ts'
import { voidSteps } from '../pending-steps.server.ts'
import { isProven, type ProofNeeded } from '../proof.ts'
import { dropAllFactors, factorsOf } from '../second-factor/factors.server.ts'
import { asksSecondFactor } from '../second-factor/rule.server.ts'
import { closeAllSessions } from '../sessions.server.ts'
import { identityOf } from '../sso/manage-identity.server.ts'
import { warnOwner } from '../warnings.server.ts'

/** How a member enters, for who sees the team: never a secret, only whether there is one. */
export async function memberAccess(ctx: AppContext, userId: string) {
  if (!can(ctx.actor, 'users:read')) return null
  const account = await accountById(ctx.db, userId)
  if (!account) return null
  const { rows } = await ctx.db.execute<{ open: number }>(
    sql`select count(*)::int as open from accounts.session where user_id = ${userId} and expires_at > ${ctx.now().toISOString()}::timestamptz`,
  )
  return {
    ...(await factorsOf(ctx.db, userId)),
    asked: await asksSecondFactor(ctx.db, account.role),
    openSessions: rows[0]!.open,
    identity: await identityOf(ctx, userId),
    signIns: await signInsOf(ctx, userId),
  }
}

export type MemberAccessError = { type: 'not-allowed' } | { type: 'not-found' } | { type: 'yourself' } | ProofNeeded

/** Telephone and codes lost: the member enters with the password alone, and sets the rest up again where the rule asks for it. */
export async function resetFactors(
  ctx: AppContext,
  { userId }: { userId: string },
): Promise<Result<null, MemberAccessError>> {
  if (!can(ctx.actor, 'users:write')) return err({ type: 'not-allowed' })
  if (ctx.actor.kind === 'user' && ctx.actor.userId === userId) return err({ type: 'yourself' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  return ctx.db.transaction(async (tx) => {
    const account = await accountById(tx, userId)
    if (!account) return err({ type: 'not-found' })
    await dropAllFactors(tx, userId)
    await voidSteps(tx, userId)
    await closeAllSessions(tx, userId)
    await recordChange(tx, ctx, { action: 'accounts.factors-reset', entity: 'user', entityId: userId })
    await warnOwner(tx, ctx, account, 'factors-reset')
    return ok(null)
  })
}

/** A computer lost, a doubt: every session of the member ends, and the links in their mailbox open nothing any more. */
export async function signOutMember(
  ctx: AppContext,
  { userId }: { userId: string },
): Promise<Result<null, MemberAccessError>> {
  if (!can(ctx.actor, 'users:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    if (!(await accountById(tx, userId))) return err({ type: 'not-found' })
    await closeAllSessions(tx, userId)
    await voidSteps(tx, userId)
    await voidLinks(tx, { userId, purpose: 'sign-in' })
    await recordChange(tx, ctx, { action: 'accounts.signed-out-everywhere', entity: 'user', entityId: userId })
    return ok(null)
  })
}

export interface RoleProtection {
  role: Role
  members: number
  protected: number
}

/** By role: how many active members, how many of them already have a second factor. */
export async function protectionByRole(ctx: AppContext): Promise<RoleProtection[] | null> {
  if (!can(ctx.actor, 'users:read')) return null
  const { rows } = await ctx.db.execute<RoleProtection & Record<string, unknown>>(sql`
    select u.role, count(*)::int as members, count(*) filter (where
        exists (select from accounts.totp t where t.user_id = u.id and t.confirmed_at is not null)
        or exists (select from accounts.passkey k where k.user_id = u.id))::int as protected
    from accounts.user u where u.status = 'active' group by u.role`)
  return rows
}
