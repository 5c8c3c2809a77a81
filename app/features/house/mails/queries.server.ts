import { and, asc, count, desc, eq, inArray, or, sql } from 'drizzle-orm'
import encodeQR from 'qr'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { sendMail } from '#app/platform/mail.server.ts'
import { enqueue } from '#app/platform/outbox.server.ts'
import { QR_CID } from '#app/platform/mail-parts.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { mails, mailStatuses } from '#app/platform/schema.server.ts'
import type { MailStatus } from '../labels.ts'

export interface MailFilters {
  /** In the subject or the address. */
  q: string
  statuses: readonly string[]
  purposes: readonly string[]
}

export interface ListedMail {
  id: string
  createdAt: Date
  purpose: string
  toAddress: string
  toName: string | null
  subject: string
  status: MailStatus
  lastError: string | null
}

const listed = {
  id: mails.id,
  createdAt: mails.createdAt,
  purpose: mails.purpose,
  toAddress: mails.toAddress,
  toName: mails.toName,
  subject: mails.subject,
  status: mails.status,
  lastError: mails.lastError,
}

const mayRead = ({ actor }: AppContext) => can(actor, 'mails:read')

export async function countMails(ctx: AppContext, filters: MailFilters): Promise<number> {
  if (!mayRead(ctx)) return 0
  const [row] = await ctx.db.select({ total: count() }).from(mails).where(matching(filters))
  return row!.total
}

export async function listMails(
  ctx: AppContext,
  filters: MailFilters,
  { limit, offset = 0, direction = 'desc' }: { limit: number; offset?: number; direction?: 'asc' | 'desc' },
): Promise<ListedMail[]> {
  if (!mayRead(ctx)) return []
  const way = direction === 'asc' ? asc : desc
  return ctx.db
    .select(listed)
    .from(mails)
    .where(matching(filters))
    .orderBy(way(mails.createdAt), way(mails.id))
    .limit(limit)
    .offset(offset)
}

function matching({ q, statuses, purposes }: MailFilters) {
  const known = mailStatuses.filter((status) => statuses.includes(status))
  const holds = (column: typeof mails.subject | typeof mails.toAddress) =>
    sql`position(platform.normalise(${q}) in platform.normalise(${column})) > 0`
  return and(
    known.length > 0 ? inArray(mails.status, known) : undefined,
    purposes.length > 0 ? inArray(mails.purpose, [...purposes]) : undefined,
    q ? or(holds(mails.subject), holds(mails.toAddress)) : undefined,
  )
}

/** How many wait, left, were kept, did not leave. */
export async function mailCounts(ctx: AppContext): Promise<Record<MailStatus, number>> {
  const counts = { waiting: 0, sent: 0, kept: 0, failed: 0 }
  if (!mayRead(ctx)) return counts
  const rows = await ctx.db.select({ status: mails.status, total: count() }).from(mails).groupBy(mails.status)
  return { ...counts, ...Object.fromEntries(rows.map(({ status, total }) => [status, total])) }
}

export type ReadMail = typeof mails.$inferSelect & {
  /** It holds a link that opens an account: only who manages accounts reads it. */
  sealed: boolean
}

export async function readMail(ctx: AppContext, id: string): Promise<ReadMail | null> {
  if (!mayRead(ctx)) return null
  const [mail] = await ctx.db.select().from(mails).where(eq(mails.id, id))
  if (!mail) return null
  const sealed = mail.purpose.startsWith('accounts.') && !can(ctx.actor, 'users:write')
  if (sealed) return { ...mail, text: '', html: null, calendar: null, qr: null, sealed }
  // what is an image joined to the mail when it leaves is drawn in the page here
  const code = mail.qr && encodeQR(mail.qr, 'data-url', { ecc: 'medium', border: 4, scale: 6 })
  return { ...mail, html: code && mail.html ? mail.html.replaceAll(`cid:${QR_CID}`, code) : mail.html, sealed }
}

export type ResendMailError = { type: 'not-allowed' } | { type: 'unknown-mail' } | { type: 'not-failed' }

/** Once more, with all its tries, for a mail that did not leave; or that was kept before there was a mail server. */
export async function resendMail(ctx: AppContext, id: string): Promise<Result<null, ResendMailError>> {
  if (!can(ctx.actor, 'mails:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [mail] = await tx.select({ status: mails.status }).from(mails).where(eq(mails.id, id)).for('update')
    if (!mail) return err({ type: 'unknown-mail' })
    if (mail.status !== 'failed' && mail.status !== 'kept') return err({ type: 'not-failed' })
    await tx.update(mails).set({ status: 'waiting', attempts: 0, lastError: null }).where(eq(mails.id, id))
    await enqueue(tx, ctx, sendMail, { mailId: id })
    await recordChange(tx, ctx, { action: 'house.mail-resent', entity: 'mail', entityId: id })
    return ok(null)
  })
}
