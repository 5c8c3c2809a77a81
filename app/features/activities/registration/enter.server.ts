import { inArray, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { attendances } from '../schema.server.ts'
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
}

const gone: readonly AttendanceStatus[] = ['cancelled', 'excused']

/** Gives a place or a rank on the waiting list. From here to commit the activity is held: keep it short. */
export async function enter(
  tx: Database,
  ctx: AppContext,
  activityId: string,
  entry: Entry,
  { byTheTeam, beyondCapacity }: EnterOptions = {},
): Promise<Result<Entered, EnterError>> {
  const held = await holdActivity(tx, activityId)
  if (!held) return err({ type: 'not-found' })
  const state = registrationState(held, ctx.now())
  if (state !== 'open' && !(byTheTeam && held.status === 'published'))
    return err({ type: state === 'open' ? 'not-open' : state })
  const [places, known] = [await placesOf(tx, held), await knownRow(tx, activityId, entry.personId)]
  const standing = places[entry.mode]
  const room = beyondCapacity || standing === undefined || hasRoom(standing)
  const asNew = room ? 'confirmed' : held.waitingList ? 'waitlisted' : 'full'
  if (known && !gone.includes(known.status)) return ok({ attendance: known, made: false, asNew })
  if (asNew === 'full') return err({ type: 'full', mode: entry.mode })
  const attendance = await write(tx, ctx, held, entry, asNew === 'confirmed' ? 'registered' : 'waitlisted')
  if (!attendance) return ok({ attendance: (await knownRow(tx, activityId, entry.personId))!, made: false, asNew })
  await traced(tx, ctx, held, attendance)
  // places were added and not yet given out: they go to those who came first
  if (standing && standing.waiting > 0 && hasRoom({ ...standing, waiting: 0 })) await moveUp(tx, ctx, activityId)
  return ok({ attendance, made: true, asNew })
}

async function knownRow(tx: Database, activityId: string, personId: string): Promise<Row | null> {
  const { rows } = await tx.execute<Row & Record<string, unknown>>(sql`
    select id, status, mode, link_version as "linkVersion", form_id as "formId"
    from activities.attendance where activity_id = ${activityId} and person_id = ${personId}`)
  return rows[0] ?? null
}

/** Who had cancelled comes back at the end of the queue, on the same row; null: somebody ticked this person in meanwhile. */
async function write(
  tx: Database,
  ctx: AppContext,
  held: HeldActivity,
  entry: Entry,
  status: 'registered' | 'waitlisted',
): Promise<Row | null> {
  const values = { ...entry, status, registeredAt: ctx.now(), statusAt: ctx.now(), toldSequence: held.calendarSequence }
  const [row] = await tx
    .insert(attendances)
    .values({ ...values, activityId: held.id })
    .onConflictDoUpdate({
      target: [attendances.activityId, attendances.personId],
      set: { ...values, arrival: sql`default`, reminderSentAt: null },
      setWhere: inArray(attendances.status, [...gone]),
    })
    .returning({
      id: attendances.id,
      status: attendances.status,
      mode: attendances.mode,
      linkVersion: attendances.linkVersion,
      formId: attendances.formId,
    })
  return row ?? null
}

const traced = (tx: Database, ctx: AppContext, held: HeldActivity, { id, status }: Row) =>
  recordChange(tx, ctx, {
    action: 'activities.registration-made',
    entity: 'attendance',
    entityId: id,
    fields: { activityId: [null, held.id], status: [null, status] },
  })
