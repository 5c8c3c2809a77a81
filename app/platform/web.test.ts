import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safePath } from './web.server.ts'

const HOME = 'https://maillage.test'
const pieces = [
  '/',
  '\\',
  '//',
  '.',
  '..',
  '@',
  ':',
  '?',
  '#',
  '%2f',
  '%5c',
  '%09',
  '\t',
  '\n',
  '\r',
  '\0',
  ' ',
  'https:',
  'javascript:',
  'pirate.example',
  'data:',
  '&',
  ';',
  '\u2028',
  '。',
  '／',
  'bureau',
]

/** As a browser reads a Location header and a form reads its own: against the page one is on. */
const landsOn = (path: string) => new URL(path, `${HOME}/connexion?suite=x`).origin

test('où que l’on demande d’aller ensuite, on reste chez nous (dix mille adresses, lues comme un navigateur les lit)', () => {
  const nasty = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })), { maxLength: 8 })
  fc.assert(
    fc.property(
      nasty.map((parts) => parts.join('')),
      (asked) => {
        const path = safePath(asked, '/bureau')
        expect(landsOn(path)).toBe(HOME)
        expect(landsOn(safePath(decodeAsQuery(path), '/bureau'))).toBe(HOME)
      },
    ),
    { numRuns: 10_000, seed: 4 },
  )
})

/** A second trip through an address, as from one page of the door to the next. */
const decodeAsQuery = (path: string) => new URLSearchParams(`suite=${encodeURIComponent(path)}`).get('suite')

test('une page de la maison est gardée telle quelle', () => {
  for (const path of ['/bureau/activites?annee=2022&page=2', '/bureau#roles', '/'])
    expect(safePath(path, '/bureau')).toBe(path)
  for (const path of [
    '',
    null,
    undefined,
    3,
    'bureau',
    '//x',
    '/\\x',
    `/${'x'.repeat(500)}`,
    '/\tx',
    'https://maillage.test/',
  ])
    expect(safePath(path, '/bureau')).toBe('/bureau')
})
