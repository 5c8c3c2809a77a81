import type { AppContext } from './context.ts'
import type { Database } from './database.server.ts'
import { enqueue, jobType } from './outbox.server.ts'
import { mails } from './schema.server.ts'

export interface Mail {
  /** « registration-confirmed », « sign-in »… The office shows its French label. */
  purpose: string
  toAddress: string
  toName?: string | null
  subject: string
  text: string
  html?: string | null
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string } | null
  /** The record it is about, so that its page can show it. */
  entity?: string
  entityId?: string
}

export const sendMail = jobType<{ mailId: string }>('platform.send-mail', 'Envoyer un message')

/** Writes a mail in the transaction that causes it; it leaves after commit (or is kept, readable in the office, without SMTP_URL). */
export async function queueMail(tx: Database, ctx: AppContext, mail: Mail): Promise<string> {
  const [row] = await tx
    .insert(mails)
    .values({ ...mail, subject: oneLine(mail.subject), createdAt: ctx.now() })
    .returning({ id: mails.id })
  await enqueue(tx, ctx, sendMail, { mailId: row!.id })
  return row!.id
}

/** A header never holds a line break (header injection). */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 300)
