import { describe, expect, test } from 'vitest'
import { guarded } from './web-guard.server.ts'

const page =
  (nonces: string[] = []) =>
  (nonce: string) => {
    nonces.push(nonce)
    return Promise.resolve(new Response('<p>oui</p>', { headers: { 'content-type': 'text/html' } }))
  }
const ask = (url: string, init?: RequestInit, respond = page()) => guarded(new Request(url, init), respond)

/** A page, and every answer the guard gives in its place. */
const answers: [string, () => Promise<Response>][] = [
  ['une page', () => ask('https://maillage.test/bureau')],
  [
    'un formulaire venu d’ailleurs',
    () => ask('https://maillage.test/connexion', { method: 'POST', headers: { origin: 'https://pirate.example' } }),
  ],
  [
    'un envoi trop volumineux',
    () => ask('https://maillage.test/connexion', { method: 'POST', headers: { 'content-length': '2000000' } }),
  ],
  ['une adresse illisible', () => ask('https://maillage.test/%00')],
  ['un refus', () => ask('https://maillage.test/x', {}, () => Promise.resolve(new Response('non', { status: 404 })))],
]

describe.each(answers)('%s', (_name, answer) => {
  test('porte toutes les protections du navigateur', async () => {
    const { headers } = await answer()
    const policy = headers.get('content-security-policy')!
    const rules = Object.fromEntries(
      policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
    )
    expect(rules).toMatchObject({
      'default-src': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
    })
    expect(rules['script-src']).toMatch(/^'self' 'nonce-[\w+/=]{24}'$/)
    expect(rules['connect-src']).toBe("'self'")
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
    })
  })
})

test('chaque réponse a son nonce, celui que la page a reçu', async () => {
  const nonces: string[] = []
  const policies = await Promise.all(
    Array.from(
      { length: 20 },
      async () => (await ask('https://maillage.test/', {}, page(nonces))).headers.get('content-security-policy')!,
    ),
  )
  expect(new Set(nonces).size).toBe(20)
  for (const nonce of nonces) expect(policies.filter((policy) => policy.includes(nonce))).toHaveLength(1)
})

test('ce qui mène à un compte n’est gardé par aucun intermédiaire', async () => {
  for (const path of ['/connexion', '/connexion/verification', '/connexion/cle.json', '/bureau/mon-compte/securite'])
    expect((await ask(`https://maillage.test${path}`)).headers.get('cache-control')).toBe('private, no-store')
  expect((await ask('http://localhost:3000/')).headers.get('strict-transport-security')).toBeNull()
})
