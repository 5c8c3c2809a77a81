import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Centre, readCentre, writeSetting } from '#app/platform/settings.server.ts'
import { contrastOk } from '#app/ui/contrast.ts'

export interface Hues {
  hueBrand: number
  hueSecond: number
}

export type SaveCentreError =
  | { type: 'not-allowed' }
  | { type: 'unreadable-hues'; why: 'contrast' | 'too-close'; nearest: Hues }

/** What the centre says of itself; two colours that would not be read are refused, with the nearest pair that would. */
export async function saveCentre(ctx: AppContext, centre: Centre): Promise<Result<Centre, SaveCentreError>> {
  if (!can(ctx.actor, 'settings:write')) return err({ type: 'not-allowed' })
  const contrast = contrastOk(centre.hueBrand, centre.hueSecond)
  if (!contrast.ok) return err({ type: 'unreadable-hues', why: contrast.why, nearest: contrast.nearest })
  return ctx.db.transaction(async (tx) => {
    const before: Record<string, unknown> = { ...(await readCentre(tx)) }
    const fields = changedFields(before, { ...centre })
    if (Object.keys(fields).length === 0) return ok(centre)
    await writeSetting(tx, 'centre', centre, ctx.now())
    await recordChange(tx, ctx, { action: 'house.centre-updated', entity: 'centre', entityId: 'centre', fields })
    return ok(centre)
  })
}
