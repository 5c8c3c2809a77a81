import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { type Role, roles } from '#app/platform/permissions.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { settings } from '#app/platform/schema.server.ts'
import { writeSetting } from '#app/platform/settings.server.ts'
import { isProven, type ProofNeeded } from '../proof.ts'
import { lockTeam } from '../set-up-link.server.ts'

export const RULE_KEY = 'security'
const schema = z.object({ secondFactorRoles: z.array(z.enum(roles)).default([]) })
export type SecurityRule = z.output<typeof schema>

/** What the administration asks of every account. */
export async function readSecurityRule(db: Database): Promise<SecurityRule> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, RULE_KEY))
  return ruleIn(row?.value)
}

export const ruleIn = (value: unknown): SecurityRule => {
  const known = schema.safeParse(value ?? {})
  return known.success ? known.data : { secondFactorRoles: [] }
}

export const asksSecondFactor = async (db: Database, role: Role) =>
  (await readSecurityRule(db)).secondFactorRoles.includes(role)

/** Takes effect at the next page of each member concerned, sessions already open included. */
export async function changeSecurityRule(
  ctx: AppContext,
  { secondFactorRoles }: SecurityRule,
): Promise<Result<null, { type: 'not-allowed' } | ProofNeeded>> {
  if (!can(ctx.actor, 'users:write')) return err({ type: 'not-allowed' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  return ctx.db.transaction(async (tx) => {
    await lockTeam(tx)
    const after = { secondFactorRoles: roles.filter((role) => secondFactorRoles.includes(role)) }
    const fields = changedFields(await readSecurityRule(tx), after)
    if (Object.keys(fields).length === 0) return ok(null)
    await writeSetting(tx, RULE_KEY, after, ctx.now())
    await recordChange(tx, ctx, {
      action: 'accounts.second-factor-asked',
      entity: 'setting',
      entityId: RULE_KEY,
      fields,
    })
    return ok(null)
  })
}
