import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { signLink } from '#app/platform/signed-link.server.ts'
import { certificateMail } from './mail.ts'
import { codeAddress } from './document.server.ts'
import type { Subject } from './subject.server.ts'

/** A mailed link opens for a year; later, one asks the centre. */
const LINK_DAYS = 366
const BATCH = 50

export const certificateLink = (ctx: AppContext, id: string): string => {
  const expiresAt = new Date(ctx.now().getTime() + LINK_DAYS * 86_400_000)
  return `${ctx.baseUrl}/attestation/${signLink(ctx.secret, 'certificate', { id, expiresAt })}`
}

interface Unsent extends Record<string, unknown> {
  id: string
  code: string
  subject: string
  givenName: string
  fullName: string
  email: string
}

/** To whom it was never sent: running again sends nothing twice. Answers how many left. */
export async function sendSome(ctx: AppContext, { kind, id }: Subject): Promise<number> {
  const of = kind === 'activity' ? sql`c.activity_id = ${id}` : sql`c.series_id = ${id}`
  return ctx.db.transaction((tx) => sendWhere(tx, ctx, sql`${of} and c.sent_at is null`))
}

export const sendAgain = (tx: Database, ctx: AppContext, certificateId: string): Promise<number> =>
  sendWhere(tx, ctx, sql`c.id = ${certificateId}`)

async function sendWhere(tx: Database, ctx: AppContext, which: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await tx.execute<Unsent>(sql`
    with chosen as (
      select c.id from activities.certificate c join directory.person_card p on p.id = c.person_id
      join directory.person_card kept on kept.id = p.identity_id
      where ${which} and c.revoked_at is null and kept.email is not null
      order by c.id limit ${BATCH} for update of c skip locked)
    update activities.certificate c set sent_at = ${ctx.now().toISOString()}::timestamptz
    from chosen, directory.person_card p join directory.person_card kept on kept.id = p.identity_id
    where c.id = chosen.id and p.id = c.person_id
    returning c.id, c.code, c.facts ->> 'subject' as subject, kept.given_name as "givenName", kept.full_name as "fullName", kept.email`)
  const centre = await readCentre(tx)
  for (const { id, code, subject, givenName, fullName, email } of rows) {
    const said = {
      givenName,
      subject,
      centre: centre.name,
      link: certificateLink(ctx, id),
      code,
      check: codeAddress(ctx, code),
    }
    await queueMail(tx, ctx, {
      ...certificateMail(said),
      purpose: 'certificate',
      toAddress: email,
      toName: fullName,
      entity: 'certificate',
      entityId: id,
    })
  }
  return rows.length
}
