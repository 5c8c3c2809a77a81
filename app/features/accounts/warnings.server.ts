import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import type { Account } from './accounts.server.ts'
import { type Warning, warningMail } from './mails.ts'

/** Whoever did it, the owner of the account learns it, at the address of the account. */
export async function warnOwner(
  tx: Database,
  ctx: AppContext,
  account: Account,
  warning: Warning,
  detail: string | null = null,
): Promise<void> {
  const { name: centre } = await readCentre(tx)
  const href = `${ctx.baseUrl}/mot-de-passe`
  const { subject, text, html } = warningMail({ centre, givenName: account.givenName, href, warning, detail })
  const to = { toAddress: account.email, toName: account.fullName, entity: 'user', entityId: account.id }
  await queueMail(tx, ctx, { purpose: `accounts.${warning}`, ...to, subject, text, html })
}
