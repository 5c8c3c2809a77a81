import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readLink } from '#app/platform/signed-link.server.ts'
import { instantOrNull } from '../instant.server.ts'
import type { ActivityStatus, AttendanceMode, AttendanceStatus } from '../labels.ts'
import { leave } from '../registration/leave.server.ts'
import { ownLink } from '../registration/links.server.ts'
import type { LinkError } from '../registration/own.server.ts'
import { tellCycle } from './cycle-mail.server.ts'

export interface OwnStep {
  id: string
  activityId: string
  title: string
  status: AttendanceStatus
  mode: AttendanceMode
  activityStatus: ActivityStatus
  startsAt: Date | null
  endsAt: Date | null
  place: string | null
  /** While it may still be given back. */
  open: boolean
  /** To the page of this registration. */
  href: string
}

export interface OwnCycle {
  cycle: { title: string; slug: string; hasPage: boolean }
  person: { givenName: string; fullName: string; email: string | null }
  steps: OwnStep[]
}

interface Head extends Record<string, unknown> {
  seriesId: string | null
  title: string
  slug: string
  hasPage: boolean
  identityId: string
  givenName: string
  fullName: string
  email: string | null
  linkVersion: number
}

/** All of one’s registrations to a cycle, by the link of the message; merged records together. */
export async function readOwnCycle(ctx: AppContext, token: string): Promise<Result<OwnCycle, LinkError>> {
  const link = readLink(ctx.secret, 'own-cycle', token, ctx.now())
  if (link.state !== 'valid') return err({ type: link.state })
  const { rows } = await ctx.db.execute<Head>(sql`
    select s.id as "seriesId", s.title, s.slug, s.visibility <> 'internal' as "hasPage", c.identity_id as "identityId",
      k.given_name as "givenName", k.full_name as "fullName", k.email, n.link_version as "linkVersion"
    from activities.attendance n join activities.activity a on a.id = n.activity_id
    left join activities.series s on s.id = a.series_id
    join directory.person_card c on c.id = n.person_id join directory.person_card k on k.id = c.identity_id
    where n.id = ${link.id}`)
  const [head] = rows
  if (!head?.seriesId || head.linkVersion !== link.version) return err({ type: 'expired' })
  const { title, slug, hasPage, givenName, fullName, email } = head
  return ok({
    cycle: { title, slug, hasPage },
    person: { givenName, fullName, email },
    steps: await stepsOf(ctx, head.seriesId, head.identityId),
  })
}

interface Row extends Record<string, unknown>, Omit<OwnStep, 'startsAt' | 'endsAt' | 'open' | 'href'> {
  startsAt: string | null
  endsAt: string | null
  linkVersion: number
}

async function stepsOf(ctx: AppContext, seriesId: string, identityId: string): Promise<OwnStep[]> {
  const { rows } = await ctx.db.execute<Row>(sql`
    select n.id, n.activity_id as "activityId", a.title, n.status, n.mode, a.status as "activityStatus", a.starts_at as "startsAt", a.ends_at as "endsAt",
      a.place, n.link_version as "linkVersion"
    from activities.attendance n join activities.activity a on a.id = n.activity_id
    where a.series_id = ${seriesId} and a.status <> 'draft'
      and n.person_id in (select id from directory.person_card where identity_id = ${identityId})
    order by a.starts_at nulls last, a.id`)
  return rows.map(({ linkVersion, ...row }) => {
    const [startsAt, endsAt] = [instantOrNull(row.startsAt), instantOrNull(row.endsAt)]
    const inPlace = row.status === 'registered' || row.status === 'waitlisted'
    return {
      ...row,
      startsAt,
      endsAt,
      open: inPlace && row.activityStatus === 'published' && (endsAt === null || endsAt > ctx.now()),
      href: new URL(ownLink(ctx, { id: row.id, linkVersion }, { endsAt })).pathname,
    }
  })
}

/** Gives back every place of the cycle that may still be; one message for all. Asked twice, it happens once. */
export async function leaveCycle(ctx: AppContext, token: string): Promise<Result<null, LinkError>> {
  const own = await readOwnCycle(ctx, token)
  if (!own.ok) return own
  const { cycle, person, steps } = own.value
  // in the order in which a whole cycle is registered to: nobody waits for each other
  const open = steps.filter((step) => step.open).toSorted((a, b) => (a.activityId < b.activityId ? -1 : 1))
  const { givenName, fullName, email } = person
  return ctx.db.transaction(async (tx) => {
    const left: string[] = []
    for (const { id } of open) if ((await leave({ ...ctx, db: tx }, id, { silently: true })).ok) left.push(id)
    if (left.length > 0 && email)
      await tellCycle(tx, ctx, 'left', { cycle, attendanceIds: left, to: { givenName, fullName, email } })
    return ok(null)
  })
}
