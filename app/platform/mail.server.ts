import { sql } from 'drizzle-orm'
import type { AppContext } from './context.ts'
import type { Database } from './database.server.ts'
import { jobType } from './outbox.server.ts'
import { executePrepared } from './prepared.server.ts'

export interface Mail {
  /** « registration-confirmed », « sign-in »… The office shows its French label. */
  purpose: string
  toAddress: string
  toName?: string | null
  /** Who answers go to, when it is not the centre. */
  replyTo?: string | null
  subject: string
  text: string
  html?: string | null
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string } | null
  /** A text drawn as a QR code when the mail leaves; its HTML shows it as « cid:billet » (mail-parts.ts). */
  qr?: string | null
  /** The record it is about, so that its page can show it. */
  entity?: string
  entityId?: string
}

export const sendMail = jobType<{ mailId: string }>('platform.send-mail', 'Envoyer un message')

/**
 * Writes a mail in the transaction that causes it; it leaves after commit (or is kept, readable in the office, without SMTP_URL).
 * The mail and its job are one statement: registrations write theirs while others wait for the same activity.
 */
export async function queueMail(tx: Database, ctx: AppContext, mail: Mail): Promise<string> {
  const at = ctx.now().toISOString()
  const { rows } = await executePrepared<{ id: string }>(
    tx,
    sql`
    with mail as (
      insert into platform.mail (purpose, to_address, to_name, reply_to, subject, text, html, calendar, qr, entity, entity_id, created_at)
      values (${mail.purpose}, ${mail.toAddress}, ${mail.toName ?? null}, ${mail.replyTo ?? null}, ${oneLine(mail.subject)}, ${mail.text},
        ${mail.html ?? null}, ${mail.calendar ? JSON.stringify(mail.calendar) : null}::jsonb, ${mail.qr ?? null}, ${mail.entity ?? null},
        ${mail.entityId ?? null}, ${at})
      returning id)
    insert into platform.outbox (kind, name, payload, at)
    select 'job', ${sendMail.name}, jsonb_build_object('mailId', id), ${at}::timestamptz from mail
    returning payload ->> 'mailId' as id`,
  )
  return rows[0]!.id
}

/** A header never holds a line break (header injection). */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 300)
