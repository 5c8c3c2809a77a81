import { eq, sql } from 'drizzle-orm'
import { createTransport } from 'nodemailer'
import encodeQR from 'qr'
import type { AppContext } from './context.ts'
import type { Database } from './database.server.ts'
import { JobFailure, type JobHandler, onJob } from './jobs.server.ts'
import { sendMail } from './mail.server.ts'
import { QR_CID } from './mail-parts.ts'
import { executePrepared } from './prepared.server.ts'
import { mails } from './schema.server.ts'
import { readCentre } from './settings.server.ts'

type StoredMail = typeof mails.$inferSelect

interface Sender {
  name: string
  address: string
  replyTo?: string
}

/** What became of one try. `later`: the server's doing, not the message's. */
export type Sent = { type: 'sent' } | { type: 'refused'; reason: string } | { type: 'later'; reason: string }

export interface MailTransport {
  /** MAIL_FROM: « Réseau <contact@example.org> » or the address alone. */
  from: string | null
  send(mail: StoredMail, sender: Sender, messageId: string): Promise<Sent>
  close(): void
}

/** Tries of one mail, some nine hours apart in all, before it is given up and shown as such. */
const MAX_TRIES = 12

/** A pooled connection to the mail server; nothing is opened before the first mail. A server that keeps silent is left after a while. */
export function openMailTransport({ smtpUrl, mailFrom }: { smtpUrl: string; mailFrom?: string | null }): MailTransport {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    maxRequeues: 1,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    idleTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0])
  return {
    from: mailFrom ?? null,
    close: () => transport.close(),
    send: async (mail, sender, messageId) => {
      try {
        await transport.sendMail(messageOf(mail, sender, messageId))
        return { type: 'sent' }
      } catch (error) {
        return outcomeOf(error as SmtpError)
      }
    },
  }
}

function messageOf(mail: StoredMail, { name, address, replyTo }: Sender, messageId: string) {
  return {
    messageId,
    from: { name, address },
    ...((mail.replyTo ?? replyTo) ? { replyTo: mail.replyTo ?? replyTo } : {}),
    to: { name: mail.toName ?? '', address: mail.toAddress },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html ? { html: mail.html } : {}),
    // an alternative that mail programs show as an invitation, and the same as a file for the others
    ...(mail.calendar
      ? { icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: 'rendez-vous.ics' } }
      : {}),
    ...(mail.qr && mail.html ? { attachments: [qrImage(mail.qr)] } : {}),
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

/** Drawn as it leaves, not kept: a GIF, which every mail program shows. */
const qrImage = (text: string) => ({
  cid: QR_CID,
  filename: 'billet.gif',
  contentType: 'image/gif',
  contentDisposition: 'inline' as const,
  content: Buffer.from(encodeQR(text, 'gif', { ecc: 'medium', border: 4, scale: 6 })),
})

interface SmtpError extends Error {
  code?: string
  command?: string
  responseCode?: number
}

/** The server's own words are not kept: they are in English and often quote the address. */
function outcomeOf({ code, command, responseCode = 0 }: SmtpError): Sent {
  const final = responseCode >= 500 && responseCode < 600
  if (final && command === 'RCPT TO')
    return {
      type: 'refused',
      reason: 'Le serveur de messagerie refuse cette adresse : elle n’existe pas ou n’existe plus.',
    }
  if (final && (command === 'DATA' || code === 'EMESSAGE'))
    return { type: 'refused', reason: 'Le serveur de messagerie refuse ce message.' }
  if (code === 'EENVELOPE' && !responseCode)
    return { type: 'refused', reason: 'Cette adresse ne peut pas recevoir de message.' }
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return { type: 'later', reason: 'Le serveur de messagerie refuse notre compte : vérifiez SMTP_URL.' }
  if (final && command === 'MAIL FROM')
    return { type: 'later', reason: 'Le serveur de messagerie refuse notre adresse d’expéditeur : vérifiez MAIL_FROM.' }
  if (responseCode) return { type: 'later', reason: 'Le serveur de messagerie demande de réessayer plus tard.' }
  return { type: 'later', reason: 'Le serveur de messagerie ne répond pas.' }
}

/** Sends what `queueMail` wrote. Without a mail server the mail is kept, to be read in the office. */
export const makeMailHandler = (transport: MailTransport | null): JobHandler =>
  onJob(
    sendMail,
    async (ctx, { mailId }) => {
      if (!transport) return keep(ctx.db, mailId)
      const sent = await ctx.db.transaction((tx) => sendOne(tx, ctx, transport, mailId))
      if (sent?.type === 'later') throw new JobFailure(sent.reason)
    },
    { lane: 'mail' },
  )

const keep = async (db: Database, id: string) => {
  await executePrepared(db, sql`update platform.mail set status = 'kept' where id = ${id} and status = 'waiting'`)
}

/** The row stays locked while it is sent, and is marked by the same transaction: two runs of one job send one mail. */
async function sendOne(tx: Database, ctx: AppContext, transport: MailTransport, id: string): Promise<Sent | null> {
  const [mail] = await tx.select().from(mails).where(eq(mails.id, id)).for('update')
  if (!mail || mail.status !== 'waiting') return null
  const sent = await trySend(tx, ctx, transport, mail)
  await tx
    .update(mails)
    .set(marks(mail, sent, ctx.now()))
    .where(eq(mails.id, id))
  return mail.attempts + 1 < MAX_TRIES ? sent : null
}

async function trySend(tx: Database, ctx: AppContext, transport: MailTransport, mail: StoredMail): Promise<Sent> {
  const sender = await senderOf(tx, transport)
  if (!sender)
    return {
      type: 'later',
      reason: 'Aucune adresse d’expéditeur : donnez MAIL_FROM, ou l’adresse du centre dans les réglages.',
    }
  if (!ADDRESS.test(mail.toAddress))
    return { type: 'refused', reason: 'Cette adresse ne peut pas recevoir de message.' }
  // The same at each try: a receiver that got it twice shows it once.
  return transport.send(mail, sender, `<${mail.id}@${new URL(ctx.baseUrl).hostname}>`)
}

const ADDRESS = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/

function marks(mail: StoredMail, sent: Sent, now: Date): Partial<StoredMail> {
  const attempts = mail.attempts + 1
  if (sent.type === 'sent') return { status: 'sent', sentAt: now, attempts, lastError: null }
  const givenUp = sent.type === 'refused' || attempts >= MAX_TRIES
  return { status: givenUp ? 'failed' : 'waiting', attempts, lastError: sent.reason }
}

async function senderOf(tx: Database, { from }: MailTransport): Promise<Sender | null> {
  const centre = await readCentre(tx)
  const [, name, inBrackets] = /^([^<>]*)<([^<>]+)>$/.exec(from ?? '') ?? []
  const address = inBrackets ?? from ?? centre.email
  if (!address) return null
  const replyTo = centre.email && centre.email !== address ? { replyTo: centre.email } : {}
  return { name: name?.trim() || centre.name, address, ...replyTo }
}
