import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { instant } from '../instant.server.ts'
import type { ActivityStatus, AttendanceMode, AttendanceStatus, Mode } from '../labels.ts'

export interface PaperActivity {
  id: string
  title: string
  kind: string
  status: ActivityStatus
  mode: Mode
  place: string | null
  sessions: { id: string; title: string | null; place: string | null; startsAt: Date; endsAt: Date }[]
}

interface Row extends Record<string, unknown>, Omit<PaperActivity, 'sessions'> {
  sessions: { id: string; title: string | null; place: string | null; startsAt: string; endsAt: string }[]
}

export async function paperActivity(db: Database, id: string): Promise<PaperActivity | null> {
  const { rows } = await db.execute<Row>(sql`
    select a.id, a.title, k.label as kind, a.status, a.mode, a.place,
      coalesce((select json_agg(json_build_object('id', s.id, 'title', s.title, 'place', s.place, 'startsAt', s.starts_at,
        'endsAt', s.ends_at) order by s.starts_at, s.id) from activities.session s where s.activity_id = a.id), '[]') as sessions
    from activities.activity a join platform.term k on k.id = a.kind_id where a.id = ${id}`)
  const [row] = rows
  if (!row) return null
  const sessions = row.sessions.map(({ startsAt, endsAt, ...rest }) => ({
    ...rest,
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
  }))
  return { ...row, sessions }
}

export interface Expected {
  attendanceId: string
  personId: string
  linkVersion: number
  status: AttendanceStatus
  givenName: string
  familyName: string
  organisation: string | null
  function: string | null
  mode: AttendanceMode
}

/** Whoever holds a place or came, by name: nothing more of them than a paper on a table may show. */
export async function expectedPeople(db: Database, activityId: string): Promise<Expected[]> {
  const { rows } = await db.execute<Expected & Record<string, unknown>>(sql`
    select * from (
      select distinct on (c.identity_id) n.id as "attendanceId", c.identity_id as "personId", n.link_version as "linkVersion",
        kept.given_name as "givenName", kept.family_name as "familyName", coalesce(n.organisation_name, o.name) as organisation,
        n.function, n.mode, n.status
      from activities.attendance n
      join directory.person_card c on c.id = n.person_id join directory.person_card kept on kept.id = c.identity_id
      left join directory.organisation_card o on o.id = n.organisation_id
      where n.activity_id = ${activityId} and n.status in ('registered', 'present', 'absent')
      order by c.identity_id, n.status = 'present' desc, n.arrival) as p
    order by platform.normalise(p."familyName"), platform.normalise(p."givenName"), p."attendanceId"`)
  return rows
}

export interface Host {
  personId: string | null
  /** Of the directory; a speaker whom it does not know has only a whole name. */
  givenName: string
  familyName: string
  organisation: string | null
  role: 'intervenant' | 'equipe'
}

/** Those who speak and who is in charge: they wear a badge, and sign no list. */
export async function hostsOf(db: Database, activityId: string): Promise<Host[]> {
  const { rows } = await db.execute<Host & Record<string, unknown>>(sql`
    select distinct on (coalesce(c.identity_id::text, platform.normalise(s.name))) c.identity_id as "personId",
      coalesce(kept.given_name, s.name) as "givenName", coalesce(kept.family_name, '') as "familyName",
      coalesce(s.organisation_name, o.name) as organisation, 'intervenant' as role
    from activities.speaker s
    left join directory.person_card c on c.id = s.person_id left join directory.person_card kept on kept.id = c.identity_id
    left join directory.organisation_card o on o.id = s.organisation_id
    where s.activity_id = ${activityId}
    union all
    select kept.id, kept.given_name, kept.family_name, null, 'equipe'
    from activities.activity a join directory.person_card c on c.id = a.lead_person_id
    join directory.person_card kept on kept.id = c.identity_id where a.id = ${activityId}`)
  return rows
}
