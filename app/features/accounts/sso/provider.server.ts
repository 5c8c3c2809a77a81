import * as oidc from 'openid-client'
import type { AppContext, IdentityProvider } from '#app/platform/context.ts'

const TIMEOUT_SECONDS = 10
/** Endpoints and keys are asked again after this: providers change their keys. */
const DISCOVERY_LIFE = 60 * 60_000

const known = new Map<string, { at: number; configuration: Promise<oidc.Configuration> }>()

/**
 * What the provider says of itself, at the one address the installer gave: nothing a visitor sends is ever fetched. Plain HTTP is
 * only accepted on this very machine, for tries.
 */
export function configurationOf(
  { now }: Pick<AppContext, 'now'>,
  provider: IdentityProvider,
): Promise<oidc.Configuration> {
  const key = `${provider.issuer} ${provider.clientId} ${provider.clientSecret}`
  const kept = known.get(key)
  if (kept && Math.abs(now().getTime() - kept.at) < DISCOVERY_LIFE) return kept.configuration
  const configuration = discover(provider)
  known.set(key, { at: now().getTime(), configuration })
  configuration.catch(() => known.delete(key))
  return configuration
}

function discover({ issuer, clientId, clientSecret }: IdentityProvider): Promise<oidc.Configuration> {
  const address = new URL(issuer)
  // Signatures of the ID token and of a signed userinfo are checked even though they came by TLS.
  const execute = [oidc.enableNonRepudiationChecks, ...(isLoopback(address) ? [oidc.allowInsecureRequests] : [])]
  return oidc.discovery(address, clientId, undefined, oidc.ClientSecretPost(clientSecret), {
    execute,
    timeout: TIMEOUT_SECONDS,
  })
}

export const isLoopback = ({ protocol, hostname }: URL) =>
  protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

export const returnAddress = ({ baseUrl }: Pick<AppContext, 'baseUrl'>) => `${baseUrl}/connexion/identite/retour`
export const afterSignOut = ({ baseUrl }: Pick<AppContext, 'baseUrl'>) => `${baseUrl}/connexion`
