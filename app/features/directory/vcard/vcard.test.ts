import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asRole, inSandbox } from '#tests/context.ts'
import { addedPerson } from '../fixtures.ts'
import { peopleCards, personCard } from './person-card.server.ts'
import { type CardFacts, vcard } from './vcard.ts'

/** As an address book reads it: lines unfolded, values unescaped. */
function read(card: string): Map<string, string[]> {
  expect(card.endsWith('\r\n')).toBe(true)
  const lines = card.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)
  return new Map(
    lines.map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at), componentsOf(line.slice(at + 1))]
    }),
  )
}

function componentsOf(value: string): string[] {
  const components = ['']
  const add = (text: string) => components.push(components.pop() + text)
  for (let i = 0; i < value.length; i += 1) {
    const c = value[i]!
    if (c === ';') components.push('')
    else if (c !== '\\') add(c)
    else add(value[(i += 1)] === 'n' ? '\n' : value[i]!)
  }
  return components
}

const clean = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029]/g, '')

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({
    unit: fc.constantFrom('é', '\r', '\n', ';', ',', '\\', ':', '👩‍🌾', 'END:VCARD', ' ', 'n'),
    maxLength: 60,
  }),
)
const facts: fc.Arbitrary<CardFacts> = fc.record({
  id: fc.uuid(),
  givenName: nasty,
  familyName: nasty,
  email: fc.option(nasty),
  phone: fc.option(nasty),
  organisation: fc.option(nasty),
  function: fc.option(nasty),
})

test('quoi qu’il y ait dans une fiche, un carnet d’adresses relit exactement la même chose', () =>
  fc.assert(
    fc.property(facts, (person) => {
      const text = vcard(person)
      const card = read(text)
      const lines = text.split('\r\n').slice(0, -1)
      for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(/[\r\n]/.test(text.replaceAll('\r\n', ''))).toBe(false)
      expect(lines.filter((line) => line === 'END:VCARD')).toHaveLength(1)
      expect(card.get('VERSION')).toEqual(['4.0'])
      expect(card.get('N')).toEqual([person.familyName, person.givenName, '', '', ''].map(clean))
      for (const [name, value] of [['ORG', person.organisation]] as const)
        expect(card.get(name) ?? ['']).toEqual([clean(value ?? '')])
      for (const [name, value] of [
        ['EMAIL', person.email],
        ['TEL', person.phone],
        ['TITLE', person.function],
      ] as const)
        expect((card.get(name) ?? ['']).join(';')).toBe(clean(value ?? ''))
    }),
    { seed: 2022, numRuns: 300 },
  ))

test('la fiche porte la situation d’aujourd’hui, et l’export est réservé à qui peut exporter', () =>
  inSandbox(async (ctx) => {
    const id = await addedPerson(ctx, {
      email: 'a@exemple.test',
      function: 'Élue',
      organisationName: 'Cordia',
      note: 'Interne',
    })
    const card = await personCard(ctx, id)
    const text = card.ok ? vcard(card.value) : ''
    expect(text).toContain('N:Berthier;Amina;;;\r\nEMAIL:a@exemple.test\r\nORG:Cordia\r\nTITLE:Élue\r\nEND:VCARD\r\n')
    expect(text).not.toContain('Interne')
    const state = { page: 1, pageSize: 50, sort: { key: 'nom', direction: 'asc' as const }, q: '', filters: {} }
    expect(await peopleCards(ctx, state)).toMatchObject({ ok: true, value: [{ id }] })
    const lecture = asRole(ctx, 'lecture')
    expect(await personCard(lecture, id)).toEqual({ ok: false, error: { type: 'not-allowed' } })
    expect(await peopleCards(lecture, state)).toEqual({ ok: false, error: { type: 'not-allowed' } })
  }))
