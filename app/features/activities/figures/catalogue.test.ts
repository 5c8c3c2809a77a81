import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergePeople } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { FigureFilters } from '#app/platform/figures.ts'
import { asVisitor, at, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makePerson, makeSeries, makeTerritory } from '../fixtures.ts'
import { activityAxes, type AxisKey, presenceAxes } from './axes.ts'
import { type ActivityFigure, exportedRows, figureById, figures } from './catalogue.server.ts'
import { yearPeriod } from './period.ts'
import { readYear, type YearCell } from './year.server.ts'

const PEOPLE = 5
const period = yearPeriod(2022)
const counts = figures.filter(({ kind }) => kind !== 'ratio')

const kinds = ['activite:seminaire', 'activite:atelier', 'activite:accompagnement-autre', 'activite:externe'] as const
const profiles = ['profil:elu', 'profil:association', 'profil:etat-service', null] as const

const someActivity = fc.record({
  kindId: fc.constantFrom(...kinds),
  role: fc.constantFrom('organisateur' as const, 'co-organisateur' as const, 'partenaire' as const),
  mode: fc.constantFrom('presentiel' as const, 'distanciel' as const),
  /** The first is a training cycle, the second is not. */
  series: fc.constantFrom(0, 0, 1, null),
  status: fc.constantFrom('published' as const, 'published' as const, 'cancelled' as const),
  mainThemeId: fc.constantFrom('theme:culture', 'theme:evaluation', null),
  departementId: fc.constantFrom('dep-34', 'dep-30', null),
  unidentifiedCount: fc.nat({ max: 3 }),
  unidentifiedBasis: fc.constantFrom('counted' as const, 'estimated' as const),
  /** Hours since 30 December 2021 at 23 h in Paris: both ends of the year are crossed. */
  hour: fc.oneof(fc.nat({ max: 60 }), fc.integer({ min: 8700, max: 8820 }), fc.nat({ max: 8820 })),
  length: fc.constantFrom(2, 6),
  attendance: fc.uniqueArray(
    fc.record({
      person: fc.nat({ max: PEOPLE - 1 }),
      status: fc.constantFrom('present' as const, 'present' as const, 'absent' as const, 'registered' as const),
      mode: fc.constantFrom('onsite' as const, 'remote' as const),
      profileId: fc.constantFrom(...profiles),
      departementId: fc.constantFrom('dep-34', 'dep-11', null),
    }),
    { selector: ({ person }) => person, maxLength: PEOPLE },
  ),
})
const someYear = fc.array(someActivity, { minLength: 1, maxLength: 6 })
type SomeYear = typeof someYear extends fc.Arbitrary<infer Year> ? Year : never

async function record(ctx: AppContext, year: SomeYear): Promise<string[]> {
  for (const code of ['34', '30', '11'])
    await makeTerritory(ctx, { id: `dep-${code}`, kind: 'departement', name: `Département ${code}` })
  const people = []
  for (let i = 0; i < PEOPLE; i += 1) people.push(await makePerson(ctx))
  const series = [await makeSeries(ctx, { requiredShare: 50 }), await makeSeries(ctx, { kind: 'suite' })]
  for (const { hour, length, attendance, series: rank, ...activity } of year) {
    const startsAt = new Date(Date.parse('2021-12-30T22:00:00Z') + hour * 3_600_000)
    const endsAt = new Date(startsAt.getTime() + length * 3_600_000)
    const { id: activityId } = await makeActivity(ctx, {
      ...activity,
      seriesId: rank === null ? null : series[rank]!,
      sessions: [{ startsAt, endsAt }],
    })
    for (const { person, ...row } of attendance)
      await makeAttendance(ctx, { activityId, personId: people[person]!, ...row })
  }
  return people
}

const overYears = (check: (ctx: AppContext, people: string[]) => Promise<void>, numRuns = 12) =>
  fc.assert(
    fc.asyncProperty(someYear, (year) =>
      inSandbox(async (sandbox) => {
        const ctx = at(sandbox, '2023-06-01T08:00:00Z')
        await check(ctx, await record(ctx, year))
      }),
    ),
    { numRuns },
  )

async function value(ctx: AppContext, figure: ActivityFigure, filters: FigureFilters = {}) {
  const found = await figure.compute(ctx, period, filters)
  if (!found.ok) throw new Error(found.error.type)
  return found.value.value
}

