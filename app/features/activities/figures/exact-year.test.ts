import { expect, test } from 'vitest'
import { mergePeople } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { FigureFilters } from '#app/platform/figures.ts'
import { at, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makePerson, makeTerritory } from '../fixtures.ts'
import { figureById } from './catalogue.server.ts'
import { yearPeriod } from './period.ts'
import { readYear } from './year.server.ts'

const participation = { perimetre: ['participation'] }

/** A session of three hours that starts when a clock in Paris shows this. */
const session = (startsAt: string, hours = 3) => {
  const start = new Date(startsAt)
  return { sessions: [{ startsAt: start, endsAt: new Date(start.getTime() + hours * 3_600_000) }] }
}

async function value(ctx: AppContext, id: string, filters: FigureFilters = participation, year = 2022) {
  const found = await figureById(id)!.compute(ctx, yearPeriod(year), filters)
  if (!found.ok) throw new Error(found.error.type)
  return found.value.value
}

async function cells(ctx: AppContext, id: string, axis: string, filters: FigureFilters = participation, year = 2022) {
  const found = await figureById(id)!.breakdown(ctx, yearPeriod(year), axis, filters)
  if (!found.ok) throw new Error(found.error.type)
  return Object.fromEntries(found.value.map((cell) => [cell.key, cell.value]))
}

const inYear = (work: (ctx: AppContext) => Promise<void>) =>
  inSandbox(async (ctx) => work(at(ctx, '2023-06-01T08:00:00Z')))

test('seules les présences confirmées comptent : inscrits, absents, excusés et annulés ne comptent pas', () =>
  inYear(async (ctx) => {
    const { id: activityId } = await makeActivity(ctx, session('2022-03-10T09:00:00+01:00'))
    for (const status of ['present', 'registered', 'waitlisted', 'excused', 'absent', 'cancelled'] as const)
      await makeAttendance(ctx, { activityId, status })
    expect(await value(ctx, 'presences')).toBe(1)
    expect(await value(ctx, 'personnes')).toBe(1)
  }))

test('un brouillon et une activité annulée ne comptent nulle part, même avec des présences cochées', () =>
  inYear(async (ctx) => {
    for (const status of ['draft', 'cancelled'] as const) {
      const { id: activityId } = await makeActivity(ctx, { status, ...session('2022-03-10T09:00:00+01:00') })
      await makeAttendance(ctx, { activityId })
    }
    for (const id of ['activites', 'demi-journees', 'presences', 'personnes']) expect(await value(ctx, id)).toBe(0)
  }))

test('une personne venue sous deux profils garde chaque profil pour ses présences, et le dernier pour elle-même', () =>
  inYear(async (ctx) => {
    const personId = await makePerson(ctx)
    const spring = await makeActivity(ctx, session('2022-04-14T09:00:00+02:00'))
    const autumn = await makeActivity(ctx, session('2022-11-07T09:00:00+01:00'))
    await makeAttendance(ctx, { personId, activityId: autumn.id, profileId: 'profil:elu' })
    await makeAttendance(ctx, { personId, activityId: spring.id, profileId: 'profil:association' })
    expect(await cells(ctx, 'presences', 'profil')).toEqual({ association: 1, elu: 1 })
    expect(await cells(ctx, 'presences', 'famille')).toEqual({ associations: 1, elus: 1 })
    expect(await cells(ctx, 'personnes', 'profil')).toEqual({ elu: 1 })
    expect(await cells(ctx, 'personnes', 'mois')).toEqual({ '04': 1, '11': 1 })
    expect(await value(ctx, 'personnes', { ...participation, famille: ['associations'] })).toBe(0)
    // who she is does not change with the month one looks at
    expect(await cells(ctx, 'personnes', 'profil', { ...participation, mois: ['04'] })).toEqual({ elu: 1 })
  }))

test('deux fiches fusionnées présentes à la même activité comptent une présence et une personne', () =>
  inYear(async (ctx) => {
    const [keptId, droppedId] = [await makePerson(ctx), await makePerson(ctx)]
    const { id: activityId } = await makeActivity(ctx, session('2022-05-20T09:00:00+02:00'))
    const other = await makeActivity(ctx, session('2022-06-20T09:00:00+02:00'))
    await makeAttendance(ctx, { activityId, personId: droppedId, profileId: 'profil:elu' })
    await makeAttendance(ctx, { activityId, personId: keptId, profileId: 'profil:association' })
    await makeAttendance(ctx, { activityId: other.id, personId: droppedId, profileId: 'profil:elu' })
    expect(await value(ctx, 'presences')).toBe(3)
    expect(await value(ctx, 'personnes')).toBe(2)
    await mergePeople(ctx, { keptId, droppedId })
    expect(await value(ctx, 'presences')).toBe(2)
    expect(await value(ctx, 'personnes')).toBe(1)
    // the first arrived of the two gives the profile of that day
    expect(await cells(ctx, 'presences', 'profil')).toEqual({ elu: 2 })
    const rows = await figureById('presences')!.rows(ctx, yearPeriod(2022), participation, { offset: 0, limit: 10 })
    expect(rows.ok && rows.value.rows.map((row) => 'personId' in row && row.personId)).toEqual([keptId, keptId])
  }))

