import { eq } from 'drizzle-orm'
import * as oidc from 'openid-client'
import type { AppContext } from '#app/platform/context.ts'
import { reportError } from '#app/platform/log.server.ts'
import { userSessions } from '../schema.server.ts'
import { unseal } from '../sealed.server.ts'
import { hashOf, isToken, newToken } from '../tokens.server.ts'
import { afterSignOut, configurationOf } from './provider.server.ts'

/** Where the provider ends its own session, for one that came from it; null otherwise. Asked before ours is closed. */
export async function providerSignOut(ctx: AppContext, sessionToken: string | null): Promise<string | null> {
  const provider = ctx.identityProvider
  if (!provider || !isToken(sessionToken)) return null
  const [session] = await ctx.db
    .select({ userId: userSessions.userId, idToken: userSessions.idToken })
    .from(userSessions)
    .where(eq(userSessions.tokenHash, hashOf(sessionToken)))
  const idToken = session?.idToken && unseal(ctx.secret, 'id-token', session.userId, session.idToken)
  if (!idToken) return null
  try {
    const configuration = await configurationOf(ctx, provider)
    if (!configuration.serverMetadata().end_session_endpoint) return null
    const where = { id_token_hint: idToken, post_logout_redirect_uri: afterSignOut(ctx), state: newToken() }
    return oidc.buildEndSessionUrl(configuration, where).href
  } catch (error) {
    reportError(error)
    return null
  }
}
