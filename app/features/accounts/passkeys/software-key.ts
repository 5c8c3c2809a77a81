import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { Assertion, Attestation } from './relying-party.server.ts'

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()

/** The little CBOR an authenticator needs: maps, whole numbers, byte and text strings. */
function cbor(value: number | string | Uint8Array | Map<number | string, unknown>): Buffer {
  const head = (major: number, length: number) =>
    length < 24
      ? Buffer.from([(major << 5) | length])
      : length < 256
        ? Buffer.from([(major << 5) | 24, length])
        : Buffer.from([(major << 5) | 25, length >> 8, length & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  const pairs = [...value].flatMap(([key, one]) => [cbor(key), cbor(one as Parameters<typeof cbor>[0])])
  return Buffer.concat([head(5, value.size), ...pairs])
}

interface Asked {
  challenge: string
  origin?: string
  rpId?: string
  /** false: touched, but not recognised (no PIN, no fingerprint). */
  recognised?: boolean
  counter?: number
  userHandle?: string
}

/** For tests: an authenticator that does what it is told, wrong answers included. */
export function softwareKey({ origin = 'https://maillage.test' } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const cose = cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x!, 'base64url')],
      [-3, Buffer.from(y!, 'base64url')],
    ]),
  )

  function authenticatorData(
    { rpId = new URL(origin).hostname, recognised = true, counter = 0 }: Asked,
    more?: Buffer,
  ) {
    const flags = 0x01 | (recognised ? 0x04 : 0) | (more ? 0x40 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, ...(more ? [more] : [])])
  }
  const clientData = (type: string, asked: Asked) =>
    Buffer.from(
      JSON.stringify({ type, challenge: asked.challenge, origin: asked.origin ?? origin, crossOrigin: false }),
    )
  const common = { id: b64(id), rawId: b64(id), type: 'public-key' as const, clientExtensionResults: {} }

  return {
    id: b64(id),
    register(asked: Asked): Attestation {
      const length = Buffer.from([0, id.length])
      const data = authenticatorData(asked, Buffer.concat([Buffer.alloc(16), length, id, cose]))
      const attestationObject = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', data],
        ]),
      )
      const clientDataJSON = b64(clientData('webauthn.create', asked))
      return {
        ...common,
        response: { attestationObject: b64(attestationObject), clientDataJSON, transports: ['internal'] },
      }
    },
    use(asked: Asked): Assertion {
      const [data, client] = [authenticatorData(asked), clientData('webauthn.get', asked)]
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      const response = { authenticatorData: b64(data), clientDataJSON: b64(client), signature: b64(signature) }
      return { ...common, response: { ...response, userHandle: asked.userHandle } }
    },
  }
}