test('les personnes non identifiées sont à part, comptées et estimées chacune de leur côté', () =>
  inYear(async (ctx) => {
    const counted = await makeActivity(ctx, { unidentifiedCount: 36, ...session('2022-11-07T09:00:00+01:00') })
    await makeActivity(ctx, {
      unidentifiedCount: 50,
      unidentifiedBasis: 'estimated',
      ...session('2022-11-10T09:00:00+01:00'),
    })
    await makeAttendance(ctx, { activityId: counted.id })
    expect(await value(ctx, 'presences')).toBe(1)
    expect(await value(ctx, 'personnes')).toBe(1)
    expect(await value(ctx, 'non-identifiees')).toBe(36)
    expect(await value(ctx, 'non-identifiees-estimees')).toBe(50)
    expect(figureById('non-identifiees-estimees')?.kind).toBe('estimate')
    const year = await readYear(ctx.db, { period: yearPeriod(2022), filters: participation, now: ctx.now() })
    expect(year.total).toMatchObject({ presences: 1, people: 1, counted: 36, estimated: 50 })
  }))

test('l’année se coupe à minuit à Paris : le 31 décembre à 23 h 30 est de l’année, le 1er janvier à 0 h 15 de la suivante', () =>
  inYear(async (ctx) => {
    await makeActivity(ctx, session('2022-12-31T23:30:00+01:00'))
    await makeActivity(ctx, session('2023-01-01T00:15:00+01:00'))
    await makeActivity(ctx, session('2022-01-01T00:00:00+01:00'))
    await makeActivity(ctx, session('2021-12-31T23:59:00+01:00'))
    expect(await value(ctx, 'activites')).toBe(2)
    expect(await cells(ctx, 'activites', 'mois')).toEqual({ '01': 1, '12': 1 })
    expect(await value(ctx, 'activites', participation, 2023)).toBe(1)
    expect(await value(ctx, 'activites', participation, 2021)).toBe(1)
  }))

test('les mois suivent l’heure d’été : le 31 mars à 23 h 30 et le 30 octobre des deux changements d’heure', () =>
  inYear(async (ctx) => {
    await makeActivity(ctx, session('2022-03-31T23:30:00+02:00'))
    await makeActivity(ctx, session('2022-04-01T00:10:00+02:00'))
    await makeActivity(ctx, session('2022-10-31T23:30:00+01:00'))
    // 23 hours that day: from 1 h to 4 h of the clock are two hours
    await makeActivity(ctx, session('2022-03-27T01:00:00+01:00', 4))
    expect(await cells(ctx, 'activites', 'mois')).toEqual({ '03': 2, '04': 1, '10': 1 })
    expect(await value(ctx, 'demi-journees')).toBe(4)
  }))

test('une activité à venir ne compte pas encore, sauf si une présence y est déjà confirmée', () =>
  inSandbox(async (ctx) => {
    const { id: activityId } = await makeActivity(ctx, session('2022-12-08T09:30:00+01:00'))
    expect(await value(ctx, 'activites')).toBe(0)
    await makeAttendance(ctx, { activityId, status: 'registered' })
    expect(await value(ctx, 'activites')).toBe(0)
    await makeAttendance(ctx, { activityId })
    expect(await value(ctx, 'activites')).toBe(1)
    expect(await value(ctx, 'presences')).toBe(1)
  }))

test('la participation est celle des actions collectives que nous organisons, l’appui est à part', () =>
  inYear(async (ctx) => {
    const some = [
      { kindId: 'activite:webinaire', role: 'co-organisateur' },
      { kindId: 'activite:webinaire', role: 'partenaire' },
      { kindId: 'activite:accompagnement-evaluation', role: 'organisateur' },
      { kindId: 'activite:instance', role: 'organisateur' },
    ] as const
    for (const one of some) {
      const { id } = await makeActivity(ctx, { ...one, ...session('2022-03-10T09:00:00+01:00') })
      await makeAttendance(ctx, { activityId: id })
    }
    expect(await value(ctx, 'presences')).toBe(1)
    expect(await cells(ctx, 'presences', 'perimetre', {})).toEqual({
      participation: 1,
      appui: 1,
      exterieur: 1,
      'vie-associative': 1,
    })
  }))

test('l’année entière, d’un seul coup : les mêmes nombres que chaque chiffre pris à part', () =>
  inYear(async (ctx) => {
    await makeTerritory(ctx, { id: 'dep-34', kind: 'departement', name: 'Hérault' })
    const personId = await makePerson(ctx)
    const one = await makeActivity(ctx, { departementId: 'dep-34', ...session('2022-02-08T09:00:00+01:00', 7) })
    const two = await makeActivity(ctx, { mode: 'distanciel', ...session('2022-03-10T09:00:00+01:00') })
    await makeAttendance(ctx, { activityId: one.id, personId, departementId: 'dep-34' })
    await makeAttendance(ctx, { activityId: two.id, personId, mode: 'remote' })
    await makeAttendance(ctx, { activityId: two.id, mode: 'remote', profileId: 'profil:elu' })
    const year = await readYear(ctx.db, { period: yearPeriod(2022), filters: participation, now: ctx.now() })
    expect(year.total).toEqual({
      key: '',
      activities: 2,
      halfDays: 3,
      presences: 3,
      remote: 2,
      counted: 0,
      estimated: 0,
      people: 2,
    })
    expect(year.by.mois.map(({ key, presences, people }) => [key, presences, people]).sort()).toEqual([
      ['02', 1, 1],
      ['03', 2, 2],
    ])
    expect(year.by.origine.map(({ key, presences, people }) => [key, presences, people]).sort()).toEqual([
      ['-', 2, 2],
      ['dep-34', 1, 0],
    ])
    expect(await value(ctx, 'part-a-distance')).toBeCloseTo(2 / 3)
  }))
