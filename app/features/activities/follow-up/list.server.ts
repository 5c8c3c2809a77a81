import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { instantOrNull } from '../instant.server.ts'
import type { Audience, FollowUpStatus } from '../labels.ts'
import { audiences } from './schema.server.ts'
import { countLeftOut, recipientsOf } from './recipients.server.ts'

export interface AudienceLine {
  audience: Audience
  written: number
  leftOut: Record<string, number>
  hasDraft: boolean
}

export interface SentLine {
  id: string
  audience: Audience
  status: FollowUpStatus
  subject: string
  sentAt: Date | null
  sentBy: string | null
  leftOut: Record<string, number>
  total: number
  /** Mails written, those that left, those that will not. */
  done: number
  gone: number
  failed: number
}

/** Whom one may still write to, and what was written; null: not for this actor. */
export async function followUpOverview(ctx: AppContext, activityId: string) {
  if (!can(ctx.actor, 'attendance:read')) return null
  const { rows } = await ctx.db.execute<{ audience: Audience }>(
    sql`select audience from activities.follow_up where activity_id = ${activityId} and status = 'draft'`,
  )
  const lines: AudienceLine[] = []
  for (const audience of audiences) {
    const recipients = await recipientsOf(ctx.db, { activityId, audience })
    const written = recipients.filter(({ leftOut }) => leftOut === null).length
    const hasDraft = rows.some((row) => row.audience === audience)
    lines.push({ audience, written, leftOut: countLeftOut(recipients), hasDraft })
  }
  return { lines, sent: await sentOf(ctx, sql`f.activity_id = ${activityId}`) }
}

type Raw = Omit<SentLine, 'sentAt'> & { sentAt: string | null } & Record<string, unknown>

async function sentOf(ctx: AppContext, where: ReturnType<typeof sql>): Promise<SentLine[]> {
  const { rows } = await ctx.db.execute<Raw>(sql`
    select f.id, f.audience, f.status, f.subject, f.sent_at as "sentAt", f.sent_by as "sentBy", f.left_out as "leftOut",
      count(s.attendance_id)::int as total, count(s.written_at)::int as done,
      (count(*) filter (where m.status in ('sent', 'kept')))::int as gone, (count(*) filter (where m.status = 'failed'))::int as failed
    from activities.follow_up f left join activities.follow_up_send s on s.follow_up_id = f.id
    left join platform.mail m on m.id = s.mail_id
    where ${where} and f.status <> 'draft' group by f.id order by f.sent_at desc, f.id`)
  return rows.map((row) => ({ ...row, sentAt: instantOrNull(row.sentAt) }))
}

export interface SendLine {
  attendanceId: string
  personId: string
  fullName: string
  mailId: string | null
  /** Of the mail; null while it is not written, or when its address was gone. */
  status: 'waiting' | 'sent' | 'kept' | 'failed' | null
  written: boolean
}

/** One message that was sent, and what became of it for each person; null: there is none, or not for this actor. */
export async function readSent(ctx: AppContext, activityId: string, id: string) {
  if (!can(ctx.actor, 'attendance:read')) return null
  const [message] = await sentOf(ctx, sql`f.id = ${id} and f.activity_id = ${activityId}`)
  if (!message) return null
  const { rows } = await ctx.db.execute<SendLine & Record<string, unknown>>(sql`
    select s.attendance_id as "attendanceId", c.identity_id as "personId", k.full_name as "fullName", s.mail_id as "mailId",
      m.status, s.written_at is not null as written
    from activities.follow_up_send s join activities.attendance n on n.id = s.attendance_id
    join directory.person_card c on c.id = n.person_id join directory.person_card k on k.id = c.identity_id
    left join platform.mail m on m.id = s.mail_id
    where s.follow_up_id = ${id} order by platform.normalise(k.family_name || ' ' || k.given_name) limit 5000`)
  const { rows: texts } = await ctx.db.execute<{ body: string }>(
    sql`select body from activities.follow_up where id = ${id}`,
  )
  return { message, body: texts[0]!.body, rows }
}
