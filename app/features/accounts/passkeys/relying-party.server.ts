import { z } from 'zod'
import type { AppContext } from '#app/platform/context.ts'
import { hashOf } from '../tokens.server.ts'

/** From the configuration, never from the Host header: keys made here answer to this name only. */
export const relyingParty = ({ baseUrl }: Pick<AppContext, 'baseUrl'>) => ({
  expectedOrigin: baseUrl,
  expectedRPID: new URL(baseUrl).hostname,
})

/** EdDSA, ES256, RS256: what every authenticator has; the library would also offer what Node still calls experimental. */
export const SIGNATURES = [-8, -7, -257]

const encoded = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/)
const common = {
  id: encoded(1500),
  rawId: encoded(1500),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional().catch(undefined),
}

export const assertionSchema = z.object({
  ...common,
  response: z.object({
    authenticatorData: encoded(5000),
    clientDataJSON: encoded(5000),
    signature: encoded(10_000),
    userHandle: encoded(200).optional().catch(undefined),
  }),
})

const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

export const attestationSchema = z.object({
  ...common,
  response: z.object({
    attestationObject: encoded(50_000),
    clientDataJSON: encoded(5000),
    transports: z.array(z.enum(transports)).max(10).optional().catch(undefined),
  }),
})

export type Assertion = z.output<typeof assertionSchema>
export type Attestation = z.output<typeof attestationSchema>

/** The challenge an answer claims to answer: a step we must find in the table, unspent, before anything is believed. */
export function challengeIn(clientDataJSON: string): string | null {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as { challenge?: unknown }
    return typeof challenge === 'string' ? challenge : null
  } catch {
    return null
  }
}

/** The browser gets the bytes of a step's token as its challenge, and hands the token back as base64url. */
export const challengeOf = (token: string) => new Uint8Array(Buffer.from(token, 'base64url'))

/** What the authenticator keeps with the key, to say whose it is: random to anybody else. */
export const userHandleOf = (userId: string) => new Uint8Array(Buffer.from(hashOf(`passkey:${userId}`), 'base64url'))
