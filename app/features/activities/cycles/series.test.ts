import { expect, test } from 'vitest'
import { parseListParams } from '#app/platform/list-params.ts'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, asVisitor, inSandbox } from '#tests/context.ts'
import { makeActivity, makeAttendance, makeOrganisation, makePerson, makeSeries } from '../fixtures.ts'
import { assiduityColumns } from './assiduity-columns.tsx'
import { assiduityList, assiduityRules, exportAssiduity } from './assiduity-list.server.ts'
import { formatDuration } from './duration.ts'
import { optionalHours, seriesInput } from './inputs.server.ts'
import { readSeries, stepsOf } from './read-series.server.ts'
import { createSeries, listSeries, updateSeries } from './series.server.ts'

const cycle = { title: 'Cycle égalité', kind: 'cycle', description: null } as const
const whole = {
  ...cycle,
  objectives: 'Reconnaître une discrimination\nAgir',
  audience: 'Élu·es des communes',
  profileIds: ['profil:elu'],
  requiredShare: 75,
  plannedMinutes: 630,
  visibility: 'public',
} as const

test('une série se crée, se renomme, compte ses activités publiées, et son titre n’est qu’à elle', () =>
  inSandbox(async (ctx) => {
    const made = await createSeries(ctx, cycle)
    if (!made.ok) throw new Error(made.error.type)
    const seriesId = made.value.id
    const { id } = await makeActivity(ctx, { seriesId })
    await makeActivity(ctx, { seriesId, status: 'draft' })
    await makeAttendance(ctx, { activityId: id })
    expect(await createSeries(ctx, { ...cycle, title: 'CYCLE EGALITE' })).toEqual({
      ok: false,
      error: { type: 'title-taken' },
    })
    expect((await updateSeries(ctx, seriesId, { ...whole, profileIds: [...whole.profileIds] })).ok).toBe(true)
    expect(await listSeries(ctx)).toMatchObject([
      { slug: 'cycle-egalite', kind: 'cycle', activities: 1, halfDays: 1, present: 1, visibility: 'public' },
    ])
    expect(await readSeries(ctx, seriesId)).toMatchObject({
      requiredShare: 75,
      plannedMinutes: 630,
      profiles: [{ id: 'profil:elu' }],
    })
    expect((await stepsOf(ctx, seriesId)).map(({ status }) => status).sort()).toEqual(['draft', 'published'])
  }))

test('créer, modifier, lire une série demande le droit de le faire', () =>
  inSandbox(async (ctx) => {
    const id = await makeSeries(ctx)
    const refused = { ok: false, error: { type: 'not-allowed' } }
    const input = { ...whole, profileIds: [] }
    expect(await createSeries(asRole(ctx, 'gestion'), cycle)).toEqual(refused)
    expect(await updateSeries(asRole(ctx, 'gestion'), id, input)).toEqual(refused)
    expect(await listSeries(asVisitor(ctx))).toBeNull()
    expect(await readSeries(asVisitor(ctx), id)).toBeNull()
    expect(await updateSeries(ctx, crypto.randomUUID(), input)).toEqual({ ok: false, error: { type: 'not-found' } })
    expect(await updateSeries(ctx, id, { ...input, profileIds: ['theme:culture'] })).toEqual({
      ok: false,
      error: { type: 'unknown-profile' },
    })
  }))

test('les heures d’un cycle se lisent comme elles s’écrivent', () => {
  const read = (text: string) => optionalHours().safeParse(text).data
  expect(['21', '10,5', '10 h 30', '7h', ''].map(read)).toEqual([1260, 630, 630, 420, null])
  for (const text of ['beaucoup', '10 h 75', '0', '-3', '1000', '2,5 h 10'])
    expect([text, read(text)]).toEqual([text, undefined])
  expect([630, 180, 45, 0].map(formatDuration)).toEqual(['10\u00a0h\u00a030', '3\u00a0h', '45\u00a0min', ''])
  expect(
    seriesInput
      .safeParse({ title: '', kind: 'autre', visibility: 'public', requiredShare: '120' })
      .error!.issues.map(({ path }) => path[0])
      .sort(),
  ).toEqual(['kind', 'requiredShare', 'title'])
})

