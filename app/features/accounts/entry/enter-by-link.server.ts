import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { withinIpLimit } from '../limits.server.ts'
import { peekLink, spendLink, voidLinks } from '../one-time-links.server.ts'
import { accountById } from '../accounts.server.ts'
import { type Admitted, admit, type Around } from './admit.server.ts'

export interface UseLinkInput extends Around {
  token: string
}

export type UseLinkError = { type: 'too-many-tries' } | { type: 'link-unusable' }

export const signInLinkOpens = async (ctx: AppContext, token: string) =>
  (await peekLink(ctx, 'sign-in', token)) !== null

export async function enterByLink(ctx: AppContext, input: UseLinkInput): Promise<Result<Admitted, UseLinkError>> {
  if (!(await withinIpLimit(ctx, 'use-link', input.ip))) return err({ type: 'too-many-tries' })
  return ctx.db.transaction(async (tx) => {
    const spent = await spendLink(tx, ctx, 'sign-in', input.token)
    if (!spent?.userId) return err({ type: 'link-unusable' })
    await voidLinks(tx, { userId: spent.userId, purpose: 'sign-in' })
    const account = (await accountById(tx, spent.userId))!
    return ok(await admit(tx, ctx, account, { method: 'link' }, input))
  })
}
