import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weavePattern } from './weave.ts'

test('the same record always has the same cover', () => {
  expect(weavePattern('femmes-et-espaces-publics')).toEqual(weavePattern('femmes-et-espaces-publics'))
})

test('a hundred records have many covers', () => {
  const covers = new Set(Array.from({ length: 100 }, (_, i) => JSON.stringify(weavePattern(`activite-${i}`))))
  expect(covers.size).toBe(100)
})

test('any id gives strands in both directions, over and under', () =>
  fc.assert(
    fc.property(fc.string(), (id) => {
      const { weft, warp } = weavePattern(id)
      for (const strands of [weft, warp]) {
        expect(strands.length).toBeGreaterThanOrEqual(2)
        expect(strands.some(({ path }) => path.split('M').length > 2)).toBe(true)
        for (const { path, width } of strands) {
          expect(path).not.toMatch(/NaN|undefined/)
          expect(width).toBeGreaterThan(0)
        }
      }
    }),
  ))
