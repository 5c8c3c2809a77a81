import { eq } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { accountById, actingAs } from '../accounts.server.ts'
import { withinIpLimit } from '../limits.server.ts'
import { peekLink, spendLink, voidLinks } from '../one-time-links.server.ts'
import { isCommon, wordsOf } from '../password-rules.ts'
import { warnOfNewPassword } from '../password-warning.server.ts'
import { hashPassword } from '../passwords.server.ts'
import { users } from '../schema.server.ts'
import { closeAllSessions } from '../sessions.server.ts'
import { voidSteps } from '../pending-steps.server.ts'
import { type Admitted, admit } from './admit.server.ts'
import type { UseLinkError, UseLinkInput } from './enter-by-link.server.ts'

export type PasswordLink = 'invitation' | 'password-reset'

export interface ChoosePasswordInput extends UseLinkInput {
  purpose: PasswordLink
  password: string
}

/** For whom the page is; null when the link opens nothing (any more). */
export async function passwordLinkOwner(ctx: AppContext, purpose: PasswordLink, token: string) {
  const link = await peekLink(ctx, purpose, token)
  const account = link?.userId ? await accountById(ctx.db, link.userId) : null
  return account && { givenName: account.givenName, email: account.email }
}

/** By the link of an invitation or of a forgotten password. Every session open until then ends; this device enters, after its second step where there is one. */
export async function choosePassword(
  ctx: AppContext,
  { purpose, token, password, ...around }: ChoosePasswordInput,
): Promise<Result<Admitted, UseLinkError | { type: 'password-too-common' }>> {
  if (!(await withinIpLimit(ctx, 'use-link', around.ip))) return err({ type: 'too-many-tries' })
  const link = await peekLink(ctx, purpose, token)
  const account = link?.userId ? await accountById(ctx.db, link.userId) : null
  if (!account) return err({ type: 'link-unusable' })
  const words = wordsOf(account.givenName, account.familyName, account.email)
  if (isCommon(password, words)) return err({ type: 'password-too-common' })
  const passwordHash = await hashPassword(password)
  return ctx.db.transaction(async (tx) => {
    if (!(await spendLink(tx, ctx, purpose, token))) return err({ type: 'link-unusable' })
    await tx.update(users).set({ passwordHash }).where(eq(users.id, account.id))
    await closeAllSessions(tx, account.id)
    await voidLinks(tx, { userId: account.id })
    await voidSteps(tx, account.id)
    const action = purpose === 'invitation' ? 'accounts.password-chosen' : 'accounts.password-reset'
    await recordChange(tx, actingAs(ctx, account), { action, entity: 'user', entityId: account.id })
    if (purpose === 'password-reset') await warnOfNewPassword(tx, ctx, account)
    return ok(await admit(tx, ctx, account, { method: purpose === 'invitation' ? 'invitation' : 'reset' }, around))
  })
}
