import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Account, accountById } from '../accounts.server.ts'
import { withinAccountLimit } from '../limits.server.ts'
import { isProven, type ProofNeeded } from '../proof.ts'
import { closeOtherSessions, renewSession } from '../sessions.server.ts'
import { warnOwner } from '../warnings.server.ts'
import { dropTotp, factorsOf, hasFactor } from './factors.server.ts'
import { makeRecoveryCodes } from './recovery-codes.server.ts'
import { asksSecondFactor } from './rule.server.ts'
import { prepareTotp, spendTotp, totpToScan, type TotpToScan } from './totp.server.ts'

type NotAllowed = { type: 'not-allowed' }
export type BeginTotpError = NotAllowed | ProofNeeded | { type: 'already-set' }

export const ownAccountOf = ({ actor, db }: AppContext): Promise<Account | null> =>
  actor.kind === 'user' ? accountById(db, actor.userId) : Promise.resolve(null)

/** An account that has a factor shows it before it gets another: a stolen password must not add its own. */
const isHeldBack = async (ctx: AppContext, account: Account) =>
  ctx.actor.kind === 'user' && ctx.actor.confined === true && hasFactor(await factorsOf(ctx.db, account.id))

export async function beginTotp(ctx: AppContext): Promise<Result<null, BeginTotpError>> {
  const account = await ownAccountOf(ctx)
  if (!account || (await isHeldBack(ctx, account))) return err({ type: 'not-allowed' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  if ((await factorsOf(ctx.db, account.id)).totp) return err({ type: 'already-set' })
  await prepareTotp(ctx.db, ctx, account.id)
  return ok(null)
}

export interface OwnFactors {
  totp: boolean
  passkeys: number
  codesLeft: number
  /** The administration asks a second factor of this role. */
  asked: boolean
  /** It is asked, there is one, and this session was opened without: it must be opened again. */
  heldBack: boolean
  toScan: TotpToScan | null
}

export async function ownFactors(ctx: AppContext): Promise<OwnFactors | null> {
  const account = await ownAccountOf(ctx)
  if (!account) return null
  const heldBack = await isHeldBack(ctx, account)
  return {
    ...(await factorsOf(ctx.db, account.id)),
    asked: await asksSecondFactor(ctx.db, account.role),
    heldBack,
    toScan: heldBack || !isProven(ctx) ? null : await totpToScan(ctx, account.id, account.email),
  }
}

export type ConfirmTotpError = NotAllowed | ProofNeeded | { type: 'too-many-tries' } | { type: 'wrong-code' }

/** From now on a password is not enough. Other devices end; this one goes on under a new token. */
export async function confirmTotp(
  ctx: AppContext,
  { code }: { code: string },
): Promise<Result<{ codes: string[]; session: string | null }, ConfirmTotpError>> {
  const account = await ownAccountOf(ctx)
  if (!account || (await isHeldBack(ctx, account))) return err({ type: 'not-allowed' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  if (!(await withinAccountLimit(ctx, 'second-step', account.id))) return err({ type: 'too-many-tries' })
  return ctx.db.transaction(async (tx) => {
    const digits = code.replace(/[\s\u00a0\u202f]/g, '')
    if (!(await spendTotp(tx, ctx, account.id, digits, { confirming: true }))) return err({ type: 'wrong-code' })
    const codes = await makeRecoveryCodes(tx, ctx, account.id)
    const { sessionId } = ctx.actor as { sessionId?: string }
    await closeOtherSessions(tx, account.id, sessionId)
    const session = await renewSession(tx, ctx, sessionId, { strong: true })
    await recordChange(tx, ctx, { action: 'accounts.totp-set', entity: 'user', entityId: account.id })
    await warnOwner(tx, ctx, account, 'totp-set')
    return ok({ codes, session })
  })
}

export type RemoveTotpError = NotAllowed | ProofNeeded | { type: 'asked-by-rule' }

export async function removeTotp(ctx: AppContext): Promise<Result<null, RemoveTotpError>> {
  const account = await ownAccountOf(ctx)
  if (!account || (await isHeldBack(ctx, account))) return err({ type: 'not-allowed' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  return ctx.db.transaction(async (tx) => {
    const { totp, passkeys } = await factorsOf(tx, account.id)
    if (!totp) return ok(null)
    if (passkeys === 0 && (await asksSecondFactor(tx, account.role))) return err({ type: 'asked-by-rule' })
    await dropTotp(tx, account.id)
    await recordChange(tx, ctx, { action: 'accounts.totp-removed', entity: 'user', entityId: account.id })
    await warnOwner(tx, ctx, account, 'totp-removed')
    return ok(null)
  })
}

/** Ten others, for who has a factor to recover from. */
export async function renewRecoveryCodes(
  ctx: AppContext,
): Promise<Result<{ codes: string[] }, NotAllowed | ProofNeeded>> {
  const account = await ownAccountOf(ctx)
  if (!account || (await isHeldBack(ctx, account))) return err({ type: 'not-allowed' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  return ctx.db.transaction(async (tx) => {
    if (!hasFactor(await factorsOf(tx, account.id))) return err({ type: 'not-allowed' })
    const codes = await makeRecoveryCodes(tx, ctx, account.id)
    await recordChange(tx, ctx, { action: 'accounts.recovery-codes-made', entity: 'user', entityId: account.id })
    return ok({ codes })
  })
}
