import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, inSandbox } from '#tests/context.ts'
import {
  clearedCookie,
  deviceCookie,
  readDeviceCookie,
  readSessionCookie,
  readStepCookie,
  sessionCookie,
  stepCookie,
} from './cookies.server.ts'
import { deviceOf } from './device.ts'
import { newToken } from './tokens.server.ts'

const secure = { secure: true }
const plain = { secure: false }

test('le témoin de session n’est lisible que par le serveur, et seulement chez nous', () => {
  const token = newToken()
  expect(sessionCookie(token, secure)).toBe(
    `__Host-maillage=${token}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax; Secure`,
  )
  expect(sessionCookie(token, plain)).toBe(`maillage=${token}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax`)
  expect(clearedCookie(secure)).toBe('__Host-maillage=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure')
})

test('en https, un témoin déposé par un sous-domaine ne compte pas', () => {
  const [mine, planted] = [newToken(), newToken()]
  expect(readSessionCookie(`maillage=${planted}; __Host-maillage=${mine}`, secure)).toBe(mine)
  expect(readSessionCookie(`maillage=${planted}`, secure)).toBeNull()
  expect(readSessionCookie(`autre=1; maillage=${planted}`, plain)).toBe(planted)
})

test('un en-tête quelconque ne donne qu’un jeton bien formé, ou rien', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `maillage=${text}`),
      ),
      (header) => {
        const token = readSessionCookie(header, plain)
        expect(token === null || /^[\w-]{43}$/.test(token)).toBe(true)
      },
    ),
  )
  expect(readSessionCookie(null)).toBeNull()
})

test('un appareil reconnu l’est pour un compte et six mois ; une marque inventée ne dit rien', () =>
  inSandbox(async (ctx) => {
    const id = '00000000-0000-4000-8000-000000000001'
    const header = deviceCookie(ctx, id).split(';')[0]!
    expect(readDeviceCookie(ctx, header)).toBe(id)
    expect(readDeviceCookie(at(ctx, '2023-06-01T00:00:00Z'), header)).toBeNull()
    expect(readDeviceCookie({ ...ctx, secret: 'une autre clef de trente-deux octets' }, header)).toBeNull()
    expect(readDeviceCookie(ctx, '__Host-maillage-appareil=abc.def')).toBeNull()
    expect(readDeviceCookie(ctx, null)).toBeNull()
  }))

test('le témoin d’une étape ne vit que dix minutes, n’est lu que sous son nom sûr et que bien formé', () =>
  inSandbox(async (ctx) => {
    const token = newToken()
    expect(stepCookie(ctx, 'etape', token)).toBe(
      `__Host-maillage-etape=${token}; Max-Age=600; Path=/; HttpOnly; SameSite=Lax; Secure`,
    )
    expect(readStepCookie(ctx, 'etape', `__Host-maillage-etape=${token}`)).toBe(token)
    for (const header of [
      `maillage-etape=${token}`,
      `__Host-maillage-identite=${token}`,
      '__Host-maillage-etape=x',
      null,
    ])
      expect(readStepCookie(ctx, 'etape', header)).toBeNull()
  }))

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:107.0) Gecko/20100101 Firefox/107.0', 'Firefox, Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 16_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.1 Mobile/15E148 Safari/604.1',
    'Safari, iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 Safari/537.36 Edg/107.0.1418.56',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 13; Pixel 6) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 Mobile Safari/537.36',
    'Chrome, Android',
  ],
  ['curl/7.85.0', null],
  ['', null],
])('%s', (userAgent, device) => expect(deviceOf(userAgent)).toBe(device))
