import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type NewWalkIn, walkInWithin } from '../attendance/add-walk-in.server.ts'
import { checkInGestures } from '../schema.server.ts'
import type { GestureError } from './check-in.server.ts'
import type { Gesture, Outcome } from './door.ts'
import type { Door } from './door.server.ts'
import { heldKey } from './known.server.ts'

type WalkInGesture = Extract<Gesture, { kind: 'walk-in' }>

/** Somebody who came without registering. The key of the gesture was made by the device: sent twice, it is one person. */
export function walkIn(door: Door, gesture: WalkInGesture): Promise<Result<Outcome, GestureError>> {
  const { key } = gesture
  const { ctx, activityId } = door
  return ctx.db.transaction(async (tx): Promise<Result<Outcome, GestureError>> => {
    const done = await heldKey(door, tx, key)
    if (done) return ok(done)
    const added = await walkInWithin(tx, ctx, inputOf(door, gesture))
    if (!added.ok) return refusal(door, tx, gesture, added.error)
    const { attendanceId, outcome, before } = added.value
    await tx.insert(checkInGestures).values({
      key,
      activityId,
      attendanceId,
      outcome,
      beforeStatus: before?.status ?? null,
      beforeMode: before?.mode ?? null,
      at: ctx.now(),
    })
    return ok({
      key,
      outcome: outcome === 'already-present' ? 'already' : outcome,
      id: attendanceId,
      at: ctx.now().getTime(),
    })
  })
}

/** Only the team names somebody of the directory: a link gives no way to ask who is in it. */
const inputOf = (
  { activityId, linkId }: Door,
  { givenName, familyName, email, organisation, personId, another }: WalkInGesture,
): NewWalkIn => ({
  activityId,
  person:
    personId && !linkId ? { kind: 'known', personId } : { kind: 'new', givenName, familyName, email: email ?? null },
  profileId: null,
  function: null,
  organisationId: null,
  organisationName: organisation ?? null,
  mode: null,
  another,
})

type Refused = Extract<Awaited<ReturnType<typeof walkInWithin>>, { ok: false }>['error']

async function refusal(
  { activityId }: Door,
  tx: Database,
  { key, givenName, familyName }: WalkInGesture,
  error: Refused,
): Promise<Result<Outcome, GestureError>> {
  switch (error.type) {
    case 'no-such-activity':
    case 'activity-cancelled':
      return err(error)
    case 'same-name':
      return ok({ key, outcome: 'same-name', id: await namesake(tx, activityId, `${givenName} ${familyName}`) })
    case 'not-allowed':
    case 'no-such-person':
    case 'unknown-reference':
      return ok({ key, outcome: 'unreadable', id: null })
    default:
      return error satisfies never
  }
}

async function namesake(tx: Database, activityId: string, name: string): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select n.id from activities.attendance n join directory.person_card p on p.id = n.person_id
    where n.activity_id = ${activityId} and n.status <> 'cancelled' and platform.normalise(p.full_name) = platform.normalise(${name})
    order by n.arrival limit 1`)
  return rows[0]?.id ?? null
}
