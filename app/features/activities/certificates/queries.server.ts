import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { readLink } from '#app/platform/signed-link.server.ts'
import { instant, instantOrNull } from '../instant.server.ts'
import type { LinkError } from '../registration/own.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCode } from './code.ts'
import type { Certificate } from './document.server.ts'
import type { revocations } from './schema.server.ts'
import type { Subject } from './subject.server.ts'

export type Revocation = (typeof revocations)[number]

interface Row extends Omit<Certificate, 'issuedAt'>, Record<string, unknown> {
  issuedAt: string
}

const columns = sql`c.id, c.code, c.kind, c.activity_id as "activityId", c.series_id as "seriesId", c.holder, c.facts, c.minutes,
  c.issued_at as "issuedAt"`

const certificateOf = ({
  id,
  code,
  kind,
  activityId,
  seriesId,
  holder,
  facts,
  minutes,
  issuedAt,
}: Row): Certificate => ({
  id,
  code,
  kind,
  activityId,
  seriesId,
  holder,
  facts,
  minutes,
  issuedAt: instant(issuedAt),
})

/** Papers in one PDF; more would make the reader wait, and the file too heavy to open. */
export const PART = 200

/** The good certificates of a subject, by name, as far as one file goes. */
export async function certificatesOf(ctx: AppContext, { kind, id }: Subject, part: number): Promise<Certificate[]> {
  if (!can(ctx.actor, 'attendance:export')) return []
  const of = kind === 'activity' ? sql`c.activity_id = ${id}` : sql`c.series_id = ${id}`
  const { rows } = await ctx.db.execute<Row>(sql`
    select ${columns} from activities.certificate c join directory.person_card p on p.id = c.person_id
    where ${of} and c.revoked_at is null
    order by platform.normalise(p.family_name || ' ' || p.given_name), c.id limit ${PART} offset ${(part - 1) * PART}`)
  return rows.map(certificateOf)
}

/** One good certificate, for the office; null when it was revoked, or may not be seen. */
export async function officeCertificate(ctx: AppContext, id: string): Promise<Certificate | null> {
  if (!can(ctx.actor, 'attendance:read')) return null
  return liveCertificate(ctx.db, sql`c.id = ${id}`)
}

async function liveCertificate(db: Database, which: ReturnType<typeof sql>): Promise<Certificate | null> {
  const { rows } = await db.execute<Row>(sql`
    select ${columns} from activities.certificate c where ${which} and c.revoked_at is null`)
  return rows[0] ? certificateOf(rows[0]) : null
}

export const ofAttendance = (db: Database, attendanceId: string): Promise<Certificate | null> =>
  liveCertificate(db, sql`c.kind = 'activity' and c.attendance_ids @> array[${attendanceId}::uuid]`)

/** The certificate that a mailed link opens: its latest version. */
export async function linkedCertificate(
  ctx: AppContext,
  token: string,
): Promise<Result<Certificate, LinkError | { type: 'revoked' }>> {
  const link = readLink(ctx.secret, 'certificate', token, ctx.now())
  if (link.state !== 'valid') return err({ type: link.state })
  const found = await liveCertificate(
    ctx.db,
    sql`c.id in (select coalesce(o.replaced_by_id, o.id) from activities.certificate o where o.id = ${link.id})`,
  )
  return found ? ok(found) : err({ type: 'revoked' })
}

/** What anybody may learn from a code. Of a paper that is no longer good, nothing about the person. */
export type Verdict =
  | { state: 'unknown' }
  | { state: 'revoked'; code: string; revokedAt: Date; reason: Revocation; newer: boolean }
  | { state: 'good'; certificate: Certificate }

export async function verify(db: Database, typed: string): Promise<Verdict> {
  const code = readCode(typed)
  if (!code) return { state: 'unknown' }
  const { rows } = await db.execute<
    Row & { revokedAt: string | null; revokedFor: Revocation | null; newer: boolean }
  >(sql`
    select ${columns}, c.revoked_at as "revokedAt", c.revoked_for as "revokedFor",
      exists (select from activities.certificate n where n.id = c.replaced_by_id and n.revoked_at is null) as newer
    from activities.certificate c where c.code = ${code}`)
  const [row] = rows
  if (!row) return { state: 'unknown' }
  const { revokedAt, revokedFor, newer } = row
  const since = instantOrNull(revokedAt)
  if (since && revokedFor) return { state: 'revoked', code, revokedAt: since, reason: revokedFor, newer }
  return { state: 'good', certificate: certificateOf(row) }
}
