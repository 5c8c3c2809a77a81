import { and, eq, isNull } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { type Account, actingAs } from '../accounts.server.ts'
import { spendStep } from '../pending-steps.server.ts'
import { identities } from '../schema.server.ts'
import { warnOwner } from '../warnings.server.ts'

/** Who the provider says that somebody is. */
export interface Identity {
  issuer: string
  subject: string
  email: string | null
  emailVerified: boolean
  givenName: string | null
  familyName: string | null
}

export const sameEmail = (a: string | null, b: string) =>
  a !== null && a.trim().toLowerCase() === b.trim().toLowerCase()

/**
 * The person came from the provider with the address of this account, and has now entered it by their own means: both are theirs.
 * Another address (a shared computer, a colleague) is left alone: « mon compte » links it knowingly.
 */
export async function linkWaitingIdentity(
  tx: Database,
  ctx: AppContext,
  account: Account,
  token: string | null,
): Promise<void> {
  const waiting = await spendStep<Identity>(tx, ctx, 'identity-to-link', token)
  if (waiting && sameEmail(waiting.data.email, account.email)) await linkIdentity(tx, ctx, account, waiting.data)
}

/** false when the account already has another identity there, or the identity another account. */
export async function linkIdentity(
  tx: Database,
  ctx: AppContext,
  account: Account,
  { issuer, subject, email }: Identity,
): Promise<boolean> {
  const link = { subject, email, createdAt: ctx.now(), lastUsedAt: ctx.now(), expectedUntil: null }
  const [taken] = await tx
    .select({ id: identities.id })
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)))
  if (taken) return false
  const linked = await tx
    .insert(identities)
    .values({ userId: account.id, issuer, ...link })
    .onConflictDoUpdate({
      target: [identities.userId, identities.issuer],
      set: link,
      setWhere: isNull(identities.subject),
    })
    .returning({ id: identities.id })
  if (linked.length === 0) return false
  await recordChange(tx, actingAs(ctx, account), {
    action: 'accounts.identity-linked',
    entity: 'user',
    entityId: account.id,
  })
  await warnOwner(tx, ctx, account, 'identity-linked', ctx.identityProvider?.label ?? null)
  return true
}
