import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharesOf } from './shares.ts'

test('thirds are 34, 33 and 33', () => {
  expect(sharesOf([1, 1, 1])).toEqual([34, 33, 33])
  expect(sharesOf([1, 1, 1], 1)).toEqual([33.4, 33.3, 33.3])
  expect(sharesOf([0, 0])).toEqual([0, 0])
  expect(sharesOf([])).toEqual([])
})

test('shares always add up to 100, and none is more than one point from the truth', () =>
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1 }), (values) => {
      const total = values.reduce((sum, value) => sum + value, 0)
      const shares = sharesOf(values)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total > 0 ? 100 : 0)
      for (const [i, share] of shares.entries())
        expect(Math.abs(share - (100 * (values[i] ?? 0)) / (total || 1))).toBeLessThan(1)
    }),
  ))
