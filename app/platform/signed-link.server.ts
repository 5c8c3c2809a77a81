import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signed link may be for; a link of one purpose is never accepted for another. */
export type LinkPurpose = 'own-registration' | 'form-once' | 'known-device'

interface Claims {
  /** The record it opens. */
  id: string
  /** Grows when older links must stop working. */
  version?: number
  expiresAt: Date
}

const macOf = (secret: string, purpose: LinkPurpose, body: string) =>
  createHmac('sha256', secret).update(`${purpose}\0${body}`).digest()

/** A token for an address: claims in clear, then their HMAC-SHA-256 bound to the purpose. */
export function signLink(secret: string, purpose: LinkPurpose, { id, version = 1, expiresAt }: Claims): string {
  const body = Buffer.from(JSON.stringify([id, version, Math.floor(expiresAt.getTime() / 1000)])).toString('base64url')
  return `${body}.${macOf(secret, purpose, body).toString('base64url')}`
}

export type ReadLink = { state: 'valid' | 'expired'; id: string; version: number } | { state: 'forged' }

/** `expired` is only said of a link that is ours: a forged one says nothing. */
export function readLink(secret: string, purpose: LinkPurpose, token: string, now: Date): ReadLink {
  const [body = '', mac = '', ...rest] = token.length > 1000 ? [] : token.split('.')
  const expected = macOf(secret, purpose, body)
  const given = Buffer.from(mac, 'base64url')
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    return { state: 'forged' }
  const [id, version, seconds] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, number, number]
  return { state: seconds * 1000 > now.getTime() ? 'valid' : 'expired', id, version }
}
