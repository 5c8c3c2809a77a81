import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { and, asc, eq } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import type { Account } from '../accounts.server.ts'
import { beginStep, spendStep } from '../pending-steps.server.ts'
import { isProven, type ProofNeeded } from '../proof.ts'
import { passkeys } from '../schema.server.ts'
import { dropLonelyCodes, factorsOf, hasFactor } from '../second-factor/factors.server.ts'
import { ownAccountOf } from '../second-factor/own-factor.server.ts'
import { asksSecondFactor } from '../second-factor/rule.server.ts'
import { renewSession } from '../sessions.server.ts'
import { warnOwner } from '../warnings.server.ts'
import {
  type Attestation,
  challengeIn,
  challengeOf,
  relyingParty,
  SIGNATURES,
  userHandleOf,
} from './relying-party.server.ts'

export const MAX_PASSKEYS = 20

export async function ownPasskeys(ctx: AppContext) {
  if (ctx.actor.kind !== 'user') return []
  return ctx.db
    .select({
      id: passkeys.id,
      name: passkeys.name,
      backedUp: passkeys.backedUp,
      createdAt: passkeys.createdAt,
      lastUsedAt: passkeys.lastUsedAt,
    })
    .from(passkeys)
    .where(eq(passkeys.userId, ctx.actor.userId))
    .orderBy(asc(passkeys.createdAt))
}

export type AddPasskeyError = { type: 'not-allowed' } | ProofNeeded | { type: 'too-many' } | { type: 'refused' }

/** Who may add a key: oneself, just proven; a session held back for want of its factor may not add another. */
async function mayAdd(ctx: AppContext): Promise<Result<Account, Exclude<AddPasskeyError, { type: 'refused' }>>> {
  const account = await ownAccountOf(ctx)
  if (!account) return err({ type: 'not-allowed' })
  const factors = await factorsOf(ctx.db, account.id)
  const heldBack = ctx.actor.kind === 'user' && ctx.actor.confined && hasFactor(factors)
  if (heldBack) return err({ type: 'not-allowed' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  return factors.passkeys < MAX_PASSKEYS ? ok(account) : err({ type: 'too-many' })
}

export async function askNewPasskey(ctx: AppContext) {
  const may = await mayAdd(ctx)
  if (!may.ok) return may
  const account = may.value
  const known = await ctx.db.select().from(passkeys).where(eq(passkeys.userId, account.id))
  const { name } = await readCentre(ctx.db)
  const token = await beginStep(ctx.db, ctx, 'passkey-registration', { userId: account.id, data: {} })
  const options = await generateRegistrationOptions({
    rpName: name,
    rpID: relyingParty(ctx).expectedRPID,
    userName: account.email,
    userDisplayName: account.fullName,
    userID: userHandleOf(account.id),
    challenge: challengeOf(token),
    timeout: 300_000,
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    supportedAlgorithmIDs: SIGNATURES,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return ok(options)
}

export async function addPasskey(
  ctx: AppContext,
  { name, answer }: { name: string; answer: Attestation },
): Promise<Result<{ session: string | null }, AddPasskeyError>> {
  const may = await mayAdd(ctx)
  if (!may.ok) return may
  const account = may.value
  const made = await verified(ctx, account.id, answer)
  if (!made) return err({ type: 'refused' })
  return ctx.db.transaction(async (tx) => {
    const row = { ...made, userId: account.id, name, createdAt: ctx.now() }
    const [added] = await tx.insert(passkeys).values(row).onConflictDoNothing().returning({ id: passkeys.id })
    if (!added) return err({ type: 'refused' })
    const { sessionId } = ctx.actor as { sessionId?: string }
    const session = await renewSession(tx, ctx, sessionId, { strong: true })
    const fields: Record<string, [unknown, unknown]> = { key: [null, name] }
    await recordChange(tx, ctx, { action: 'accounts.passkey-added', entity: 'user', entityId: account.id, fields })
    await warnOwner(tx, ctx, account, 'passkey-added', name)
    return ok({ session })
  })
}

async function verified(ctx: AppContext, userId: string, answer: Attestation) {
  const challenge = challengeIn(answer.response.clientDataJSON)
  const step = await spendStep(ctx.db, ctx, 'passkey-registration', challenge)
  if (!challenge || step?.userId !== userId) return null
  try {
    const { verified: right, registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      ...relyingParty(ctx),
      requireUserVerification: true,
      supportedAlgorithmIDs: SIGNATURES,
    })
    if (!right) return null
    const { credential, credentialBackedUp: backedUp } = registrationInfo
    const publicKey = Buffer.from(credential.publicKey).toString('base64url')
    const transports = answer.response.transports ?? []
    return { credentialId: credential.id, publicKey, counter: credential.counter, backedUp, transports }
  } catch {
    // The library throws on every mismatch.
    return null
  }
}

export type RemovePasskeyError = { type: 'not-found' } | ProofNeeded | { type: 'asked-by-rule' }

export async function removePasskey(
  ctx: AppContext,
  { passkeyId }: { passkeyId: string },
): Promise<Result<null, RemovePasskeyError>> {
  const account = await ownAccountOf(ctx)
  if (!account || (ctx.actor.kind === 'user' && ctx.actor.confined)) return err({ type: 'not-found' })
  if (!isProven(ctx)) return err({ type: 'proof-needed' })
  return ctx.db.transaction(async (tx) => {
    const { totp, passkeys: count } = await factorsOf(tx, account.id)
    if (!totp && count === 1 && (await asksSecondFactor(tx, account.role))) return err({ type: 'asked-by-rule' })
    const name = await deletePasskey(tx, account.id, passkeyId)
    if (name === null) return err({ type: 'not-found' })
    await dropLonelyCodes(tx, account.id)
    const fields: Record<string, [unknown, unknown]> = { key: [name, null] }
    await recordChange(tx, ctx, { action: 'accounts.passkey-removed', entity: 'user', entityId: account.id, fields })
    await warnOwner(tx, ctx, account, 'passkey-removed', name)
    return ok(null)
  })
}

async function deletePasskey(tx: Database, userId: string, id: string): Promise<string | null> {
  const [gone] = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning({ name: passkeys.name })
  return gone?.name ?? null
}
