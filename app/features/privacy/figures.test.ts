import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeActivity, makeAttendance, makePerson, makeTerritory } from '#app/features/activities/fixtures.ts'
import { figures, yearPeriod } from '#app/features/activities/index.server.ts'
import { mergePeople } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { FigureFilters } from '#app/platform/figures.ts'
import { allPersonalData } from '../../personal-data.server.ts'
import { at, inSandbox } from '../../../tests/context.ts'
import { erasePeople } from './erasure/erase-people.server.ts'

const PEOPLE = 6
const YEARS = [2021, 2022, 2023]

const someActivity = fc.record({
  kindId: fc.constantFrom('activite:seminaire', 'activite:atelier', 'activite:externe'),
  role: fc.constantFrom('organisateur' as const, 'co-organisateur' as const, 'partenaire' as const),
  mainThemeId: fc.constantFrom('theme:culture', null),
  /** Hours since the start of 2021: three years and their ends. */
  hour: fc.nat({ max: 3 * 8760 }),
  /** Suites that may span years. */
  series: fc.constantFrom(null, 0, 1),
  attendance: fc.uniqueArray(
    fc.record({
      person: fc.nat({ max: PEOPLE - 1 }),
      status: fc.constantFrom('present' as const, 'present' as const, 'absent' as const, 'cancelled' as const),
      mode: fc.constantFrom('onsite' as const, 'remote' as const),
      profileId: fc.constantFrom('profil:elu', 'profil:association', null),
      departementId: fc.constantFrom('dep-34', 'dep-11', null),
    }),
    { selector: ({ person }) => person, maxLength: PEOPLE },
  ),
})

const someHistory = fc.record({
  activities: fc.array(someActivity, { minLength: 2, maxLength: 7 }),
  merged: fc.option(fc.tuple(fc.nat({ max: PEOPLE - 1 }), fc.nat({ max: PEOPLE - 1 })), { nil: null }),
  erased: fc.uniqueArray(fc.nat({ max: PEOPLE - 1 }), { minLength: 1, maxLength: PEOPLE }),
})
type History = typeof someHistory extends fc.Arbitrary<infer One> ? One : never

async function record(ctx: AppContext, { activities, merged }: History): Promise<string[]> {
  for (const code of ['34', '11'])
    await makeTerritory(ctx, { id: `dep-${code}`, kind: 'departement', name: `Département ${code}` })
  const { rows: series } = await ctx.db.execute<{ id: string }>(sql`
    insert into activities.series (slug, title, created_at) values ('cycle-a', 'Cycle A', now()), ('cycle-b', 'Cycle B', now()) returning id`)
  const people: string[] = []
  for (let i = 0; i < PEOPLE; i += 1) people.push(await makePerson(ctx))
  for (const { hour, attendance, series: suite, ...activity } of activities) {
    const startsAt = new Date(Date.parse('2020-12-31T23:00:00Z') + hour * 3_600_000)
    const endsAt = new Date(startsAt.getTime() + 3 * 3_600_000)
    const seriesId = suite === null ? null : series[suite]!.id
    const { id: activityId } = await makeActivity(ctx, { ...activity, seriesId, sessions: [{ startsAt, endsAt }] })
    for (const { person, ...row } of attendance)
      await makeAttendance(ctx, { activityId, personId: people[person]!, ...row })
  }
  if (merged && merged[0] !== merged[1])
    await mergePeople(ctx, { keptId: people[merged[0]]!, droppedId: people[merged[1]]! })
  return people
}

const perimeters: FigureFilters[] = [{}, { perimetre: ['participation'] }]

/** Every figure of the catalogue, its value and each of its cells, for every year and both perimeters. */
async function everything(ctx: AppContext) {
  const found: Record<string, unknown> = {}
  for (const year of YEARS)
    for (const figure of figures)
      for (const filters of perimeters) {
        const key = `${figure.id} ${year} ${JSON.stringify(filters)}`
        found[key] = await figure.compute(ctx, yearPeriod(year), filters)
        // what counts activities does not read who came: its value is enough
        for (const axis of figure.rowKind === 'activity' || !('perimetre' in filters) ? [] : figure.axes)
          found[`${key} ${axis.key}`] = await figure.breakdown(ctx, yearPeriod(year), axis.key, filters)
      }
  return found
}

test(
  'effacer qui l’on veut ne change aucun chiffre d’aucune année, ni aucun de ses découpages',
  { timeout: 120_000 },
  () =>
    fc.assert(
      fc.asyncProperty(someHistory, (history) =>
        inSandbox(async (sandbox) => {
          const ctx = at(sandbox, '2024-06-01T08:00:00Z')
          const people = await record(ctx, history)
          const before = await everything(ctx)
          for (const person of history.erased)
            await erasePeople(ctx, allPersonalData, { personIds: [people[person]!], rule: 'office' })
          expect(await everything(ctx)).toEqual(before)
        }),
      ),
      { numRuns: 4, seed: 20_221_124 },
    ),
)
