import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { cycleAssiduity, reaches } from '../cycles/assiduity.server.ts'
import { instant } from '../instant.server.ts'
import type { AttendanceMode } from '../labels.ts'
import { followedMinutes, minutesOf } from './durations.ts'
import type { CertificateFacts, CertifiedSession } from './facts.ts'
import type { Subject, SubjectFacts } from './subject.server.ts'

/** Somebody who may have a certificate, and what it would say today. */
export interface Candidate {
  personId: string
  holder: string
  attendanceIds: string[]
  facts: CertificateFacts
  minutes: number
}

/** `only`: of one presence, or of one person. */
export interface Only {
  attendanceId?: string
  personId?: string
}

export const candidatesOf = (db: Database, subject: Subject, facts: SubjectFacts, now: Date, only: Only = {}) =>
  subject.kind === 'activity' ? ofActivity(db, subject.id, facts, only) : ofSeries(db, subject.id, facts, now, only)

interface Presence extends Record<string, unknown> {
  personId: string
  holder: string
  attendanceId: string
  mode: AttendanceMode
  connected: number | null
}

/** Merged records of one person count once, by whichever row came first. */
async function ofActivity(db: Database, id: string, facts: SubjectFacts, only: Only): Promise<Candidate[]> {
  const { rows } = await db.execute<Presence>(sql`
    select * from (
      select distinct on (c.identity_id) c.identity_id as "personId", kept.full_name as holder, n.id as "attendanceId", n.mode,
        n.connected_minutes as connected,
        array_agg(n.id) over (partition by c.identity_id) as theirs, kept.family_name, kept.given_name
      from activities.attendance n
      join directory.person_card c on c.id = n.person_id join directory.person_card kept on kept.id = c.identity_id
      where n.activity_id = ${id} and n.status = 'present'
      order by c.identity_id, n.arrival) as p
    where (${only.attendanceId ?? null}::uuid is null or ${only.attendanceId ?? null}::uuid = any(p.theirs))
      and (${only.personId ?? null}::uuid is null or ${only.personId ?? null}::uuid = p."personId")
    order by platform.normalise(p.family_name || ' ' || p.given_name), p."personId"`)
  const sessions = facts.sessions.map(
    ({ title, startsAt, endsAt }): CertifiedSession => ({
      title,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      minutes: minutesOf([{ startsAt, endsAt }]),
    }),
  )
  const whole = minutesOf(facts.sessions)
  return rows.map(({ personId, holder, attendanceId, mode, connected }) => {
    const minutes = followedMinutes(whole, mode, connected)
    const { title, nature, place } = facts
    return {
      personId,
      holder,
      attendanceIds: [attendanceId],
      facts: { subject: title, nature, place, mode, sessions, connected: mode === 'remote' && connected !== null },
      minutes,
    }
  })
}

interface Followed extends Record<string, unknown> {
  personId: string
  attendanceId: string
  mode: AttendanceMode
  connected: number | null
  title: string
  sessions: { startsAt: string; endsAt: string }[]
}

/** Whoever followed enough of the cycle, with one line by activity followed. */
async function ofSeries(
  db: Database,
  id: string,
  { title, requiredShare }: SubjectFacts,
  now: Date,
  only: Only,
): Promise<Candidate[]> {
  const everybody = await cycleAssiduity(db, id, now)
  const entitled = everybody.filter(
    (one) => reaches(one, requiredShare) && (!only.personId || one.identityId === only.personId),
  )
  const followed = Map.groupBy(await followedActivities(db, id), ({ personId }) => personId)
  return entitled.flatMap(({ identityId, fullName, attended, held }) => {
    const lines = (followed.get(identityId) ?? []).map((one) => ({ ...one, line: lineOf(one) }))
    if (lines.length === 0) return []
    const sessions = lines.map(({ line }) => line)
    return {
      personId: identityId,
      holder: fullName,
      attendanceIds: lines.map(({ attendanceId }) => attendanceId),
      facts: {
        subject: title,
        nature: null,
        place: null,
        mode: null,
        sessions,
        connected: lines.some(({ mode, connected }) => mode === 'remote' && connected !== null),
        followed: { attended, held },
      },
      minutes: sessions.reduce((sum, { minutes }) => sum + minutes, 0),
    }
  })
}

async function followedActivities(db: Database, seriesId: string): Promise<Followed[]> {
  const { rows } = await db.execute<Followed>(sql`
    select distinct on (a.starts_at, a.id, c.identity_id) c.identity_id as "personId", n.id as "attendanceId", n.mode,
      n.connected_minutes as connected, a.title,
      (select json_agg(json_build_object('startsAt', s.starts_at, 'endsAt', s.ends_at) order by s.starts_at)
        from activities.session s where s.activity_id = a.id) as sessions
    from activities.activity a join activities.attendance n on n.activity_id = a.id
    join directory.person_card c on c.id = n.person_id
    where a.series_id = ${seriesId} and a.status = 'published' and n.status = 'present' and a.starts_at is not null
    order by a.starts_at, a.id, c.identity_id, n.arrival`)
  return rows
}

function lineOf({ title, sessions, mode, connected }: Followed): CertifiedSession {
  const spans = sessions.map(({ startsAt, endsAt }) => ({ startsAt: instant(startsAt), endsAt: instant(endsAt) }))
  const last = Math.max(...spans.map(({ endsAt }) => endsAt.getTime()))
  return {
    title,
    startsAt: spans[0]!.startsAt.toISOString(),
    endsAt: new Date(last).toISOString(),
    minutes: followedMinutes(minutesOf(spans), mode, connected),
  }
}
