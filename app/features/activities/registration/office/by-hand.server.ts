import { sql } from 'drizzle-orm'
import {
  findOrMakePerson,
  noteSituation,
  organisationByName,
  situationAt,
} from '#app/features/directory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { isoDay } from '#app/ui/french.ts'
import type { AttendanceMode } from '../../labels.ts'
import { enter, type EnterError } from '../enter.server.ts'
import { type ActivityFacts, activityFacts, modesOf } from '../facts.server.ts'
import { heldAttendance, leave, type LeaveError } from '../leave.server.ts'
import { notifyAll } from '../notify.server.ts'
import { placesOf } from '../places.server.ts'
import { referenceProblems } from '../references.server.ts'
import type { Problem } from '../register.server.ts'
import { hasRoom } from '../state.ts'
import { allOrNothing } from '../undo.server.ts'

export interface ByHand {
  activityId: string
  person: { id: string } | { givenName: string; familyName: string; email: string | null }
  organisation: string | null
  function: string | null
  profileId: string | null
  departementId: string | null
  mode: AttendanceMode | null
  /** Over the number of places, knowingly. */
  beyondCapacity: boolean
  /** A message with their own link, when they have an address. */
  tell: boolean
}

export type AddError =
  | { type: 'not-allowed' }
  | { type: 'no-such-person' }
  | { type: 'already' }
  | { type: 'invalid'; problems: Problem[] }
  | EnterError

export interface Added {
  attendanceId: string
  status: 'registered' | 'waitlisted'
}

/** The team registers somebody: by telephone, at a stand… What the form leaves empty is what the directory knows of them. */
export async function addByHand(ctx: AppContext, input: ByHand): Promise<Result<Added, AddError>> {
  if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
  const activity = await activityFacts(ctx.db, { id: input.activityId })
  if (!activity) return err({ type: 'not-found' })
  const problems: Problem[] = await referenceProblems(ctx.db, input)
  const mode = modesOf(activity.mode).length === 1 ? modesOf(activity.mode)[0]! : input.mode
  if (!mode) problems.push({ field: 'mode', problem: 'required' })
  if (problems.length > 0 || !mode) return err({ type: 'invalid', problems })
  return allOrNothing<Added, AddError>(ctx, async (tx) => {
    const found = await personOf(tx, ctx, input.person)
    if (!found) return err({ type: 'no-such-person' })
    const situation = await situationFor(tx, ctx, activity, found.personId, input)
    const entry = {
      ...situation,
      personId: found.personId,
      mode,
      source: 'registration' as const,
      answers: {},
      accessibilityNeeds: null,
      formId: null,
    }
    const options = { byTheTeam: true, beyondCapacity: input.beyondCapacity, newcomer: found.created }
    const entered = await enter(tx, ctx, activity.id, entry, options)
    if (!entered.ok) return entered
    const { attendance, made } = entered.value
    if (!made) return err({ type: 'already' })
    const status = attendance.status === 'waitlisted' ? 'waitlisted' : 'registered'
    if (input.tell) await notifyAll(tx, ctx, status === 'waitlisted' ? 'waitlisted' : 'confirmed', [attendance.id])
    return ok({ attendanceId: attendance.id, status })
  })
}

async function personOf(tx: Database, ctx: AppContext, person: ByHand['person']) {
  if (!('id' in person)) return findOrMakePerson(tx, ctx, { ...person, source: 'registration' })
  const { rows } = await tx.execute<{ id: string }>(
    sql`select identity_id as id from directory.person_card where id = ${person.id}`,
  )
  return rows[0] ? { personId: rows[0].id, created: false } : null
}

async function situationFor(tx: Database, ctx: AppContext, activity: ActivityFacts, personId: string, input: ByHand) {
  const day = isoDay(activity.startsAt ?? ctx.now())
  const organisation = input.organisation ? await organisationByName(tx, input.organisation) : null
  const said = {
    function: input.function,
    profileId: input.profileId,
    organisationId: organisation?.id ?? null,
    organisationName: organisation?.name ?? input.organisation,
  }
  const known = await situationAt(tx, personId, day)
  await noteSituation(tx, ctx, personId, isoDay(ctx.now()), said)
  const employer = input.organisation
    ? { organisationId: said.organisationId, organisationName: said.organisationName }
    : { organisationId: known.organisationId, organisationName: known.organisationName }
  return {
    ...employer,
    function: said.function ?? known.function,
    profileId: said.profileId ?? known.profileId,
    departementId: input.departementId ?? known.departementId,
  }
}

/** A member of the team gives a registration back for somebody. */
export async function cancelByHand(
  ctx: AppContext,
  attendanceId: string,
): Promise<Result<null, { type: 'not-allowed' } | LeaveError>> {
  if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
  return leave(ctx, attendanceId)
}

export type ConfirmError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'not-waiting' }
  | { type: 'full' }
  | { type: 'not-published' }

/** Takes somebody from the waiting list out of turn: in a free place, or over the number of places when the team says so. */
export async function confirmByHand(
  ctx: AppContext,
  { attendanceId, beyondCapacity }: { attendanceId: string; beyondCapacity: boolean },
): Promise<Result<null, ConfirmError>> {
  if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
  return allOrNothing<null, ConfirmError>(ctx, async (tx) => {
    const held = await heldAttendance(tx, attendanceId)
    if (!held) return err({ type: 'not-found' })
    if (held.status !== 'waitlisted') return err({ type: 'not-waiting' })
    const activity = await activityFacts(tx, { id: held.activityId })
    if (activity!.status !== 'published') return err({ type: 'not-published' })
    const places = await placesOf(tx, activity!)
    const standing = places[held.mode]
    const room = standing && hasRoom({ ...standing, waiting: 0 })
    if (!room && !beyondCapacity) return err({ type: 'full' })
    await tx.execute(sql`
      update activities.attendance set status = 'registered', status_at = ${ctx.now().toISOString()} where id = ${attendanceId}`)
    await recordChange(tx, ctx, {
      action: 'activities.registration-moved-up',
      entity: 'attendance',
      entityId: attendanceId,
      fields: { status: ['waitlisted', 'registered'] },
    })
    await notifyAll(tx, ctx, 'moved-up', [attendanceId])
    return ok(null)
  })
}
