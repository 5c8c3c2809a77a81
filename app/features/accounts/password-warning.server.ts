import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import type { Account } from './accounts.server.ts'
import { passwordChangedMail } from './mails.ts'

/** Whoever changed it, the owner learns it. */
export async function warnOfNewPassword(tx: Database, ctx: AppContext, account: Account): Promise<void> {
  const { name: centre } = await readCentre(tx)
  const { subject, text, html } = passwordChangedMail({
    centre,
    givenName: account.givenName,
    href: `${ctx.baseUrl}/mot-de-passe`,
  })
  const to = { toAddress: account.email, toName: account.fullName, entity: 'user', entityId: account.id }
  await queueMail(tx, ctx, { purpose: 'accounts.password-changed', ...to, subject, text, html })
}
