import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export type SealedPurpose = 'totp' | 'id-token'

const IV_BYTES = 12
const TAG_BYTES = 16

/** One key by purpose, derived from the house's secret: what is sealed for one use opens for no other. */
const keyOf = (secret: string, purpose: SealedPurpose) =>
  Buffer.from(hkdfSync('sha256', secret, 'maillage', `accounts.${purpose}`, 32))

/** AES-256-GCM, bound to `owner`: a sealed text copied to another account's row does not open. */
export function seal(secret: string, purpose: SealedPurpose, owner: string, text: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), iv).setAAD(Buffer.from(owner))
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** null for what was not sealed here, for this use and this owner. */
export function unseal(secret: string, purpose: SealedPurpose, owner: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < IV_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), bytes.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
