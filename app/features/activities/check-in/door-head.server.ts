import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { instant, instantOrNull } from '../instant.server.ts'
import type { ActivityStatus } from '../labels.ts'
import { type DoorError, type DoorKey, openDoor } from './door.server.ts'

/** What stands above the list of a door. Nobody's name: a device may keep this page to open it without the network. */
export interface DoorHead {
  title: string
  status: ActivityStatus
  startsAt: Date | null
  endsAt: Date | null
  place: string | null
  /** Midnight in Paris: what the device keeps of people is wiped then. */
  wipeAt: Date
}

interface Row extends Record<string, unknown>, Pick<DoorHead, 'title' | 'status' | 'place'> {
  startsAt: string | null
  endsAt: string | null
  wipeAt: string
}

export async function readDoorHead(ctx: AppContext, key: DoorKey): Promise<Result<DoorHead, DoorError>> {
  const door = await openDoor(ctx, key)
  if (!door.ok) return door
  const { rows } = await ctx.db.execute<Row>(sql`
    select title, status, place, starts_at as "startsAt", ends_at as "endsAt",
      (date_trunc('day', ${ctx.now().toISOString()}::timestamptz at time zone 'Europe/Paris') + interval '1 day') at time zone 'Europe/Paris' as "wipeAt"
    from activities.activity where id = ${door.value.activityId}`)
  const [row] = rows
  if (!row) return err({ type: 'no-such-activity' })
  return ok({
    ...row,
    startsAt: instantOrNull(row.startsAt),
    endsAt: instantOrNull(row.endsAt),
    wipeAt: instant(row.wipeAt),
  })
}
