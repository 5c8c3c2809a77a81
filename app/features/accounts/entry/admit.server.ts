import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { type Account, accountById, actingAs } from '../accounts.server.ts'
import { noteSignIn, type SecondStep, type SignInMethod } from '../history/sign-ins.server.ts'
import { beginStep } from '../pending-steps.server.ts'
import { needsSecondStep } from '../second-factor/factors.server.ts'
import { closeSession, openSession } from '../sessions.server.ts'
import { linkWaitingIdentity } from '../sso/waiting-identity.server.ts'
import { warnOwner } from '../warnings.server.ts'

/** What a request that enters comes with. */
export interface Around {
  ip: string
  device: string | null
  /** The session the request came with: a new one replaces it. */
  formerSession: string | null
  /** The account already opened from this device, by its cookie. */
  knownAccountId?: string | null
  /** An identity shown to its provider a moment ago, which waits for the account it belongs to. */
  waitingIdentity?: string | null
}

export interface FirstStep {
  method: SignInMethod
  /** Already worth two: a passkey, or a provider that says so. */
  strong?: boolean
  /** Sealed, of the identity provider. */
  idToken?: string | null
}

/** Inside, or before the second step: one token, never both. */
export type Admitted = { userId: string } & ({ session: string; step: null } | { session: null; step: string })

/** The first proof is good: opens the session, or asks for the second one where the account has one. */
export async function admit(
  tx: Database,
  ctx: AppContext,
  account: Pick<Account, 'id' | 'role'>,
  first: FirstStep,
  around: Around,
): Promise<Admitted> {
  if (first.strong || !(await needsSecondStep(tx, account)))
    return { userId: account.id, session: await openDoor(tx, ctx, account.id, first, around, null), step: null }
  const data = { method: first.method, idToken: first.idToken ?? null }
  return {
    userId: account.id,
    session: null,
    step: await beginStep(tx, ctx, 'second-step', { userId: account.id, data }),
  }
}

/** Every session of the team begins here: with its line in the history, and a mail from a device never seen. */
export async function openDoor(
  tx: Database,
  ctx: AppContext,
  userId: string,
  { method, strong = false, idToken = null }: FirstStep,
  around: Around,
  secondStep: SecondStep | null,
): Promise<string> {
  const { device, ip } = around
  const account = (await accountById(tx, userId))!
  await closeSession(tx, around.formerSession)
  const isNew = account.lastSeenAt !== null && around.knownAccountId !== undefined && around.knownAccountId !== userId
  if (isNew) await warnOwner(tx, ctx, account, 'new-device', device)
  await noteSignIn(tx, ctx, { userId, method, outcome: 'entered', secondStep, device, ip })
  const session = await openSession(tx, ctx, userId, device, { strong: strong || secondStep !== null, idToken })
  await linkWaitingIdentity(tx, ctx, account, around.waitingIdentity ?? null)
  return session
}

/** A recovery code that serves is a telephone that is lost, or a sheet of paper: the person learns it, and how many are left. */
export async function tellRecoveryCodeUsed(tx: Database, ctx: AppContext, userId: string, left: number): Promise<void> {
  const account = (await accountById(tx, userId))!
  const change = { action: 'accounts.recovery-code-used', entity: 'user', entityId: userId }
  await recordChange(tx, actingAs(ctx, account), change)
  await warnOwner(tx, ctx, account, 'recovery-code-used', String(left))
}
