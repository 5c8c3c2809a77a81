import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { AttendanceStatus } from '../labels.ts'

/** What one person followed of a cycle. `held` and `minutesHeld` are those of the cycle so far: the same for everybody. */
export interface Assiduity {
  identityId: string
  personId: string
  fullName: string
  attended: number
  held: number
  minutes: number
  minutesHeld: number
}

export interface Follower extends Assiduity {
  familyName: string
  organisation: string | null
  function: string | null
  /** By activity, coming ones included; an activity absent from it was not asked for. */
  marks: Record<string, AttendanceStatus>
}

/**
 * Who follows a cycle and what they attended of it. People count once, merged records together; an activity is held once it is
 * over, or as soon as somebody is ticked present; cancelled activities and drafts are no part of it.
 */
export async function followersOf(db: Database, seriesId: string, now: Date): Promise<Follower[]> {
  const { rows } = await db.execute<Follower & Record<string, unknown>>(sql`
    with act as (
      select a.id, (a.ends_at <= ${now.toISOString()}::timestamptz
        or exists (select from activities.attendance p where p.activity_id = a.id and p.status = 'present')) as held,
        (select coalesce(sum(extract(epoch from s.ends_at - s.starts_at) / 60), 0)::int
          from activities.session s where s.activity_id = a.id) as minutes
      from activities.activity a where a.series_id = ${seriesId} and a.status = 'published'
    ), mark as (
      select distinct on (c.identity_id, t.activity_id) c.identity_id, t.activity_id, t.status, act.held, t.arrival,
        act.minutes, t.function, coalesce(org.name, t.organisation_name) as organisation
      from act join activities.attendance t on t.activity_id = act.id
      join directory.person_card c on c.id = t.person_id
      left join directory.organisation_card org on org.id = t.organisation_id
      where t.status <> 'cancelled'
      order by c.identity_id, t.activity_id, (t.status = 'present') desc, t.arrival
    ), whole as (
      select (count(*) filter (where held))::int as held, coalesce(sum(minutes) filter (where held), 0)::int as minutes from act
    )
    select m.identity_id as "identityId", m.identity_id as "personId", p.full_name as "fullName",
      p.family_name as "familyName", (array_agg(m.organisation order by m.arrival desc))[1] as organisation,
      (array_agg(m.function order by m.arrival desc))[1] as function,
      (count(*) filter (where m.status = 'present'))::int as attended, whole.held,
      coalesce(sum(m.minutes) filter (where m.status = 'present'), 0)::int as minutes, whole.minutes as "minutesHeld",
      json_object_agg(m.activity_id, m.status) as marks
    from mark m join directory.person_card p on p.id = m.identity_id cross join whole
    group by m.identity_id, p.full_name, p.family_name, p.given_name, whole.held, whole.minutes
    having bool_or(m.status <> 'waitlisted')
    order by platform.normalise(p.family_name || ' ' || p.given_name)`)
  return rows
}

/** The same, without what only the screen shows. */
export const cycleAssiduity = async (db: Database, seriesId: string, now: Date): Promise<Assiduity[]> =>
  (await followersOf(db, seriesId, now)).map(
    ({ identityId, personId, fullName, attended, held, minutes, minutesHeld }) => ({
      identityId,
      personId,
      fullName,
      attended,
      held,
      minutes,
      minutesHeld,
    }),
  )

/** Of the activities held, the part that was attended: 0 to 1. */
export const shareOf = ({ attended, held }: Pick<Assiduity, 'attended' | 'held'>): number =>
  held === 0 ? 0 : attended / held

/** Whether the certificate may be given so far: `requiredShare` is a percentage, null when the cycle gives none. */
export const reaches = (assiduity: Pick<Assiduity, 'attended' | 'held'>, requiredShare: number | null): boolean =>
  requiredShare !== null && assiduity.held > 0 && assiduity.attended * 100 >= requiredShare * assiduity.held
