import { sql } from 'drizzle-orm'
import { findOrMakePerson, noteSituation, type Situation, situationAt } from '#app/features/directory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { attendances } from '../schema.server.ts'
import { namedOrganisation } from './named-organisation.server.ts'
import { type OpenActivity, openActivity } from './open-activity.server.ts'
import { parisDay } from './paris-day.server.ts'
import { type UnknownReference, unknownReference } from './references.server.ts'
import { recordTraces } from './traces.server.ts'

export interface NewWalkIn {
  activityId: string
  person:
    | { kind: 'known'; personId: string }
    | { kind: 'new'; givenName: string; familyName: string; email: string | null }
  /** What the person says of themselves that day; what is left empty is what the directory knows at that date. */
  profileId: string | null
  function: string | null
  organisationId: string | null
  organisationName: string | null
  mode: AttendanceMode | null
  /** Somebody of this name is on the list, and whoever adds this one says that it is another person. */
  another?: boolean
  /** Where they were seen, when it is not at the door. */
  source?: 'walk-in' | 'connection-list'
}

export type AddWalkInError =
  | { type: 'not-allowed' }
  | { type: 'no-such-activity' }
  | { type: 'activity-cancelled' }
  | { type: 'no-such-person' }
  /** Somebody of this name is on the list, and nothing says whether it is the same person. */
  | { type: 'same-name' }
  | UnknownReference

export interface WalkIn {
  attendanceId: string
  personId: string
  name: string
  /** `found`: the person was already on the list, and is now ticked present. */
  outcome: 'added' | 'found' | 'already-present'
  /** What the row was, when there was one. */
  before: Pick<Listed, 'status' | 'mode'> | null
}

/** Somebody who came without registering: found in the directory or made, then present, with the situation of that day. */
export function addWalkIn(ctx: AppContext, input: NewWalkIn): Promise<Result<WalkIn, AddWalkInError>> {
  return ctx.db.transaction(async (tx): Promise<Result<WalkIn, AddWalkInError>> => {
    if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
    return walkInWithin(tx, ctx, input)
  })
}

/** The same within a transaction, for who has already checked that the actor may: a door is also held by link. */
export async function walkInWithin(
  tx: Database,
  ctx: AppContext,
  input: NewWalkIn,
): Promise<Result<WalkIn, AddWalkInError>> {
  const activity = await openActivity(tx, input.activityId)
  if (!activity) return err({ type: 'no-such-activity' })
  if (activity.status === 'cancelled') return err({ type: 'activity-cancelled' })
  const unknown = await unknownReference(tx, input)
  if (unknown) return err(unknown)
  if (!input.another && (await namesake(tx, activity.id, input.person))) return err({ type: 'same-name' })
  const person = await personOf(tx, ctx, input)
  if (!person) return err({ type: 'no-such-person' })
  const listed = await rowOf(tx, activity.id, person.id)
  const done = listed ? await tickListed(tx, ctx, listed) : await add(tx, ctx, activity, person.id, input)
  return ok({ ...done, personId: person.id, name: person.name, before: listed ?? null })
}

/** Two browsers that add the same name wait for each other here. An address tells namesakes apart. */
export async function namesake(tx: Database, activityId: string, person: NewWalkIn['person']): Promise<boolean> {
  if (person.kind === 'known' || person.email) return false
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`venue ${activityId}`}, 0))`)
  const { rows } = await tx.execute(sql`
    select 1 from activities.attendance n join directory.person_card p on p.id = n.person_id
    where n.activity_id = ${activityId} and n.status <> 'cancelled'
      and platform.normalise(p.full_name) = platform.normalise(${`${person.givenName} ${person.familyName}`})`)
  return rows.length > 0
}

/** The kept person, when the one named was merged. */
async function personOf(tx: Database, ctx: AppContext, { person }: NewWalkIn) {
  let id = person.kind === 'known' ? person.personId : null
  if (person.kind === 'new') {
    const { kind: _kind, ...said } = person
    id = (await findOrMakePerson(tx, ctx, { ...said, source: 'walk-in' })).personId
  }
  const { rows } = await tx.execute<{ id: string; name: string }>(sql`
    select kept.id, kept.full_name as name from directory.person_card p
    join directory.person_card kept on kept.id = p.identity_id where p.id = ${id}`)
  return rows[0] ?? null
}

type Done = Omit<WalkIn, 'personId' | 'name' | 'before'>

interface Listed extends Record<string, unknown> {
  id: string
  status: AttendanceStatus
  mode: AttendanceMode
}

/** The row of this person, under whichever of their merged records it was made. Held: two walk-ins of one person are one. */
async function rowOf(tx: Database, activityId: string, personId: string): Promise<Listed | undefined> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`presence ${activityId} ${personId}`}, 0))`)
  const { rows } = await tx.execute<Listed>(sql`
    select id, status, mode from activities.attendance
    where activity_id = ${activityId} and person_id in (select id from directory.person_card where identity_id = ${personId})
    order by status = 'present' desc, arrival limit 1 for update`)
  return rows[0]
}

async function tickListed(tx: Database, ctx: AppContext, { id, status }: Listed): Promise<Done> {
  if (status === 'present') return { attendanceId: id, outcome: 'already-present' }
  await tx.execute(sql`
    update activities.attendance set status = 'present', status_at = ${ctx.now().toISOString()} where id = ${id}`)
  await recordTraces(tx, ctx, [
    { attendanceId: id, action: 'attendance.marked', fields: { status: [status, 'present'] } },
  ])
  return { attendanceId: id, outcome: 'found' }
}

async function add(
  tx: Database,
  ctx: AppContext,
  { id: activityId, day: activityDay, mode }: OpenActivity,
  personId: string,
  input: NewWalkIn,
): Promise<Done> {
  const day = activityDay ?? parisDay(ctx.now())
  const said = { profileId: input.profileId, function: input.function, ...(await namedOrganisation(tx, input)) }
  await noteSituation(tx, ctx, personId, day, said)
  const copied = overlay(await situationAt(tx, personId, day), said)
  const now = ctx.now()
  const [row] = await tx
    .insert(attendances)
    .values({
      activityId,
      personId,
      status: 'present',
      mode: input.mode ?? (mode === 'distanciel' ? 'remote' : 'onsite'),
      source: input.source ?? 'walk-in',
      ...copied,
      registeredAt: now,
      statusAt: now,
    })
    .returning({ id: attendances.id })
  await recordChange(tx, ctx, { action: 'attendance.walk-in-added', entity: 'attendance', entityId: row!.id })
  return { attendanceId: row!.id, outcome: 'added' }
}

/** The directory’s situation of that day, under what was said; another employer brings neither its function nor its profile. */
function overlay(known: Situation, said: Omit<Situation, 'departementId'>) {
  const named = said.organisationName !== null
  const same =
    !named || (said.organisationId ?? said.organisationName) === (known.organisationId ?? known.organisationName)
  return {
    function: said.function ?? (same ? known.function : null),
    profileId: said.profileId ?? (same ? known.profileId : null),
    organisationId: named ? said.organisationId : known.organisationId,
    organisationName: said.organisationName ?? known.organisationName,
    departementId: known.departementId,
  }
}
