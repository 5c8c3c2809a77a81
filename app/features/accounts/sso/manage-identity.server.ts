import { and, eq, isNull } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { accountById } from '../accounts.server.ts'
import { isProven, type ProofNeeded } from '../proof.ts'
import { identities } from '../schema.server.ts'
import { warnOwner } from '../warnings.server.ts'

const DAY = 24 * 60 * 60_000
export const EXPECTED_DAYS = 7

/** The link of an account with the provider in use; null without provider, or without the right to see it. */
export async function identityOf(ctx: AppContext, userId: string) {
  const { actor, identityProvider: provider } = ctx
  const own = actor.kind === 'user' && actor.userId === userId
  if (!provider || (!own && !can(actor, 'users:read'))) return null
  const [row] = await ctx.db
    .select()
    .from(identities)
    .where(and(eq(identities.userId, userId), eq(identities.issuer, provider.issuer)))
  const expected = row?.expectedUntil && row.expectedUntil > ctx.now() ? row.expectedUntil : null
  const linked = row?.subject ? { email: row.email, since: row.createdAt, lastUsedAt: row.lastUsedAt } : null
  return { label: provider.label, linked, expectedUntil: expected }
}

export type IdentityError = { type: 'not-allowed' } | { type: 'not-found' } | ProofNeeded

/** Oneself, or the administration. The other ways in stay. */
export async function unlinkIdentity(
  ctx: AppContext,
  { userId }: { userId: string },
): Promise<Result<null, IdentityError>> {
  const { actor, identityProvider: provider } = ctx
  const own = actor.kind === 'user' && actor.userId === userId && !actor.confined
  if (!own && !can(actor, 'users:write')) return err({ type: 'not-allowed' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  return ctx.db.transaction(async (tx) => {
    const account = await accountById(tx, userId)
    if (!account || !provider) return err({ type: 'not-found' })
    const gone = await tx
      .delete(identities)
      .where(and(eq(identities.userId, userId), eq(identities.issuer, provider.issuer)))
      .returning({ subject: identities.subject })
    if (gone.length === 0) return err({ type: 'not-found' })
    await recordChange(tx, ctx, { action: 'accounts.identity-unlinked', entity: 'user', entityId: userId })
    if (gone[0]!.subject) await warnOwner(tx, ctx, account, 'identity-unlinked', provider.label)
    return ok(null)
  })
}

/** The next person the provider sends with the address of this account, within some days, is this member. */
export async function expectIdentity(
  ctx: AppContext,
  { userId }: { userId: string },
): Promise<Result<null, IdentityError>> {
  const provider = ctx.identityProvider
  if (!can(ctx.actor, 'users:write')) return err({ type: 'not-allowed' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  return ctx.db.transaction(async (tx) => {
    const account = await accountById(tx, userId)
    if (!provider || account?.status !== 'active') return err({ type: 'not-found' })
    const now = ctx.now()
    const expectedUntil = new Date(now.getTime() + EXPECTED_DAYS * DAY)
    await tx
      .insert(identities)
      .values({ userId, issuer: provider.issuer, subject: null, createdAt: now, expectedUntil })
      .onConflictDoUpdate({
        target: [identities.userId, identities.issuer],
        set: { expectedUntil },
        setWhere: isNull(identities.subject),
      })
    await recordChange(tx, ctx, { action: 'accounts.identity-expected', entity: 'user', entityId: userId })
    return ok(null)
  })
}
