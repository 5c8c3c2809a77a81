import fc from 'fast-check'
import { test } from 'vitest'
import { parseDay, parseDayTime, parseTime } from './french.ts'

const many = { numRuns: 10_000, seed: 20221124, endOnFailure: true }
const word = fc.string({ unit: 'binary', maxLength: 40 })

test('dix mille dates et heures quelconques ne donnent que des jours qui existent', () => {
  const dateLike = fc.oneof(
    word,
    fc
      .tuple(
        fc.integer({ min: -5, max: 40 }),
        fc.constantFrom('/', '-', ' ', '.'),
        fc.integer({ min: -2, max: 15 }),
        fc.integer({ min: -1, max: 99_999 }),
      )
      .map(([day, separator, month, year]) => [day, month, year].join(separator)),
  )
  fc.assert(
    fc.property(dateLike, (text) => {
      const [day, moment, time] = [parseDay(text), parseDayTime(text), parseTime(text)]
      const exists = day === null || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
      return (
        exists &&
        (moment === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(moment)) &&
        (time === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(time))
      )
    }),
    many,
  )
})
