import { sql } from 'drizzle-orm'
import { type AppContext, can, type Actor } from '#app/platform/context.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readLink } from '#app/platform/signed-link.server.ts'

/** How one comes to a door: a member of the team by the activity, a helper by the link they were handed. */
export type DoorKey = { kind: 'office'; activityId: string } | { kind: 'link'; token: string }

export type DoorError =
  | { type: 'not-allowed' }
  | { type: 'no-such-activity' }
  /** Says nothing of what exists. */
  | { type: 'forged' }
  /** The day is over, or the team took the link back. */
  | { type: 'closed' }

export interface Door {
  activityId: string
  /** Who acts there: the member of the team, or the holder of the link under the name it was given. */
  ctx: AppContext
  linkId: string | null
}

/** Every function of this folder comes through here: the team by its permission, a helper for this one activity and nothing else. */
export async function openDoor(ctx: AppContext, key: DoorKey): Promise<Result<Door, DoorError>> {
  if (key.kind === 'office')
    return can(ctx.actor, 'attendance:write')
      ? ok({ activityId: key.activityId, ctx, linkId: null })
      : err({ type: 'not-allowed' })
  const link = readLink(ctx.secret, 'door', key.token, ctx.now())
  if (link.state === 'forged') return err({ type: 'forged' })
  if (link.state === 'expired') return err({ type: 'closed' })
  const { rows } = await executePrepared<{ activityId: string; label: string; open: boolean }>(
    ctx.db,
    sql`
    select l.activity_id as "activityId", l.label, l.revoked_at is null and ${endOfDay(ctx)} > ${ctx.now().toISOString()} as open
    from activities.check_in_link l join activities.activity a on a.id = l.activity_id where l.id = ${link.id}`,
  )
  const [row] = rows
  if (!row?.open) return err({ type: 'closed' })
  return ok({ activityId: row.activityId, ctx: { ...ctx, actor: helper(row.label) }, linkId: link.id })
}

/** No permission at all: what a helper may do is what the functions of a door do. */
const helper = (label: string): Actor => ({ kind: 'visitor', label: `Accueil : ${label}`, permissions: new Set() })

/** The end, in Paris, of the last day of activity `a`; of today for one that has no date yet. */
export const endOfDay = (ctx: AppContext) => sql`
  (date_trunc('day', coalesce(a.ends_at, ${ctx.now().toISOString()}::timestamptz) at time zone 'Europe/Paris') + interval '1 day') at time zone 'Europe/Paris'`
