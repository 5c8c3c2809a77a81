import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { instant, instantOrNull } from '../instant.server.ts'
import type { Mode } from '../labels.ts'

/** What a certificate is about. */
export type Subject = { kind: 'activity' | 'series'; id: string }

export interface SubjectFacts {
  title: string
  /** « Séminaire »; null for a cycle. */
  nature: string | null
  place: string | null
  mode: Mode | null
  endsAt: Date | null
  sessions: { title: string | null; startsAt: Date; endsAt: Date }[]
  /** Percentage that the certificate of a cycle asks for; null for an activity, and for a cycle that gives none. */
  requiredShare: number | null
  state: 'given' | 'draft' | 'cancelled'
  /** Activities of a cycle that are still to come. */
  coming: number
}

/** null: there is no such activity or series. */
export const subjectFacts = (db: Database, { kind, id }: Subject, now: Date): Promise<SubjectFacts | null> =>
  kind === 'activity' ? activityFacts(db, id) : seriesFacts(db, id, now)

interface ActivityRow extends Record<string, unknown> {
  title: string
  nature: string
  place: string | null
  mode: Mode
  status: 'published' | 'draft' | 'cancelled'
  endsAt: string | null
  sessions: { title: string | null; startsAt: string; endsAt: string }[]
}

async function activityFacts(db: Database, id: string): Promise<SubjectFacts | null> {
  const { rows } = await db.execute<ActivityRow>(sql`
    select a.title, k.label as nature, a.place, a.mode, a.status, a.ends_at as "endsAt",
      coalesce((select json_agg(json_build_object('title', s.title, 'startsAt', s.starts_at, 'endsAt', s.ends_at)
        order by s.starts_at, s.id) from activities.session s where s.activity_id = a.id), '[]') as sessions
    from activities.activity a join platform.term k on k.id = a.kind_id where a.id = ${id}`)
  const [row] = rows
  if (!row) return null
  const { status, sessions, endsAt, ...facts } = row
  return {
    ...facts,
    endsAt: instantOrNull(endsAt),
    sessions: sessions.map(({ title, startsAt, endsAt: end }) => ({
      title,
      startsAt: instant(startsAt),
      endsAt: instant(end),
    })),
    requiredShare: null,
    state: status === 'published' ? 'given' : status,
    coming: 0,
  }
}

async function seriesFacts(db: Database, id: string, now: Date): Promise<SubjectFacts | null> {
  const { rows } = await db.execute<{
    title: string
    requiredShare: number | null
    coming: number
    endsAt: string | null
  }>(sql`
    select r.title, r.required_share as "requiredShare", max(a.ends_at) as "endsAt",
      (count(a.id) filter (where coalesce(a.ends_at, 'infinity') > ${now.toISOString()}::timestamptz))::int as coming
    from activities.series r left join activities.activity a on a.series_id = r.id and a.status = 'published'
    where r.id = ${id} group by r.id`)
  const [row] = rows
  if (!row) return null
  const { title, requiredShare, coming, endsAt } = row
  return {
    title,
    requiredShare,
    coming,
    endsAt: instantOrNull(endsAt),
    nature: null,
    place: null,
    mode: null,
    sessions: [],
    state: 'given',
  }
}
