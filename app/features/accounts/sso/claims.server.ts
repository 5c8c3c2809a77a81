import type * as oidc from 'openid-client'
import type { IdentityProvider } from '#app/platform/context.ts'
import type { Identity } from './waiting-identity.server.ts'

export interface Shown {
  identity: Identity
  idToken: string | null
  /** The provider says that two factors were shown to it. */
  strong: boolean
}

type Claims = Record<string, unknown>

const text = (value: unknown) => (typeof value === 'string' && value.length <= 500 ? value : null)

/** ProConnect gives `usual_name` for the family name; others `family_name`. */
export function claimsOf(
  { issuer }: IdentityProvider,
  claims: oidc.IDToken,
  told: oidc.UserInfoResponse,
  idToken: string | null,
): Shown {
  const all: Claims = { ...claims, ...told }
  return {
    identity: {
      issuer,
      subject: claims.sub,
      email: text(all.email),
      emailVerified: isVerified(all.email_verified),
      givenName: text(all.given_name),
      familyName: text(all.usual_name) ?? text(all.family_name),
    },
    idToken,
    strong: isStrong(claims),
  }
}

/**
 * A provider that doubts an address says so. ProConnect says nothing: agents' addresses come from their administrations. Nothing
 * rests on the address alone: it only tells which account to enter by its own means, or is the one the administration expects.
 */
const isVerified = (claim: unknown) => claim === undefined || claim === true || claim === 'true'

/** Only what the signed ID token says counts: `amr` of RFC 8176, or the higher levels of eIDAS. */
const isStrong = ({ amr, acr }: oidc.IDToken) =>
  (Array.isArray(amr) && amr.includes('mfa')) || acr === 'eidas2' || acr === 'eidas3'
