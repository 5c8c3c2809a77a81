import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slipsIn } from './likeness.ts'
import { distance, nameLikeness } from './names.ts'

const name = (text: string) => {
  const [given = '', ...family] = text.split(' ')
  return { given, family: family.join(' ') }
}

test.each([
  ['jean dupont', 'jean dupont', 3],
  ['dupont jean', 'jean dupont', 3],
  ['jean dupont', 'jean dupond', 2],
  ['jean dupont', 'jean dupont martin', 2],
  ['amina bertier', 'amina berthier lafontaine', 2],
  ['nathalie roux', 'nathlaie roux', 2],
  ['j dupont', 'jean dupont', 1],
  ['michel dupont', 'michele dupont', 0],
  ['rene blanc', 'renee blanc', 0],
  ['jean dupont', 'jean durand', 0],
  ['lea roux', 'lia roux', 0],
] as const)('« %s » et « %s »', (one, other, likeness) => {
  expect(nameLikeness(name(one), name(other))).toBe(likeness)
  expect(nameLikeness(name(other), name(one))).toBe(likeness)
})

const word = fc.stringMatching(/^[a-z]{1,12}$/)

test('la distance entre deux mots est la même dans les deux sens, nulle pour un même mot seulement', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(distance(one, other)).toBe(distance(other, one))
      expect(distance(one, other) === 0).toBe(one === other)
      expect(distance(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length))
    }),
  )
  expect(distance('jaen', 'jean')).toBe(1)
  expect(distance('', 'abc')).toBe(3)
})

test('un mot est dans un texte à une faute près s’il est assez long, et par son début', () => {
  expect(slipsIn(['dupon'], 'jean dupont')).toBe(0)
  expect(slipsIn(['dupnt', 'jaen'], 'jean dupont j.d@exemple.fr')).toBe(2)
  expect(slipsIn(['lou'], 'lea roux')).toBeNull()
  fc.assert(fc.property(word, fc.string(), (asked, text) => slipsIn([asked], `${text} ${asked}`) === 0))
})