async function cellsOf(ctx: AppContext, figure: ActivityFigure, axis: string, filters: FigureFilters = {}) {
  const found = await figure.breakdown(ctx, period, axis, filters)
  if (!found.ok) throw new Error(found.error.type)
  return found.value
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const perimeters: FigureFilters[] = [{}, { perimetre: ['participation'] }]

test('pour chaque chiffre du catalogue, les lignes font la valeur', { timeout: 120_000 }, () =>
  overYears(async (ctx) => {
    for (const figure of counts)
      for (const filters of perimeters) {
        const found = await figure.rows(ctx, period, filters, { offset: 0, limit: 1000 })
        const rows = found.ok ? found.value.rows : []
        expect(sum(rows.map(({ count }) => count))).toBe(await value(ctx, figure, filters))
        expect(found.ok && found.value.total).toBe(rows.length)
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      }
  }),
)

test(
  'chaque découpage fait le total, et chaque cellule est la valeur du chiffre restreint à elle',
  {
    timeout: 120_000,
  },
  () =>
    overYears(async (ctx) => {
      for (const figure of counts) {
        const total = await value(ctx, figure)
        for (const { key, adds } of figure.axes) {
          const cells = await cellsOf(ctx, figure, key)
          const all = sum(cells.map((cell) => cell.value))
          if (adds) expect([figure.id, key, all]).toEqual([figure.id, key, total])
          else expect(all).toBeGreaterThanOrEqual(total)
          const [one] = cells
          // the perimeter bounds the year itself: a person's profile is that of the perimeter, cells stay the same
          if (one) expect(await value(ctx, figure, { [key]: [one.key] })).toBe(one.value)
        }
      }
    }, 5),
)

test('un filtre de plus n’augmente jamais un compte', { timeout: 120_000 }, () =>
  overYears(async (ctx) => {
    const filters: [AxisKey, string][] = [
      ['mois', '03'],
      ['theme', 'culture'],
      ['mode', 'distanciel'],
      ['famille', 'elus'],
      ['origine', 'dep-34'],
      ['presence', 'remote'],
    ]
    for (const figure of counts) {
      const usable = filters.filter(([axis]) => figure.axes.some(({ key }) => key === axis))
      let kept: FigureFilters = { perimetre: ['participation'] }
      let before = await value(ctx, figure, kept)
      for (const [axis, key] of usable) {
        kept = { ...kept, [axis]: [key] }
        const after = await value(ctx, figure, kept)
        expect(after).toBeLessThanOrEqual(before)
        before = after
      }
    }
  }, 8),
)

test('fusionner deux personnes n’augmente jamais un compte, ni aucune de ses parts', { timeout: 120_000 }, () =>
  overYears(async (ctx, [keptId, droppedId]) => {
    // two records that each followed half of a cycle are one person who completed it
    const measured = counts.filter(({ rowKind, id }) => rowKind !== 'activity' && id !== 'parcours-acheves')
    const snapshot = async () => {
      const found: Record<string, number> = {}
      for (const figure of measured) {
        found[figure.id] = await value(ctx, figure)
        if (figure.id !== 'personnes') continue
        for (const { key, adds } of figure.axes.filter(({ key }) => key !== 'perimetre'))
          for (const cell of await cellsOf(ctx, figure, key, { perimetre: ['participation'] }))
            found[`${key} ${cell.key} ${adds}`] = cell.value
      }
      return found
    }
    const before = await snapshot()
    expect(await mergePeople(ctx, { keptId: keptId!, droppedId: droppedId! })).toMatchObject({ ok: true })
    for (const [what, after] of Object.entries(await snapshot()))
      expect([what, after <= (before[what] ?? 0)]).toEqual([what, true])
  }, 8),
)

test('l’année en une requête dit ce que dit chaque chiffre, axe par axe', { timeout: 120_000 }, () =>
  overYears(async (ctx, [keptId, droppedId]) => {
    await mergePeople(ctx, { keptId: keptId!, droppedId: droppedId! })
    const culture: FigureFilters = { perimetre: ['participation'], theme: ['culture'] }
    for (const filters of [...perimeters, culture]) {
      const year = await readYear(ctx.db, { period, filters, now: ctx.now() })
      const measures: [string, keyof YearCell][] = [
        ['activites', 'activities'],
        ['demi-journees', 'halfDays'],
        ['presences', 'presences'],
        ['personnes', 'people'],
        ['non-identifiees', 'counted'],
        ['non-identifiees-estimees', 'estimated'],
      ]
      for (const [id, measure] of measures) {
        const figure = figureById(id)!
        expect([id, year.total[measure]]).toEqual([id, await value(ctx, figure, filters)])
        const told =
          id === 'personnes' ? ['famille', 'profil', 'origine', 'mois', 'perimetre'] : figure.axes.map(({ key }) => key)
        for (const axis of told) {
          const cells = await cellsOf(ctx, figure, axis, filters)
          const same = year.by[axis as AxisKey].filter((cell) => Number(cell[measure]) > 0)
          expect([id, axis, Object.fromEntries(same.map((cell) => [cell.key, cell[measure]]))]).toEqual([
            id,
            axis,
            Object.fromEntries(cells.map((cell) => [cell.key, cell.value])),
          ])
        }
      }
    }
  }, 4),
)

test('chaque chiffre porte sa définition, et ses axes sont connus', () => {
  const known = [...activityAxes, ...presenceAxes] as string[]
  for (const figure of figures) {
    expect(figure.definition.length).toBeGreaterThan(40)
    expect(figure.axes.map(({ key }) => key).filter((key) => !known.includes(key))).toEqual([])
  }
})

test('un visiteur ne lit aucun chiffre, aucune ligne et n’exporte rien', () =>
  inSandbox(async (sandbox) => {
    const ctx = asVisitor(sandbox)
    const refused = { ok: false, error: { type: 'not-allowed' } }
    for (const figure of figures) {
      expect(await figure.compute(ctx, period)).toEqual(refused)
      expect(await figure.rows(ctx, period, {}, { offset: 0, limit: 10 })).toEqual(refused)
      expect(await exportedRows(ctx, figure, period, {}, undefined)).toEqual(refused)
    }
    expect(await figureById('presences')!.breakdown(ctx, period, 'mois')).toEqual(refused)
  }))

test('un axe inconnu est refusé plutôt qu’ignoré', () =>
  inSandbox(async (ctx) => {
    const activities = figureById('activites')!
    expect(await activities.compute(ctx, period, { famille: ['elus'] })).toEqual({
      ok: false,
      error: { type: 'unknown-axis', axis: 'famille' },
    })
    expect(await activities.breakdown(ctx, period, 'famille')).toMatchObject({ ok: false })
  }))