async function threePeople(ctx: AppContext) {
  const seriesId = await makeSeries(ctx, { requiredShare: 100 })
  const steps = []
  for (const day of ['2022-10-04', '2022-11-08']) {
    const sessions = [{ startsAt: new Date(`${day}T08:00:00Z`), endsAt: new Date(`${day}T11:00:00Z`) }]
    steps.push((await makeActivity(ctx, { seriesId, sessions })).id)
  }
  const organisationId = await makeOrganisation(ctx, 'Ville de Sète')
  const people = []
  for (const familyName of ['Zola', 'Éluard', 'Camus']) people.push(await makePerson(ctx, { familyName }))
  for (const activityId of steps) await makeAttendance(ctx, { activityId, personId: people[0]!, organisationId })
  await makeAttendance(ctx, { activityId: steps[0]!, personId: people[1]! })
  await makeAttendance(ctx, { activityId: steps[0]!, personId: people[2]!, status: 'absent' })
  return { seriesId, people }
}

async function names(ctx: AppContext, seriesId: string, query: string) {
  const state = parseListParams(new URLSearchParams(query), assiduityRules)
  if (!state.ok) throw new Error(state.error.type)
  const list = await assiduityList(ctx, seriesId, state.value)
  return list.ok ? list.value.rows.map(({ familyName }) => familyName) : list.error.type
}

test('le tableau d’assiduité se trie et se filtre, et dit où en est le cycle', () =>
  inSandbox(async (ctx) => {
    const { seriesId } = await threePeople(ctx)
    expect(await names(ctx, seriesId, '')).toEqual(['Camus', 'Éluard', 'Zola'])
    expect(await names(ctx, seriesId, 'tri=assiduite&ordre=desc')).toEqual(['Zola', 'Éluard', 'Camus'])
    expect(await names(ctx, seriesId, 'seuil=atteint')).toEqual(['Zola'])
    expect(await names(ctx, seriesId, 'seuil=pas-encore')).toEqual(['Camus', 'Éluard'])
    expect(await names(ctx, seriesId, 'q=sete')).toEqual(['Zola'])
    expect(await names(ctx, seriesId, 'page=2')).toBe('page-out-of-range')
    const state = parseListParams(new URLSearchParams(), assiduityRules)
    const list = state.ok && (await assiduityList(ctx, seriesId, state.value))
    if (!list || !list.ok) throw new Error('refused')
    expect(list.value.figures).toEqual({
      held: 2,
      coming: 0,
      followers: 3,
      presences: 3,
      average: { attended: 3, possible: 6 },
      reached: 1,
    })
    const exported = assiduityColumns(list.value.steps, 100).filter(({ exported }) => exported !== false)
    expect(exported.map((column) => column.value(list.value.rows[0]!))).toEqual([
      'Dominique Camus',
      null,
      null,
      'Absent·e',
      'Pas inscrit·e',
      '0 sur 2',
      0,
      0,
      'Pas encore',
    ])
  }))

test('l’assiduité de chacun demande le droit de lire les présences, son export celui de les exporter', () =>
  inSandbox(async (ctx) => {
    const { seriesId } = await threePeople(ctx)
    const state = parseListParams(new URLSearchParams(), assiduityRules)
    if (!state.ok) throw new Error()
    const refused = { ok: false, error: { type: 'not-found' } }
    expect(await assiduityList(asVisitor(ctx), seriesId, state.value)).toEqual(refused)
    expect(await exportAssiduity(asRole(ctx, 'lecture'), seriesId, state.value, 'csv')).toEqual(refused)
    expect((await exportAssiduity(asRole(ctx, 'gestion'), seriesId, state.value, 'csv')).ok).toBe(true)
    expect(await assiduityList(ctx, crypto.randomUUID(), state.value)).toEqual(refused)
  }))
