import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signed link may be for; a link of one purpose is never accepted for another. */
export type LinkPurpose =
  | 'own-registration'
  | 'own-cycle'
  | 'follow-up-document'
  | 'form-once'
  | 'known-device'
  | 'own-data'
  | 'certificate'
  | 'door'

interface Claims {
  /** The record it opens. */
  id: string
  /** Grows when older links must stop working. */
  version?: number
  expiresAt: Date
}

const macOf = (secret: string, purpose: LinkPurpose | CodePurpose, body: string) =>
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
  // compared as text: a base64 that reads the same with a sign more or less is not the one that was given
  const expected = Buffer.from(macOf(secret, purpose, body).toString('base64url'))
  const given = Buffer.from(mac)
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    return { state: 'forged' }
  const [id, version, seconds] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, number, number]
  return { state: seconds * 1000 > now.getTime() ? 'valid' : 'expired', id, version }
}

/** What a short code may be for: read by a camera, it must stay small, and opens nothing by itself. */
export type CodePurpose = 'check-in'

const ID_BYTES = 16
const MAC_BYTES = 12
const CODE = /^[\w-]{40}$/

/** A record and its version in forty characters: uuid, version, then 96 bits of HMAC bound to the purpose. */
export function signCode(
  secret: string,
  purpose: CodePurpose,
  { id, version }: { id: string; version: number },
): string {
  const claims = Buffer.alloc(ID_BYTES + 2)
  claims.write(id.replaceAll('-', ''), 'hex')
  claims.writeUInt16BE(version % 65_536, ID_BYTES)
  return Buffer.concat([claims, codeMac(secret, purpose, claims)]).toString('base64url')
}

const codeMac = (secret: string, purpose: CodePurpose, claims: Buffer) =>
  macOf(secret, purpose, claims.toString('hex')).subarray(0, MAC_BYTES)

/** null for a code that is not ours, or was made for something else. */
export function readCode(secret: string, purpose: CodePurpose, code: string): { id: string; version: number } | null {
  if (!CODE.test(code)) return null
  const bytes = Buffer.from(code, 'base64url')
  const claims = bytes.subarray(0, ID_BYTES + 2)
  if (!timingSafeEqual(bytes.subarray(ID_BYTES + 2), codeMac(secret, purpose, claims))) return null
  const hex = claims.toString('hex', 0, ID_BYTES)
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return { id, version: claims.readUInt16BE(ID_BYTES) }
}
