import * as oidc from 'openid-client'
import { type AppContext, userIdOf } from '#app/platform/context.ts'
import { reportError } from '#app/platform/log.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { safePath } from '#app/platform/web.server.ts'
import { withinIpLimit } from '../limits.server.ts'
import { beginStep } from '../pending-steps.server.ts'
import { isProven, type ProofNeeded } from '../proof.ts'
import { configurationOf, returnAddress } from './provider.server.ts'

/** What this house keeps of a journey to the provider; the browser only holds its token. */
export interface Journey {
  issuer: string
  state: string
  nonce: string
  verifier: string
  next: string
}

export type BeginError =
  | { type: 'no-provider' }
  | { type: 'too-many-tries' }
  | { type: 'provider-unreachable' }
  | ProofNeeded

/** To the provider: to enter, or, for who is inside, to link the account. Answers where to go, and the token of the way back. */
export async function beginJourney(
  ctx: AppContext,
  { ip, next, purpose }: { ip: string; next: string; purpose: 'sign-in' | 'link' },
): Promise<Result<{ href: string; token: string }, BeginError>> {
  const provider = ctx.identityProvider
  if (!provider) return err({ type: 'no-provider' })
  if (!(await withinIpLimit(ctx, 'identity', ip))) return err({ type: 'too-many-tries' })
  const userId = purpose === 'link' ? userIdOf(ctx.actor) : null
  if (purpose === 'link' && (!userId || !isProven(ctx))) return err({ type: 'proof-needed' })
  const configuration = await configurationOf(ctx, provider).catch((error: unknown) => void reportError(error))
  if (!configuration) return err({ type: 'provider-unreachable' })
  const verifier = oidc.randomPKCECodeVerifier()
  const secrets = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier }
  const journey: Journey = { issuer: provider.issuer, ...secrets, next: safePath(next, '/bureau') }
  const token = await beginStep(ctx.db, ctx, 'identity', { userId, data: { ...journey } })
  const { scope, acrValues } = provider
  const href = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: returnAddress(ctx),
    scope,
    state: journey.state,
    nonce: journey.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(acrValues ? { acr_values: acrValues } : {}),
  })
  return ok({ href: href.href, token })
}
