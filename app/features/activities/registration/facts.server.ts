import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import type { ActivityStatus, AttendanceMode, Mode, Visibility } from '../labels.ts'
import type { Question } from './questions.ts'

export interface SessionFacts {
  id: string
  title: string | null
  startsAt: Date
  endsAt: Date
  place: string | null
  remoteLink: string | null
}

/** What registering, its mails and its calendar file need to know of an activity. */
export interface ActivityFacts {
  id: string
  slug: string
  title: string
  kind: string
  status: ActivityStatus
  visibility: Visibility
  mode: Mode
  place: string | null
  address: string | null
  remoteLink: string | null
  onsiteNote: string | null
  remoteNote: string | null
  remoteTestLink: string | null
  startsAt: Date | null
  endsAt: Date | null
  registrationOpen: boolean
  registrationClosesAt: Date | null
  capacityOnsite: number | null
  capacityRemote: number | null
  waitingList: boolean
  askAccessibility: boolean
  askPhotos: boolean
  cancelledReason: string | null
  calendarSequence: number
  sessions: SessionFacts[]
  questions: Question[]
}

/** What everybody may read of it: neither how to join from afar, nor what is said to those who hold a place only. */
export type PublicFacts = Omit<
  ActivityFacts,
  'remoteLink' | 'onsiteNote' | 'remoteNote' | 'remoteTestLink' | 'sessions'
> & {
  sessions: Omit<SessionFacts, 'remoteLink'>[]
}

export function publicFacts(facts: ActivityFacts): PublicFacts {
  const { remoteLink: _link, onsiteNote: _onsite, remoteNote: _remote, remoteTestLink: _test, ...known } = facts
  return { ...known, sessions: known.sessions.map(({ remoteLink: _one, ...session }) => session) }
}

/** One statement: registrations come by hundreds. null when there is no such activity. */
export async function activityFacts(
  db: Database,
  key: { slug: string } | { id: string },
): Promise<ActivityFacts | null> {
  const [found] = await factsOf(db, 'slug' in key ? sql`a.slug = ${key.slug}` : sql`a.id = ${key.id}`)
  return found ?? null
}

/** Of several activities at once, in the order of the days. */
export async function factsOf(db: Database, where: SQL): Promise<ActivityFacts[]> {
  const { rows } = await executePrepared<{ facts: Raw }>(
    db,
    sql`
    select json_build_object('id', a.id, 'slug', a.slug, 'title', a.title, 'kind', k.label, 'status', a.status,
      'visibility', a.visibility, 'mode', a.mode, 'place', a.place, 'address', a.address, 'remoteLink', a.remote_link,
      'onsiteNote', a.onsite_note, 'remoteNote', a.remote_note, 'remoteTestLink', a.remote_test_link,
      'startsAt', a.starts_at, 'endsAt', a.ends_at, 'registrationOpen', a.registration_open,
      'registrationClosesAt', a.registration_closes_at, 'capacityOnsite', a.capacity_onsite,
      'capacityRemote', a.capacity_remote, 'waitingList', a.waiting_list, 'askAccessibility', a.ask_accessibility,
      'askPhotos', a.ask_photos, 'cancelledReason', a.cancelled_reason, 'calendarSequence', a.calendar_sequence,
      'sessions', coalesce((select json_agg(json_build_object('id', s.id, 'title', s.title, 'startsAt', s.starts_at,
          'endsAt', s.ends_at, 'place', s.place, 'remoteLink', s.remote_link) order by s.starts_at, s.id)
        from activities.session s where s.activity_id = a.id), '[]'),
      'questions', coalesce((select json_agg(json_build_object('id', q.id, 'label', q.label, 'hint', q.hint, 'kind', q.kind,
          'required', q.required, 'options', q.options, 'condition', q.condition) order by q.position, q.id)
        from activities.question q where q.activity_id = a.id), '[]')) as facts
    from activities.activity a join platform.term k on k.id = a.kind_id
    where ${where} order by a.starts_at nulls last, a.id`,
  )
  return rows.map(({ facts }) => read(facts))
}

type Times = 'startsAt' | 'endsAt' | 'registrationClosesAt'
type Raw = Omit<ActivityFacts, Times | 'sessions'> &
  Record<Times, string | null> & {
    sessions: (Omit<SessionFacts, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string })[]
  }

const date = (text: string | null) => (text === null ? null : new Date(text))

const read = (raw: Raw): ActivityFacts => ({
  ...raw,
  startsAt: date(raw.startsAt),
  endsAt: date(raw.endsAt),
  registrationClosesAt: date(raw.registrationClosesAt),
  sessions: raw.sessions.map((one) => ({
    ...one,
    startsAt: new Date(one.startsAt),
    endsAt: new Date(one.endsAt),
  })),
})

/** The ways one can take part. */
export const modesOf = (mode: Mode): readonly AttendanceMode[] =>
  mode === 'hybride' ? ['onsite', 'remote'] : mode === 'presentiel' ? ['onsite'] : ['remote']

export const capacityOf = (
  { capacityOnsite, capacityRemote }: Pick<ActivityFacts, 'capacityOnsite' | 'capacityRemote'>,
  mode: AttendanceMode,
) => (mode === 'onsite' ? capacityOnsite : capacityRemote)
