import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { type Centre, readCentre } from '#app/platform/settings.server.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { invitation } from './calendar.server.ts'
import { type ActivityFacts, activityFacts } from './facts.server.ts'
import { ownLink } from './links.server.ts'
import { ticketOf } from './ticket.server.ts'
import { type MailKind, registrationMail } from './mails/registration-mails.ts'
import { practicalOf } from './practical.ts'

export interface Registrant {
  attendanceId: string
  linkVersion: number
  mode: AttendanceMode
  status: AttendanceStatus
  givenName: string
  fullName: string
  email: string
}

type House = Pick<Centre, 'name' | 'email'>

/** Writes one mail about one registration, with its calendar file where there is something to put down or to strike out. */
export async function notify(
  tx: Database,
  ctx: AppContext,
  kind: MailKind,
  { activity, centre, registrant }: { activity: ActivityFacts; centre: House; registrant: Registrant },
): Promise<void> {
  const status =
    registrant.status === 'waitlisted' || registrant.status === 'cancelled' ? registrant.status : 'registered'
  const own = practicalOf(activity, registrant)
  const ticket = ticketOf(ctx, { ...registrant, id: registrant.attendanceId }, activity)
  const mail = registrationMail(kind, {
    givenName: registrant.givenName,
    centre: centre.name,
    activity,
    status,
    own,
    ticket: ticket !== null,
    ownLink: ownLink(ctx, { id: registrant.attendanceId, linkVersion: registrant.linkVersion }, activity),
    activityLink: `${ctx.baseUrl}/agenda/${activity.slug}`,
  })
  const method = methodOf(kind, status)
  await queueMail(tx, ctx, {
    ...mail,
    purpose: `registration-${kind}`,
    toAddress: registrant.email,
    toName: registrant.fullName,
    qr: kind === 'activity-cancelled' || kind === 'own-cancellation' ? null : ticket,
    entity: 'attendance',
    entityId: registrant.attendanceId,
    calendar: method && activity.sessions.length > 0 ? { method, content: ics(method) } : null,
  })

  function ics(how: 'REQUEST' | 'CANCEL') {
    return invitation(how, {
      entries: [{ activity: { ...activity, updatedAt: ctx.now() }, own }],
      house: { name: centre.name, email: centre.email, baseUrl: ctx.baseUrl },
      attendee: { name: registrant.fullName, email: registrant.email },
      now: ctx.now(),
    })
  }
}

/** Who waits has nothing in their calendar yet, and nothing to strike out. */
function methodOf(kind: MailKind, status: 'registered' | 'waitlisted' | 'cancelled'): 'REQUEST' | 'CANCEL' | null {
  if (status === 'waitlisted') return null
  if (kind === 'activity-cancelled' || kind === 'own-cancellation') return 'CANCEL'
  return 'REQUEST'
}

type Row = Registrant & { activityId: string } & Record<string, unknown>

/** The same mail to several registrations, in the order given; who has no address gets none. */
export async function notifyAll(tx: Database, ctx: AppContext, kind: MailKind, attendanceIds: readonly string[]) {
  if (attendanceIds.length === 0) return
  const { rows } = await tx.execute<Row>(sql`
    select n.id as "attendanceId", n.activity_id as "activityId", n.link_version as "linkVersion", n.mode, n.status,
      p.given_name as "givenName", p.full_name as "fullName", p.email
    from activities.attendance n
    join directory.person_card p on p.id = n.person_id
    where n.id = any(${sql.param([...attendanceIds])}::uuid[]) and p.email is not null
    order by array_position(${sql.param([...attendanceIds])}::uuid[], n.id)`)
  const centre = await readCentre(tx)
  const known = new Map<string, ActivityFacts>()
  for (const { activityId, ...registrant } of rows) {
    const activity = known.get(activityId) ?? (await activityFacts(tx, { id: activityId }))!
    known.set(activityId, activity)
    await notify(tx, ctx, kind, { activity, centre, registrant })
  }
}
