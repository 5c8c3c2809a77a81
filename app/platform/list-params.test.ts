import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPage, listErrorAnswer, listQuery, type ListRules, parseListParams } from './list-params.ts'

const rules: ListRules = {
  sortable: ['nom', 'date'],
  defaultSort: { key: 'date', direction: 'desc' },
  filters: { departement: ['31', '34'], commune: 'text' },
  pageSize: 25,
}
const read = (query: string) => parseListParams(new URLSearchParams(query), rules)
const refusal = (query: string) => {
  const result = read(query)
  return result.ok ? 'accepted' : result.error.type
}

test('an empty address is the first page in the usual order', () => {
  expect(read('')).toEqual({
    ok: true,
    value: {
      page: 1,
      pageSize: 25,
      sort: { key: 'date', direction: 'desc' },
      q: '',
      filters: { departement: [], commune: [] },
    },
  })
})

test('what is unknown is refused', () => {
  expect(refusal('page=0')).toBe('bad-page')
  expect(refusal('page=-1')).toBe('bad-page')
  expect(refusal('page=deux')).toBe('bad-page')
  expect(refusal('page=99999999')).toBe('bad-page')
  expect(refusal('tri=mot_de_passe')).toBe('unknown-sort')
  expect(refusal('tri=nom&ordre=hasard')).toBe('unknown-sort')
  expect(refusal('departement=75')).toBe('unknown-filter')
  expect(refusal(`q=${'a'.repeat(201)}`)).toBe('too-long')
  expect(refusal(`commune=${'a'.repeat(101)}`)).toBe('too-long')
})

test('an empty choice of a filter form filters nothing', () => {
  const result = read('departement=&q=++&page=&tri=&ordre=')
  expect(result.ok && result.value.filters.departement).toEqual([])
})

test('a page beyond the last does not exist, and the sentence says how many there are', () => {
  const result = checkPage({ page: 4, pageSize: 25 }, 75)
  expect(result.ok).toBe(false)
  if (!result.ok)
    expect(listErrorAnswer(result.error)).toEqual({
      status: 404,
      message: 'La page 4 n’existe pas\u202f: cette liste en compte 3.',
    })
  expect(checkPage({ page: 1, pageSize: 25 }, 0)).toEqual({ ok: true, value: { offset: 0, limit: 25 } })
})

test('an address written from a state reads back as the same state', () =>
  fc.assert(
    fc.property(
      fc.record({
        page: fc.integer({ min: 1, max: 1000 }),
        sort: fc.record({
          key: fc.constantFrom('nom', 'date'),
          direction: fc.constantFrom('asc' as const, 'desc' as const),
        }),
        q: fc.string({ maxLength: 50 }).map((text) => text.trim()),
        filters: fc.record({ departement: fc.subarray(['31', '34']), commune: fc.constant<string[]>([]) }),
      }),
      (wish) => {
        const state = { ...wish, pageSize: 25 }
        const result = read(listQuery(state, { page: state.page }, rules.defaultSort))
        expect(result).toEqual({ ok: true, value: state })
      },
    ),
  ))
