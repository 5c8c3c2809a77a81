import { findOrMakePerson } from '#app/features/directory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, systemActor } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCentre, writeSetting } from '#app/platform/settings.server.ts'
import { withinIpLimit } from '../limits.server.ts'
import { peekLink, spendLink, voidLinks } from '../one-time-links.server.ts'
import { isCommon, wordsOf } from '../password-rules.ts'
import { hashPassword } from '../passwords.server.ts'
import { users } from '../schema.server.ts'
import { hasAccount, lockTeam } from '../set-up-link.server.ts'
import { type Admitted, openDoor } from './admit.server.ts'

export interface SetUpInput {
  token: string
  centreName: string
  givenName: string
  familyName: string
  email: string
  password: string
  ip: string
  device: string | null
}

export type SetUpError = { type: 'too-many-tries' } | { type: 'link-unusable' } | { type: 'password-too-common' }

export const canSetUp = async (ctx: AppContext, token: string) =>
  (await peekLink(ctx, 'set-up', token)) !== null && !(await hasAccount(ctx.db))

/** Makes the centre's name and the first account, in one go; of two at once, one wins. */
export async function setUp(ctx: AppContext, input: SetUpInput): Promise<Result<Admitted, SetUpError>> {
  if (!(await withinIpLimit(ctx, 'set-up', input.ip))) return err({ type: 'too-many-tries' })
  if (!(await canSetUp(ctx, input.token))) return err({ type: 'link-unusable' })
  const { password, centreName, givenName, familyName, email } = input
  if (isCommon(password, wordsOf(centreName, givenName, familyName, email))) return err({ type: 'password-too-common' })
  const passwordHash = await hashPassword(password)
  return ctx.db.transaction(async (tx) => {
    await lockTeam(tx)
    const spent = !(await hasAccount(tx)) && (await spendLink(tx, ctx, 'set-up', input.token))
    if (!spent) return err({ type: 'link-unusable' })
    const userId = await makeFirstAccount(tx, { ...ctx, actor: systemActor('Installation') }, input, passwordHash)
    const around = { ip: input.ip, device: input.device, formerSession: null }
    const session = await openDoor(tx, ctx, userId, { method: 'set-up' }, around, null)
    return ok({ userId, session, step: null })
  })
}

async function makeFirstAccount(
  tx: Database,
  ctx: AppContext,
  { centreName, givenName, familyName, email }: SetUpInput,
  passwordHash: string,
): Promise<string> {
  const now = ctx.now()
  await writeSetting(tx, 'centre', { ...(await readCentre(tx)), name: centreName }, now)
  const { personId } = await findOrMakePerson(tx, ctx, { givenName, familyName, email, source: 'set-up' })
  const account = { personId, email, role: 'administration', passwordHash, createdAt: now } as const
  const [made] = await tx.insert(users).values(account).returning({ id: users.id })
  const fields = { role: [null, 'administration'] as [null, string] }
  await recordChange(tx, ctx, { action: 'accounts.set-up', entity: 'user', entityId: made!.id, fields })
  await voidLinks(tx, { purpose: 'set-up' })
  return made!.id
}
