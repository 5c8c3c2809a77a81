import { and, eq, gt, isNull } from 'drizzle-orm'
import * as oidc from 'openid-client'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { reportError } from '#app/platform/log.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Account, accountByEmail, accountById, lockActiveAccount } from '../accounts.server.ts'
import { type Admitted, admit, type Around } from '../entry/admit.server.ts'
import { noteSignIn } from '../history/sign-ins.server.ts'
import { withinIpLimit } from '../limits.server.ts'
import { beginStep, spendStep } from '../pending-steps.server.ts'
import { identities } from '../schema.server.ts'
import { seal } from '../sealed.server.ts'
import type { Journey } from './begin.server.ts'
import { claimsOf, type Shown } from './claims.server.ts'
import { configurationOf, returnAddress } from './provider.server.ts'
import { linkIdentity } from './waiting-identity.server.ts'

export type CameBack =
  | { type: 'entered'; admitted: Admitted; next: string }
  /** The address has an account that is not linked yet: it is, once it has been entered by its own means. */
  | { type: 'to-link'; token: string; next: string }
  | { type: 'linked' }

export type ComeBackError =
  | { type: 'too-many-tries' }
  /** No journey of this browser, or it is over: replayed, too late, begun elsewhere. */
  | { type: 'journey-over' }
  /** The person gave up, or the provider did. */
  | { type: 'given-up' }
  | { type: 'refused' }
  | { type: 'unknown-person' }
  | { type: 'suspended' }
  | { type: 'linked-elsewhere' }

type Answered = Result<CameBack, ComeBackError>

export interface ComeBackInput extends Around {
  token: string | null
  /** The question part of the address the provider sent the browser to, and nothing else of it. */
  search: string
}

/** The way back from the provider. The journey is spent first: an answer serves once, whatever it holds. */
export async function comeBack(ctx: AppContext, { token, search, ...around }: ComeBackInput): Promise<Answered> {
  const provider = ctx.identityProvider
  if (!(await withinIpLimit(ctx, 'identity', around.ip))) return err({ type: 'too-many-tries' })
  const step = await spendStep<Journey>(ctx.db, ctx, 'identity', token)
  if (!provider || step?.data.issuer !== provider.issuer) return err({ type: 'journey-over' })
  // Who left in the meantime, or another who came in, does not end the journey of the first.
  if (step.userId && !(ctx.actor.kind === 'user' && ctx.actor.userId === step.userId))
    return err({ type: 'journey-over' })
  const shown = await ask(ctx, search, step.data)
  if (!shown.ok) return shown
  return ctx.db.transaction((tx) =>
    step.userId ? linkOwn(tx, ctx, step.userId, shown.value) : findDoor(tx, ctx, shown.value, step.data.next, around),
  )
}

/** State, issuer, code, PKCE, nonce, audience, expiry, signatures: the library throws on each that is not as it should. */
async function ask(ctx: AppContext, search: string, journey: Journey): Promise<Result<Shown, ComeBackError>> {
  const address = new URL(returnAddress(ctx))
  address.search = search
  try {
    const configuration = await configurationOf(ctx, ctx.identityProvider!)
    const tokens = await oidc.authorizationCodeGrant(configuration, address, {
      expectedState: journey.state,
      expectedNonce: journey.nonce,
      pkceCodeVerifier: journey.verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()!
    const told = await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
    return ok(claimsOf(ctx.identityProvider!, claims, told, tokens.id_token ?? null))
  } catch (error) {
    if (error instanceof oidc.AuthorizationResponseError) return err({ type: 'given-up' })
    if (isOurFault(error)) reportError(error)
    return err({ type: 'refused' })
  }
}

/** What the installer must learn: our secret is refused, or the provider does not answer. A forged answer is no defect. */
const isOurFault = (error: unknown) =>
  error instanceof oidc.ResponseBodyError ? error.error === 'invalid_client' : !(error instanceof oidc.ClientError)

/** Whose identity it is; if nobody's yet, whom the administration expects, else who may link it. */
async function findDoor(tx: Database, ctx: AppContext, shown: Shown, next: string, around: Around): Promise<Answered> {
  const { identity } = shown
  const [link] = await tx
    .update(identities)
    .set({ lastUsedAt: ctx.now() })
    .where(and(eq(identities.issuer, identity.issuer), eq(identities.subject, identity.subject)))
    .returning({ userId: identities.userId })
  const account = link ? await accountById(tx, link.userId) : await namesake(tx, shown)
  if (!account) return err({ type: 'unknown-person' })
  if (account.status !== 'active') return refuseSuspended(tx, ctx, account, around)
  if (
    !link &&
    !((await isExpected(tx, ctx, account, identity.issuer)) && (await linkIdentity(tx, ctx, account, identity)))
  )
    return ok({ type: 'to-link', token: await waitForLink(tx, ctx, shown), next })
  return enterAs(tx, ctx, account, shown, next, around)
}

/** Only by an address the provider does not doubt. */
const namesake = async (tx: Database, { identity: { email, emailVerified } }: Shown) =>
  email && emailVerified ? accountByEmail(tx, email) : null

async function refuseSuspended(
  tx: Database,
  ctx: AppContext,
  account: Account,
  { device, ip }: Around,
): Promise<Answered> {
  await noteSignIn(tx, ctx, { userId: account.id, method: 'identity', outcome: 'suspended', device, ip })
  return err({ type: 'suspended' })
}

/** The administration said so, for some days: see expectIdentity. */
async function isExpected(tx: Database, ctx: AppContext, account: Account, issuer: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: identities.id })
    .from(identities)
    .where(
      and(
        eq(identities.userId, account.id),
        eq(identities.issuer, issuer),
        isNull(identities.subject),
        gt(identities.expectedUntil, ctx.now()),
      ),
    )
  return row !== undefined
}

const waitForLink = (tx: Database, ctx: AppContext, { identity }: Shown) =>
  beginStep(tx, ctx, 'identity-to-link', { userId: null, data: { ...identity } })

async function enterAs(
  tx: Database,
  ctx: AppContext,
  account: Account,
  { idToken, strong }: Shown,
  next: string,
  around: Around,
): Promise<Answered> {
  if (!(await lockActiveAccount(tx, account.id))) return err({ type: 'suspended' })
  const sealed = idToken && seal(ctx.secret, 'id-token', account.id, idToken)
  const first = { method: 'identity' as const, strong, idToken: sealed }
  return ok({ type: 'entered', admitted: await admit(tx, ctx, account, first, around), next })
}

async function linkOwn(tx: Database, ctx: AppContext, userId: string, { identity }: Shown): Promise<Answered> {
  const account = await accountById(tx, userId)
  if (account?.status !== 'active') return err({ type: 'journey-over' })
  return (await linkIdentity(tx, ctx, account, identity)) ? ok({ type: 'linked' }) : err({ type: 'linked-elsewhere' })
}
