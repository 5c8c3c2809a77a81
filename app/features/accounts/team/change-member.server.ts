import { eq, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { Role } from '#app/platform/permissions.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Account, accountById } from '../accounts.server.ts'
import { voidLinks } from '../one-time-links.server.ts'
import { voidSteps } from '../pending-steps.server.ts'
import { isProven, type ProofNeeded } from '../proof.ts'
import { users } from '../schema.server.ts'
import { closeAllSessions } from '../sessions.server.ts'
import { lockTeam } from '../set-up-link.server.ts'

export type ChangeMemberError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'last-administration' }
  | { type: 'yourself' }
  | ProofNeeded

type Changed = Result<null, ChangeMemberError>

/** Another role begins with another session: nothing of the former rights stays open somewhere. */
export const changeRole = (ctx: AppContext, { userId, role }: { userId: string; role: Role }): Promise<Changed> =>
  changeMember(ctx, userId, async (tx, account) => {
    if (account.role === role) return ok(null)
    if (!isProven(ctx)) return err({ type: 'proof-needed' })
    if (await isLastAdministration(tx, account)) return err({ type: 'last-administration' })
    await tx.update(users).set({ role }).where(eq(users.id, userId))
    await closeAllSessions(tx, userId)
    const fields: Record<string, [unknown, unknown]> = { role: [account.role, role] }
    await recordChange(tx, ctx, { action: 'accounts.role-changed', entity: 'user', entityId: userId, fields })
    return ok(null)
  })

/** Takes effect at once: sessions end, links in mailboxes open nothing. */
export const suspendMember = (ctx: AppContext, { userId }: { userId: string }): Promise<Changed> =>
  changeMember(ctx, userId, async (tx, account) => {
    if (account.status === 'suspended') return ok(null)
    if (ctx.actor.kind === 'user' && ctx.actor.userId === userId) return err({ type: 'yourself' })
    if (await isLastAdministration(tx, account)) return err({ type: 'last-administration' })
    await tx.update(users).set({ status: 'suspended' }).where(eq(users.id, userId))
    await closeAllSessions(tx, userId)
    await voidSteps(tx, userId)
    await voidLinks(tx, { userId })
    await recordChange(tx, ctx, { action: 'accounts.suspended', entity: 'user', entityId: userId })
    return ok(null)
  })

export const reactivateMember = (ctx: AppContext, { userId }: { userId: string }): Promise<Changed> =>
  changeMember(ctx, userId, async (tx, account) => {
    if (account.status === 'active') return ok(null)
    await tx.update(users).set({ status: 'active' }).where(eq(users.id, userId))
    await recordChange(tx, ctx, { action: 'accounts.reactivated', entity: 'user', entityId: userId })
    return ok(null)
  })

/** One change of the team at a time: what is read under the lock is still true when it is written. */
async function changeMember(
  ctx: AppContext,
  userId: string,
  change: (tx: Database, account: Account) => Promise<Changed>,
): Promise<Changed> {
  if (!can(ctx.actor, 'users:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    await lockTeam(tx)
    const account = await accountById(tx, userId)
    return account ? change(tx, account) : err({ type: 'not-found' })
  })
}

/** Someone must be left who can manage the team: active, and who has already entered. */
async function isLastAdministration(tx: Database, { id, role, status }: Account): Promise<boolean> {
  if (role !== 'administration' || status !== 'active') return false
  const { rows } = await tx.execute<{ others: number }>(sql`
    select count(*)::int as others from accounts.user
    where id <> ${id} and role = 'administration' and status = 'active' and (password_hash is not null or last_seen_at is not null)`)
  return rows[0]!.others === 0
}
