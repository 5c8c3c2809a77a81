import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newCode, readCode } from './code.ts'
import { minutesOf } from './durations.ts'

describe('la durée', () => {
  const span = (from: string, to: string) => ({ startsAt: new Date(`${from}+01:00`), endsAt: new Date(`${to}+01:00`) })

  test('des ateliers tenus en même temps ne compte qu’une fois', () => {
    const morning = span('2022-12-08T09:00', '2022-12-08T12:00')
    expect(
      minutesOf([morning, span('2022-12-08T10:00', '2022-12-08T11:00'), span('2022-12-08T11:30', '2022-12-08T13:00')]),
    ).toBe(240)
    expect(minutesOf([])).toBe(0)
  })

  test('d’une séance de plusieurs jours ne compte pas les nuits', () => {
    expect(minutesOf([span('2022-12-08T09:00', '2022-12-09T17:00')])).toBe(2 * 480)
    expect(minutesOf([span('2022-12-08T14:00', '2022-12-10T12:00')])).toBe(3 * 420)
    expect(minutesOf([span('2022-12-08T18:00', '2022-12-09T00:30')])).toBe(390)
  })
})

test('un code se relit comme on le tape, et ce qui n’en est pas un ne se lit jamais', () => {
  fc.assert(
    fc.property(fc.constantFrom(' ', '-', '', '–', '.'), fc.boolean(), (between, small) => {
      const code = newCode()
      const typed = code.replaceAll('-', between)
      expect(readCode(small ? typed.toLowerCase() : typed)).toBe(code)
    }),
    { numRuns: 100, seed: 2022 },
  )
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const read = readCode(text)
      expect(read === null || /^([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}$/.test(read)).toBe(true)
    }),
    { numRuns: 300, seed: 2022 },
  )
  for (const wrong of ['', 'K7QM-2XHB', 'K7QM-2XHB-9TR0', 'K7QM-2XHB-9TRI', '<script>', 'É'.repeat(12)])
    expect(readCode(wrong)).toBeNull()
})
