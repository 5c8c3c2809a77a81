import { type AppContext, can } from '#app/platform/context.ts'
import type { PersonalData } from '#app/platform/personal-data.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { erasePeople, type LeftReason } from './erase-people.server.ts'

export type ErasePersonError = { type: 'not-allowed' } | { type: 'left'; why: LeftReason }

/** Erases one person at once: because they asked, or because the team decided so. */
export async function erasePerson(
  ctx: AppContext,
  sources: readonly PersonalData[],
  { personId, rule }: { personId: string; rule: 'request' | 'office' },
): Promise<Result<null, ErasePersonError>> {
  if (!can(ctx.actor, 'privacy:write')) return err({ type: 'not-allowed' })
  const { left } = await erasePeople(ctx, sources, { personIds: [personId], rule })
  return left[0] ? err({ type: 'left', why: left[0].why }) : ok(null)
}
