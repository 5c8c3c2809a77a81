import type { AppContext } from '#app/platform/context.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { enqueue, jobType } from '#app/platform/outbox.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { safePath } from '#app/platform/web.server.ts'
import { accountByEmail } from '../accounts.server.ts'
import { withinAccountLimit, withinIpLimit } from '../limits.server.ts'
import { resetMail, signInMail } from '../mails.ts'
import { makeLink } from '../one-time-links.server.ts'

export interface AskLinkInput {
  email: string
  purpose: 'sign-in' | 'password-reset'
  ip: string
  /** Where to go once signed in. */
  next: string
}

export const sendLink = jobType<{ email: string; purpose: AskLinkInput['purpose']; next: string }>(
  'accounts.send-link',
  'Envoyer un lien de connexion',
)

/**
 * The same answer after the same work, whether the address is known or not: who it belongs to is only looked up later, by the
 * job. Beyond a few in a quarter of an hour nothing more leaves; those already sent still work.
 */
export async function askLink(
  ctx: AppContext,
  { email, purpose, ip, next }: AskLinkInput,
): Promise<Result<null, { type: 'too-many-tries' }>> {
  if (!(await withinIpLimit(ctx, 'ask-link', ip))) return err({ type: 'too-many-tries' })
  if (await withinAccountLimit(ctx, 'ask-link', email))
    await ctx.db.transaction((tx) => enqueue(tx, ctx, sendLink, { email, purpose, next: safePath(next, '/bureau') }))
  return ok(null)
}

/** Nothing leaves for an unknown address or a suspended account. */
export async function sendLinkTo(
  ctx: AppContext,
  { email, purpose, next }: { email: string; purpose: AskLinkInput['purpose']; next: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const account = await accountByEmail(tx, email)
    if (account?.status !== 'active') return
    const token = await makeLink(tx, ctx, purpose, account.id)
    const { name: centre } = await readCentre(tx)
    const said = { centre, givenName: account.givenName }
    const { subject, text, html } =
      purpose === 'sign-in'
        ? signInMail({ ...said, href: `${ctx.baseUrl}/connexion/lien/${token}${suffix(next)}` })
        : resetMail({ ...said, href: `${ctx.baseUrl}/mot-de-passe/${token}` })
    const to = { toAddress: account.email, toName: account.fullName, entity: 'user', entityId: account.id }
    await queueMail(tx, ctx, { purpose: `accounts.${purpose}`, ...to, subject, text, html })
  })
}

const suffix = (next: string) => (next === '/bureau' ? '' : `?suite=${encodeURIComponent(next)}`)
