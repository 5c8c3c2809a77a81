import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { followedMinutes, minutesOf } from '../certificates/durations.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'

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

interface HeldActivity extends Record<string, unknown> {
  id: string
  held: boolean
  sessions: { startsAt: string; endsAt: string }[]
}

interface Mark {
  id: string
  status: AttendanceStatus
  mode: AttendanceMode
  connected: number | null
}

type Row = Pick<Follower, 'personId' | 'fullName' | 'familyName' | 'organisation' | 'function'> & {
  marks: Mark[]
} & Record<string, unknown>

/**
 * Who follows a cycle and what they attended of it. People count once, merged records together; an activity is held once it is
 * over, or as soon as somebody is ticked present; cancelled activities and drafts are no part of it.
 */
export async function followersOf(db: Database, seriesId: string, now: Date): Promise<Follower[]> {
  const activities = await activitiesOf(db, seriesId, now)
  const whole = new Map(activities.map(({ id, minutes }) => [id, minutes]))
  const held = activities.filter((activity) => activity.held)
  const minutesHeld = held.reduce((sum, { minutes }) => sum + minutes, 0)
  return (await marksOf(db, seriesId)).map(({ marks, ...person }) => {
    const present = marks.filter(({ status }) => status === 'present')
    return {
      ...person,
      identityId: person.personId,
      attended: present.length,
      held: held.length,
      minutes: present.reduce(
        (sum, { id, mode, connected }) => sum + followedMinutes(whole.get(id) ?? 0, mode, connected),
        0,
      ),
      minutesHeld,
      marks: Object.fromEntries(marks.map(({ id, status }) => [id, status])),
    }
  })
}

async function activitiesOf(db: Database, seriesId: string, now: Date) {
  const { rows } = await db.execute<HeldActivity>(sql`
    select a.id, (a.ends_at <= ${now.toISOString()}::timestamptz
        or exists (select from activities.attendance p where p.activity_id = a.id and p.status = 'present')) as held,
      coalesce((select json_agg(json_build_object('startsAt', s.starts_at, 'endsAt', s.ends_at))
        from activities.session s where s.activity_id = a.id), '[]') as sessions
    from activities.activity a where a.series_id = ${seriesId} and a.status = 'published'`)
  return rows.map(({ id, held, sessions }) => {
    const spans = sessions.map(({ startsAt, endsAt }) => ({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }))
    return { id, held, minutes: minutesOf(spans) }
  })
}

/** By person, one mark an activity: of two merged records at one activity, the one that says « present ». */
async function marksOf(db: Database, seriesId: string): Promise<Row[]> {
  const { rows } = await db.execute<Row>(sql`
    with mark as (
      select distinct on (c.identity_id, t.activity_id) c.identity_id, t.activity_id, t.status, t.mode, t.arrival,
        t.connected_minutes, t.function, coalesce(org.name, t.organisation_name) as organisation
      from activities.activity a join activities.attendance t on t.activity_id = a.id
      join directory.person_card c on c.id = t.person_id
      left join directory.organisation_card org on org.id = t.organisation_id
      where a.series_id = ${seriesId} and a.status = 'published' and t.status <> 'cancelled'
      order by c.identity_id, t.activity_id, (t.status = 'present') desc, t.arrival
    )
    select m.identity_id as "personId", p.full_name as "fullName", p.family_name as "familyName",
      (array_agg(m.organisation order by m.arrival desc))[1] as organisation,
      (array_agg(m.function order by m.arrival desc))[1] as function,
      json_agg(json_build_object('id', m.activity_id, 'status', m.status, 'mode', m.mode, 'connected', m.connected_minutes)) as marks
    from mark m join directory.person_card p on p.id = m.identity_id
    group by m.identity_id, p.full_name, p.family_name, p.given_name
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
