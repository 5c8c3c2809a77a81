import { recordedYears, yearOf } from '#app/features/activities/index.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'

/** The years that have something to report, and the one under way. */
export async function reportYears(
  ctx: AppContext,
): Promise<Result<{ years: number[]; current: number }, { type: 'not-allowed' }>> {
  if (!can(ctx.actor, 'figures:read')) return err({ type: 'not-allowed' })
  return ok({ years: await recordedYears(ctx.db), current: yearOf(ctx.now()) })
}
