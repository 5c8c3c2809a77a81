import { sql } from 'drizzle-orm'
import { changesOf, type RecordedChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { instant } from '../../instant.server.ts'
import { activityFacts, type ActivityFacts } from '../facts.server.ts'
import { placesOf } from '../places.server.ts'
import { hasRoom } from '../state.ts'
import type { RegistrationRow } from './list.server.ts'

export interface OneRegistration extends RegistrationRow {
  personId: string
  activity: ActivityFacts
  /** A place is free in this way of taking part, for who would be taken out of turn. */
  room: boolean
  trail: RecordedChange[]
  mails: { id: string; subject: string; at: Date }[]
}

/** One registration, for the team; null: there is none of this activity, or the actor may not know. */
export async function oneRegistration(
  ctx: AppContext,
  { activityId, attendanceId }: { activityId: string; attendanceId: string },
): Promise<OneRegistration | null> {
  if (!can(ctx.actor, 'attendance:read')) return null
  const { rows } = await ctx.db.execute<
    Omit<RegistrationRow, 'registeredAt'> & { registeredAt: string; personId: string } & Record<string, unknown>
  >(sql`
    select n.id, n.person_id as "personId", p.given_name as "givenName", p.family_name as "familyName", p.email, n.status, n.mode,
      n.source, n.organisation_name as organisation, n.function, t.label as profile, d.name as departement, n.answers,
      ${can(ctx.actor, 'attendance:write') ? sql`n.accessibility_needs` : sql`null`} as "accessibilityNeeds",
      n.registered_at as "registeredAt",
      case when n.status = 'waitlisted' then (select count(*)::int from activities.attendance w where w.activity_id = n.activity_id
        and w.status = 'waitlisted' and w.mode = n.mode and w.arrival <= n.arrival) end as rank
    from activities.attendance n join directory.person_card p on p.id = n.person_id
    left join platform.term t on t.id = n.profile_id left join territory.territory_card d on d.id = n.departement_id
    where n.id = ${attendanceId} and n.activity_id = ${activityId}`)
  const [row] = rows
  if (!row) return null
  const activity = (await activityFacts(ctx.db, { id: activityId }))!
  const standing = (await placesOf(ctx.db, activity))[row.mode]
  return {
    ...row,
    registeredAt: instant(row.registeredAt),
    activity,
    room: standing !== undefined && hasRoom({ ...standing, waiting: 0 }),
    trail: await changesOf(ctx.db, 'attendance', attendanceId),
    mails: await mailsOf(ctx, attendanceId),
  }
}

async function mailsOf(ctx: AppContext, attendanceId: string) {
  const { rows } = await ctx.db.execute<{ id: string; subject: string; at: string }>(sql`
    select id, subject, created_at as at from platform.mail
    where entity = 'attendance' and entity_id = ${attendanceId} order by created_at desc limit 50`)
  return rows.map((mail) => ({ ...mail, at: instant(mail.at) }))
}
