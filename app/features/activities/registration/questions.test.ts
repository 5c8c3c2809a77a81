import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAnswers, type Question } from './questions.ts'

const question = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  label: id,
  hint: null,
  kind: 'text',
  required: false,
  options: [],
  ...more,
})

test('une réponse obligatoire manque, un choix inconnu, un texte trop long : chacun est dit', () => {
  const list = [
    question('a', { required: true }),
    question('b', { kind: 'choice', options: ['x', 'y'] }),
    question('c', { kind: 'yes-no' }),
    question('d'),
  ]
  expect(checkAnswers(list, { a: '  ', b: 'z', c: 'peut-être', d: 'é'.repeat(301) }, 'onsite').problems).toEqual([
    { questionId: 'a', problem: 'required' },
    { questionId: 'b', problem: 'unknown' },
    { questionId: 'c', problem: 'unknown' },
    { questionId: 'd', problem: 'too-long' },
  ])
})

test('une chaîne de conditions tombe avec son premier maillon', () => {
  const list = [
    question('a', { kind: 'yes-no', condition: { mode: true, oneOf: ['onsite'] } }),
    question('b', { required: true, condition: { questionId: 'a', oneOf: ['oui'] } }),
    question('c', { condition: { questionId: 'b', oneOf: ['bus'] } }),
  ]
  const given = { a: 'oui', b: 'bus', c: '9 h' }
  expect(checkAnswers(list, given, 'onsite').answers).toEqual(given)
  expect(checkAnswers(list, given, 'remote')).toEqual({ answers: {}, problems: [] })
})

test('ce qui est gardé répond toujours à une question posée, et repasse le contrôle tel quel', () => {
  const kinds = fc.constantFrom('text', 'choice', 'choices', 'yes-no') as fc.Arbitrary<Question['kind']>
  const value = fc.constantFrom('oui', 'non', 'x', 'y', 'z', '')
  const list = fc.array(
    fc.record({
      kind: kinds,
      required: fc.boolean(),
      condition: fc.option(
        fc.oneof(
          fc.record({ mode: fc.constant(true), oneOf: fc.constantFrom(['onsite'], ['remote']) }),
          fc.record({
            questionId: fc.constantFrom('q0', 'q1', 'q2'),
            oneOf: fc.array(value, { minLength: 1, maxLength: 2 }),
          }),
        ),
      ),
    }),
    { maxLength: 5 },
  )
  const answers = fc.dictionary(
    fc.constantFrom('q0', 'q1', 'q2', 'q3', 'autre'),
    fc.oneof(value, fc.array(value, { maxLength: 3 })),
  )
  fc.assert(
    fc.property(list, answers, fc.constantFrom('onsite', 'remote'), (made, given, mode) => {
      const questions = made.map((one, i) =>
        question(`q${i}`, {
          ...one,
          condition: one.condition && { ...one.condition, oneOf: [...one.condition.oneOf] },
          options: ['x', 'y'],
        }),
      )
      const { answers: kept, problems } = checkAnswers(questions, given, mode)
      expect(Object.keys(kept).every((id) => questions.some((one) => one.id === id))).toBe(true)
      if (problems.length === 0) expect(checkAnswers(questions, kept, mode)).toEqual({ answers: kept, problems: [] })
    }),
  )
})
