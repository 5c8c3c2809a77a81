import { type AppContext } from '#app/platform/context.ts'
import { withinLimit } from '#app/platform/rate-limit.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { Gesture, Outcome } from './door.ts'
import { type Door, type DoorError, type DoorKey, openDoor } from './door.server.ts'
import { enter } from './enter.server.ts'
import { undo } from './undo.server.ts'
import { walkIn } from './walk-in.server.ts'

export type GestureError = { type: 'no-such-activity' } | { type: 'activity-cancelled' }
export type CheckInError = DoorError | GestureError | { type: 'too-many' }

/** So many people without a registration by one link and hour: a link that went astray fills no directory. */
const walkInsByLink = { name: 'door-walk-in', max: 300, seconds: 3600 }

/**
 * What a device did at a door, in the order it was done. Each gesture bears a key: one that comes again, because its answer was
 * lost, is answered as the first time. Somebody checked in twice came in once: the second is told when.
 */
export async function checkIn(
  ctx: AppContext,
  key: DoorKey,
  gestures: readonly Gesture[],
): Promise<Result<Outcome[], CheckInError>> {
  const door = await openDoor(ctx, key)
  if (!door.ok) return door
  const outcomes: Outcome[] = []
  for (const run of runsOf(gestures)) {
    const done = await doRun(door.value, run)
    if (!done.ok) return done
    outcomes.push(...done.value)
  }
  return ok(outcomes)
}

type Of<Kind extends Gesture['kind']> = Extract<Gesture, { kind: Kind }>
type Run = { kind: 'enter'; gestures: Of<'enter'>[] } | { kind: 'one'; gesture: Of<'undo'> | Of<'walk-in'> }

/** People who come in one after the other are written by one statement; the rest, rare, one by one. */
function runsOf(gestures: readonly Gesture[]): Run[] {
  const runs: Run[] = []
  for (const gesture of gestures) {
    const last = runs.at(-1)
    if (gesture.kind !== 'enter') runs.push({ kind: 'one', gesture })
    else if (last?.kind === 'enter') last.gestures.push(gesture)
    else runs.push({ kind: 'enter', gestures: [gesture] })
  }
  return runs
}

async function doRun(door: Door, run: Run): Promise<Result<Outcome[], GestureError | { type: 'too-many' }>> {
  if (run.kind === 'enter') return enter(door, run.gestures)
  const { gesture } = run
  if (gesture.kind === 'undo') return ok([await undo(door, gesture)])
  if (door.linkId && !(await withinLimit(door.ctx, walkInsByLink, door.linkId))) return err({ type: 'too-many' })
  const added = await walkIn(door, gesture)
  return added.ok ? ok([added.value]) : added
}
