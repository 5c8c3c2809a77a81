import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance } from '../fixtures.ts'
import { formOfQuestions } from './questions-form-values.server.ts'
import { questionsInput, questionsOf, setQuestions } from './set-questions.server.ts'

const lunch = { label: 'Déjeunez-vous ?', kind: 'yes-no' }
const set = (ctx: AppContext, activityId: string, questions: unknown[]) =>
  setQuestions(ctx, { activityId, version: null }, questionsInput.parse({ questions }))

test('les questions ont leur forme, leurs réponses et leur condition, et se relisent telles quelles', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    const saved = await set(ctx, id, [
      { ...lunch, required: 'oui' },
      {
        label: 'Régime ?',
        kind: 'choices',
        options: 'Végétarien\nSans gluten\nVégétarien\n',
        conditionOn: '1',
        conditionAnswers: 'OUI',
      },
      { label: 'Place de parking ?', kind: 'text', conditionOn: 'onsite' },
    ])
    expect(saved.ok).toBe(true)
    const questions = await questionsOf(ctx.db, id)
    expect(questions).toMatchObject([
      { label: 'Déjeunez-vous ?', required: true, options: [], condition: null },
      { options: ['Végétarien', 'Sans gluten'], condition: { questionId: questions[0]!.id, oneOf: ['oui'] } },
      { condition: { mode: true, oneOf: ['onsite'] } },
    ])
    const again = await set(ctx, id, formOfQuestions(questions).questions as unknown[])
    expect(again.ok).toBe(true)
    expect(await questionsOf(ctx.db, id)).toEqual(questions)
  }))

test.each<[what: string, questions: unknown[], error: object]>([
  [
    'un choix à une seule réponse',
    [{ label: 'A', kind: 'choice', options: 'Une' }],
    { type: 'too-few-options', index: 0 },
  ],
  [
    'une condition sur une question qui suit',
    [{ ...lunch, conditionOn: '2' }, lunch],
    { type: 'condition-on-later', index: 0 },
  ],
  ['une condition sur soi-même', [{ ...lunch, conditionOn: '1' }], { type: 'condition-on-later', index: 0 }],
  ['une condition inventée', [{ ...lunch, conditionOn: 'jamais' }], { type: 'unknown-condition', index: 0 }],
  [
    'une condition sur une réponse libre',
    [
      { label: 'A', kind: 'text' },
      { ...lunch, conditionOn: '1', conditionAnswers: 'x' },
    ],
    { type: 'condition-on-text', index: 1 },
  ],
  [
    'une condition sans réponse',
    [lunch, { ...lunch, conditionOn: '1' }],
    { type: 'condition-without-answer', index: 1 },
  ],
  [
    'une condition sur une réponse impossible',
    [lunch, { ...lunch, conditionOn: '1', conditionAnswers: 'peut-être' }],
    { type: 'unknown-answer', index: 1, answer: 'peut-être', possible: ['oui', 'non'] },
  ],
])('%s est refusée, et rien n’est écrit', (_, questions, error) =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    expect(await set(ctx, id, questions)).toEqual({ ok: false, error })
    expect(await questionsOf(ctx.db, id)).toEqual([])
  }),
)

test('une question à laquelle on a répondu ne se retire plus, mais son texte se corrige', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    await set(ctx, id, [lunch])
    const [question] = await questionsOf(ctx.db, id)
    await makeAttendance(ctx, { activityId: id, status: 'registered', answers: { [question!.id]: 'oui' } })
    const kept = { ok: false, error: { type: 'already-answered', label: 'Déjeunez-vous ?' } }
    expect(await set(ctx, id, [])).toEqual(kept)
    expect(await set(ctx, id, [{ ...lunch, id: question!.id, kind: 'text' }])).toEqual(kept)
    expect((await set(ctx, id, [{ ...lunch, id: question!.id, label: 'Déjeunez-vous avec nous ?' }])).ok).toBe(true)
    expect(await questionsOf(ctx.db, id)).toMatchObject([{ id: question!.id, label: 'Déjeunez-vous avec nous ?' }])
  }))

test('qui ne fait que lire ne change pas les questions', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    expect(await set(asRole(ctx, 'gestion'), id, [lunch])).toEqual({ ok: false, error: { type: 'not-allowed' } })
  }))
