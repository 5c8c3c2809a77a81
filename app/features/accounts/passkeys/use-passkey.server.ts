import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { and, eq } from 'drizzle-orm'
import { type AppContext, userIdOf } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { lockActiveAccount } from '../accounts.server.ts'
import { type Admitted, admit, type Around } from '../entry/admit.server.ts'
import { finishSecondStep, type Inside } from '../entry/second-step.server.ts'
import { noteSignIn } from '../history/sign-ins.server.ts'
import { withinIpLimit } from '../limits.server.ts'
import { beginStep, peekStep, spendStep } from '../pending-steps.server.ts'
import { passkeys, users } from '../schema.server.ts'
import { renewSession } from '../sessions.server.ts'
import { type Assertion, challengeIn, challengeOf, relyingParty, userHandleOf } from './relying-party.server.ts'

type PasskeyRow = typeof passkeys.$inferSelect

export type UsePasskeyError = { type: 'too-many-tries' } | { type: 'refused' }

/** What the browser asks the authenticator. Any key of this house may answer: whose it is, it says. */
export async function askPasskey(
  ctx: AppContext,
  { purpose, ip }: { purpose: 'passkey-sign-in' | 'passkey-proof'; ip: string },
) {
  if (!(await withinIpLimit(ctx, 'passkey', ip))) return err({ type: 'too-many-tries' as const })
  const userId = userIdOf(ctx.actor)
  const challenge = challengeOf(await beginStep(ctx.db, ctx, purpose, { userId, data: {} }))
  const { expectedRPID: rpID } = relyingParty(ctx)
  return ok(await generateAuthenticationOptions({ rpID, challenge, userVerification: 'required', timeout: 300_000 }))
}

/** Enters without a password. The key is worth both factors: the device was held, and its owner recognised by it. */
export async function signInByPasskey(
  ctx: AppContext,
  { answer, ...around }: Around & { answer: Assertion },
): Promise<Result<Admitted, UsePasskeyError>> {
  if (!(await withinIpLimit(ctx, 'passkey', around.ip))) return err({ type: 'too-many-tries' })
  const key = await verified(ctx, 'passkey-sign-in', answer, around)
  if (!key) return err({ type: 'refused' })
  return ctx.db.transaction(async (tx) => {
    const account = await heldAccount(tx, key.userId)
    if (!account || !(await countUse(tx, ctx, key))) return err({ type: 'refused' })
    return ok(await admit(tx, ctx, account, { method: 'passkey', strong: true }, around))
  })
}

/** Instead of a code, after the password. */
export async function takeSecondStepByPasskey(
  ctx: AppContext,
  { step, answer, ...around }: Around & { step: string | null; answer: Assertion },
): Promise<Result<Inside, UsePasskeyError>> {
  if (!(await withinIpLimit(ctx, 'passkey', around.ip))) return err({ type: 'too-many-tries' })
  const awaited = await peekStep(ctx.db, ctx, 'second-step', step)
  const key = awaited && (await verified(ctx, 'passkey-sign-in', answer, around))
  if (!key || key.userId !== awaited.userId) return err({ type: 'refused' })
  return ctx.db.transaction(async (tx) => {
    if (!(await countUse(tx, ctx, key))) return err({ type: 'refused' })
    const inside = await finishSecondStep(tx, ctx, { token: step, used: 'passkey', around })
    return inside.ok ? inside : err({ type: 'refused' })
  })
}

/** « C’est bien moi », before a sensitive action. */
export async function proveByPasskey(
  ctx: AppContext,
  { answer, ...around }: Around & { answer: Assertion },
): Promise<Result<{ session: string }, UsePasskeyError>> {
  if (!(await withinIpLimit(ctx, 'passkey', around.ip))) return err({ type: 'too-many-tries' })
  const { actor } = ctx
  const key = actor.kind === 'user' && (await verified(ctx, 'passkey-proof', answer, around))
  if (!key || actor.kind !== 'user' || key.userId !== actor.userId) return err({ type: 'refused' })
  return ctx.db.transaction(async (tx) => {
    if (!(await countUse(tx, ctx, key))) return err({ type: 'refused' })
    const session = await renewSession(tx, ctx, actor.sessionId, { strong: true })
    return session ? ok({ session }) : err({ type: 'refused' })
  })
}

type Used = PasskeyRow & { newCounter: number }

/** The challenge is spent first, whatever follows: an answer serves once. A refusal of a known key is told in its history. */
async function verified(
  ctx: AppContext,
  purpose: 'passkey-sign-in' | 'passkey-proof',
  answer: Assertion,
  { device, ip }: Around,
): Promise<Used | null> {
  const challenge = challengeIn(answer.response.clientDataJSON)
  const step = await spendStep(ctx.db, ctx, purpose, challenge)
  const [key] = await ctx.db.select().from(passkeys).where(eq(passkeys.credentialId, answer.id))
  if (!key) return null
  const newCounter = step && challenge ? await check(ctx, key, answer, challenge) : null
  if (newCounter !== null) return { ...key, newCounter }
  await noteSignIn(ctx.db, ctx, { userId: key.userId, method: 'passkey', outcome: 'passkey-refused', device, ip })
  return null
}

/** The signature, the origin, the name of the house, the gesture of the owner; null for anything else, a clone included. */
async function check(ctx: AppContext, key: PasskeyRow, answer: Assertion, challenge: string): Promise<number | null> {
  const handle = answer.response.userHandle
  if (handle !== undefined && handle !== Buffer.from(userHandleOf(key.userId)).toString('base64url')) return null
  const publicKey = new Uint8Array(Buffer.from(key.publicKey, 'base64url'))
  try {
    const { verified: right, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      ...relyingParty(ctx),
      credential: { id: key.credentialId, publicKey, counter: key.counter },
      requireUserVerification: true,
    })
    return right ? authenticationInfo.newCounter : null
  } catch {
    // The library throws on every mismatch, and on a counter that did not grow: two copies of one key.
    return null
  }
}

/** Nothing else used the key meanwhile: two answers with one counter are one too many. */
async function countUse(tx: Database, ctx: AppContext, { id, counter, newCounter }: Used): Promise<boolean> {
  const used = await tx
    .update(passkeys)
    .set({ counter: newCounter, lastUsedAt: ctx.now() })
    .where(and(eq(passkeys.id, id), eq(passkeys.counter, counter)))
    .returning({ id: passkeys.id })
  return used.length > 0
}

async function heldAccount(tx: Database, userId: string) {
  if (!(await lockActiveAccount(tx, userId))) return null
  const [found] = await tx.select({ id: users.id, role: users.role }).from(users).where(eq(users.id, userId))
  return found ?? null
}
