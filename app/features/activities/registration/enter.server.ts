import { sql } from 'drizzle-orm'
import { writeTraced } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { AttendanceMode } from '../labels.ts'
import type { attendances } from '../schema.server.ts'
import { type HeldActivity, holdActivity, moveUp, placesOf } from './places.server.ts'
import { hasRoom, type RegistrationState, registrationState } from './state.ts'

/** What stands on the row of somebody who enters an activity. */
export type Entry = Pick<
  typeof attendances.$inferInsert,
  'personId' | 'source' | 'function' | 'profileId' | 'organisationId' | 'organisationName' | 'departementId'
> & {
  mode: AttendanceMode
  answers: Record<string, string | string[]>
  accessibilityNeeds: string | null
  formId: string | null
}

type Row = Pick<typeof attendances.$inferSelect, 'id' | 'status' | 'mode' | 'linkVersion' | 'formId'>

export interface Entered {
  attendance: Row
  /** false: this person was in already, nothing was written. */
  made: boolean
  /** What somebody new would have got at that moment. */
  asNew: 'confirmed' | 'waitlisted' | 'full'
}

export type EnterError =
  | { type: 'not-found' }
  | { type: Exclude<RegistrationState, 'open'> }
  | { type: 'full'; mode: AttendanceMode }

export interface EnterOptions {
  /** The team may enter people while registration is closed or not open. */
  byTheTeam?: boolean
  /** …and beyond the number of places, when it says so. */
  beyondCapacity?: boolean
  /** The person was made a moment ago: no row of theirs to look for. */
  newcomer?: boolean
}

/** Gives a place or a rank on the waiting list. From here to commit the activity is held: keep it short. */
export async function enter(
  tx: Database,
  ctx: AppContext,
  activityId: string,
  entry: Entry,
  { byTheTeam, beyondCapacity, newcomer }: EnterOptions = {},
): Promise<Result<Entered, EnterError>> {
  const held = await holdActivity(tx, activityId)
  if (!held) return err({ type: 'not-found' })
  const state = registrationState(held, ctx.now())
  if (state !== 'open' && !(byTheTeam && held.status === 'published')) return err({ type: state })
  const places = await placesOf(tx, held)
  const standing = places[entry.mode]
  const room = standing !== undefined && (beyondCapacity || hasRoom(standing))
  const asNew = room ? 'confirmed' : standing && held.waitingList ? 'waitlisted' : 'full'
  const known = newcomer ? null : await knownRow(tx, activityId, entry.personId)
  if (known) return ok({ attendance: known, made: false, asNew })
  if (asNew === 'full') return err({ type: 'full', mode: entry.mode })
  const attendance = await write(tx, ctx, held, entry, asNew === 'confirmed' ? 'registered' : 'waitlisted')
  if (!attendance) {
    const since = await knownRow(tx, activityId, entry.personId)
    return since ? ok({ attendance: since, made: false, asNew }) : err({ type: 'full', mode: entry.mode })
  }
  // places were added and not yet given out: they go to those who came first
  if (standing && standing.waiting > 0 && hasRoom({ ...standing, waiting: 0 })) await moveUp(tx, ctx, activityId)
  return ok({ attendance, made: true, asNew })
}

/** The row of who is in and not gone again, under whichever of their merged records it was made. */
async function knownRow(tx: Database, activityId: string, personId: string): Promise<Row | null> {
  const { rows } = await executePrepared<Row & Record<string, unknown>>(
    tx,
    sql`
    select id, status, mode, link_version as "linkVersion", form_id as "formId"
    from activities.attendance
    where activity_id = ${activityId} and status not in ('cancelled', 'excused')
      and person_id in (select id from directory.person_card where identity_id = ${personId})
    order by arrival limit 1`,
  )
  return rows[0] ?? null
}

/** Who had cancelled comes back at the end of the queue, on the same row; null: this person is in already. */
async function write(
  tx: Database,
  ctx: AppContext,
  held: HeldActivity,
  entry: Entry,
  status: 'registered' | 'waitlisted',
): Promise<Row | null> {
  const now = ctx.now().toISOString()
  const rows = await writeTraced<Row & Record<string, unknown>>(
    tx,
    ctx,
    sql`
    insert into activities.attendance as n (activity_id, person_id, status, mode, source, profile_id, function, organisation_id,
      organisation_name, departement_id, accessibility_needs, answers, registered_at, status_at, form_id, told_sequence)
    values (${held.id}, ${entry.personId}, ${status}, ${entry.mode}, ${entry.source}, ${entry.profileId ?? null},
      ${entry.function ?? null}, ${entry.organisationId ?? null}, ${entry.organisationName ?? null},
      ${entry.departementId ?? null}, ${entry.accessibilityNeeds}, ${JSON.stringify(entry.answers)}::jsonb, ${now}, ${now},
      ${entry.formId}, ${held.calendarSequence})
    on conflict (activity_id, person_id) do update set status = excluded.status, mode = excluded.mode,
      source = excluded.source, profile_id = excluded.profile_id, function = excluded.function,
      organisation_id = excluded.organisation_id, organisation_name = excluded.organisation_name,
      departement_id = excluded.departement_id, accessibility_needs = excluded.accessibility_needs,
      answers = excluded.answers, registered_at = excluded.registered_at, status_at = excluded.status_at,
      form_id = excluded.form_id, told_sequence = excluded.told_sequence, arrival = default, reminder_sent_at = null
    where n.status in ('cancelled', 'excused')
    returning id, status, mode, link_version as "linkVersion", form_id as "formId"`,
    {
      action: 'activities.registration-made',
      entity: 'attendance',
      fields: { activityId: [null, held.id], status: [null, status] },
    },
  )
  return rows[0] ?? null
}
