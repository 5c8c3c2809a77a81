import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { type Purpose, readPurposes } from '#app/platform/purposes.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'

/** The register of processing (art. 30), from the purposes as they are today. */
export async function readRegister(
  ctx: AppContext,
  { taken = false } = {},
): Promise<Result<Purpose[], { type: 'not-allowed' }>> {
  if (!can(ctx.actor, 'privacy:read')) return err({ type: 'not-allowed' })
  if (taken)
    await recordChange(ctx.db, ctx, { action: 'privacy.register-exported', entity: 'export', entityId: 'registre' })
  return ok(await readPurposes(ctx.db))
}
