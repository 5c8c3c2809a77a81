import { sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Done, follow } from './effects.server.ts'
import { heldActivity, type HoldError, sessionsOf } from './held-activity.server.ts'
import { liveConnections } from './live.server.ts'
import { ruleOf } from './rule.server.ts'
import { settle } from './settle.ts'

export type UndoListError = HoldError | { type: 'no-such-list' } | { type: 'not-in-force' }

interface List extends Record<string, unknown> {
  state: string
  minutes: number | null
  share: number | null
}

/** Takes a whole list back: rows return to what they were, but for those that another list or somebody's hand keeps. */
export async function undoConnectionList(
  ctx: AppContext,
  { activityId, importId }: { activityId: string; importId: string },
): Promise<Result<Done, UndoListError>> {
  return ctx.db.transaction(async (tx): Promise<Result<Done, UndoListError>> => {
    const held = await heldActivity(tx, ctx, activityId)
    if (!held.ok) return held
    const { rows } = await tx.execute<List>(sql`
      select state, minimum_minutes as minutes, minimum_share as share from activities.connection_import
      where id = ${importId} and activity_id = ${activityId} for update`)
    const [list] = rows
    if (!list) return err({ type: 'no-such-list' })
    if (list.state !== 'applied') return err({ type: 'not-in-force' })
    await tx.execute(sql`update activities.connection_import set state = 'undone' where id = ${importId}`)
    const settlement = settle(await liveConnections(tx, activityId), await sessionsOf(tx, activityId), ruleOf(list))
    const done = await follow(tx, ctx, held.value, importId, settlement)
    await recordChange(tx, ctx, {
      action: 'attendance.connections-undone',
      entity: 'activity',
      entityId: activityId,
      fields: { present: [done.givenBack, 0] },
    })
    return ok(done)
  })
}
