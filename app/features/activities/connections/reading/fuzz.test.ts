import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readConnectionFile } from './read-file.server.ts'
import * as samples from './samples.ts'

/** Reports as they are, then damaged: cut, mixed, with cells of every sort. One seed: a failure can be run again. */
const seed = 20221208
const DAY = '2022-12-08'
const reports = Object.values(samples)

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'NULL',
    '=cmd|calc',
    '\u202eeiraM',
    '😀😀',
    '"',
    '99/99/9999 99:99',
    '1 h 99 min',
    '2022-13-45T10:00Z',
    `${'1'.repeat(400)}`,
    `${'a '.repeat(150)}@${'b.'.repeat(150)}`,
    `iPhone de ${'('.repeat(200)}`,
    '   -   -   -   - '.repeat(20),
    '-5',
    '--',
    '\u0000',
  ),
)
const edit = fc.record({ at: fc.nat(4000), drop: fc.nat(30), put: nasty })
const encodings = fc.constantFrom<BufferEncoding>('utf8', 'utf16le', 'latin1')

function damaged(report: string, edits: readonly { at: number; drop: number; put: string }[]): string {
  return edits.reduce((text, { at, drop, put }) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + put + text.slice(place + drop)
  }, report)
}

const anyReport = fc
  .tuple(fc.constantFrom(...reports), fc.array(edit, { maxLength: 6 }), encodings)
  .map(([report, edits, encoding]) => Buffer.from(damaged(report, edits), encoding))

const anyTable = fc
  .tuple(
    fc.shuffledSubarray(
      ['Nom', 'Email', 'Join time', 'Heure de départ', 'Durée', 'Rôle', 'Attended', 'Action', 'Timestamp'],
      { minLength: 1 },
    ),
    fc.array(fc.array(nasty, { maxLength: 9 }), { maxLength: 12 }),
    fc.constantFrom(';', ',', '\t'),
  )
  .map(([headers, rows, separator]) => Buffer.from([headers, ...rows].map((cells) => cells.join(separator)).join('\n')))

test('10 000 fichiers abîmés : chacun est lu ou refusé, aucun ne fait tomber le lecteur, aucun ne prend deux secondes', {
  timeout: 60_000,
}, async () => {
  let [slowest, lists] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.oneof({ arbitrary: anyReport, weight: 4 }, anyTable), async (bytes) => {
      const before = performance.now()
      const list = await readConnectionFile({ bytes, name: 'liste.csv' }, { day: DAY })
      slowest = Math.max(slowest, performance.now() - before)
      if (!list.ok) return
      lists += 1
      for (const { name, joins, saidSeconds, heads } of list.value.participants) {
        expect(name.trim()).not.toBe('')
        expect(joins.every(([from, to]) => from <= to && Number.isFinite(to))).toBe(true)
        expect(saidSeconds === null || saidSeconds >= 0).toBe(true)
        expect(heads).toBeGreaterThan(0)
      }
    }),
    { seed, numRuns: 10_000 },
  )
  expect(slowest).toBeLessThan(2000)
  // what is hardly damaged is still read
  expect(lists).toBeGreaterThan(3000)
})

test('une liste de 5 000 personnes qui reviennent cinq fois est lue en moins de deux secondes', async () => {
  const rows = Array.from({ length: 25_000 }, (_, index) => {
    const from = index % 50
    return `Personne ${index % 5000} Essai,,12/08/2022 09:${String(from).padStart(2, '0')}:00 AM,12/08/2022 10:${String(from).padStart(2, '0')}:00 AM,60,Oui`
  })
  const text = [
    "Nom (nom d'origine),Adresse e-mail,Heure d'arrivée,Heure de départ,Durée (minutes),Invité",
    ...rows,
  ].join('\n')
  const before = performance.now()
  const list = await readConnectionFile({ bytes: Buffer.from(text), name: 'x.csv' }, { day: DAY })
  expect(performance.now() - before).toBeLessThan(2000)
  expect(list.ok && list.value.participants).toHaveLength(5000)
})
