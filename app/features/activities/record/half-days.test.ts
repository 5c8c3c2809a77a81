import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { inSandbox } from '../../../../tests/context.ts'
import { makeActivity } from '../fixtures.ts'
import { activities, sessions } from '../schema.server.ts'
import { sessionHalfDays } from './half-days.ts'

/** The definition, rewritten from its sentence with nothing of the code: counts the days on a Paris calendar one by one. */
function byTheDefinition(startsAt: Date, endsAt: Date): number {
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000
  if (minutes <= 240) return 1
  const paris = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'short' })
  const days = new Set<string>()
  for (let instant = startsAt.getTime(); instant < endsAt.getTime(); instant += 15 * 60_000)
    days.add(paris.format(new Date(instant)))
  days.add(paris.format(new Date(endsAt.getTime() - 1)))
  return 2 + 2 * (days.size - 1)
}

async function computed(ctx: AppContext, spans: readonly [from: string, to: string][]): Promise<number> {
  const rows = spans.map(([from, to]) => ({ startsAt: new Date(from), endsAt: new Date(to) }))
  return (await makeActivity(ctx, { sessions: rows })).halfDays
}

test.each<[what: string, spans: [string, string][], expected: number]>([
  ['4 heures tout juste font une demi-journée', [['2022-11-24T08:00Z', '2022-11-24T12:00Z']], 1],
  ['4 h 01 en font deux', [['2022-11-24T08:00Z', '2022-11-24T12:01Z']], 2],
  ['7 heures dans la journée en font deux', [['2022-11-24T08:00Z', '2022-11-24T15:00Z']], 2],
  ['deux jours de suite en font quatre', [['2022-11-24T08:00Z', '2022-11-25T16:00Z']], 4],
  ['trois jours de suite en font six', [['2022-11-24T08:00Z', '2022-11-26T16:00Z']], 6],
  [
    'deux séances de 3 heures le même jour en font deux',
    [
      ['2022-11-24T08:00Z', '2022-11-24T11:00Z'],
      ['2022-11-24T13:00Z', '2022-11-24T16:00Z'],
    ],
    2,
  ],
  ['une soirée qui finit à minuit reste de son jour', [['2022-11-24T17:00Z', '2022-11-24T23:00Z']], 2],
  ['une soirée de 3 heures passée minuit en fait une', [['2022-11-24T21:30Z', '2022-11-25T00:30Z']], 1],
  ['le jour est celui de Paris, non celui de Greenwich', [['2022-11-24T18:00Z', '2022-11-24T23:30Z']], 4],
  // in the night of 26 to 27 March 2022 the clock jumps from 2:00 to 3:00: from 0:30 to 5:00 only 3 h 30 pass
  ['au passage à l’heure d’été, c’est le temps passé qui compte', [['2022-03-26T23:30Z', '2022-03-27T03:00Z']], 1],
  // in the night of 29 to 30 October 2022, 3:00 becomes 2:00: from 0:30 to 4:00 the clock says 3 h 30, 4 h 30 pass
  ['au passage à l’heure d’hiver, c’est le temps passé qui compte', [['2022-10-29T22:30Z', '2022-10-30T03:00Z']], 2],
  ['deux jours à cheval sur le changement d’heure en font quatre', [['2022-10-29T07:00Z', '2022-10-30T16:00Z']], 4],
  ['sans séance, il n’y en a pas', [], 0],
])('%s', (_, spans, expected) =>
  inSandbox(async (ctx) => {
    expect(await computed(ctx, spans)).toBe(expected)
    const byHand = spans.reduce((sum, [from, to]) => sum + sessionHalfDays(new Date(from), new Date(to)), 0)
    expect(byHand).toBe(expected)
  }),
)

test('la base, l’aperçu du formulaire et la définition écrite comptent pareil', () =>
  inSandbox(async (ctx) => {
    const quarter = fc.integer({ min: Date.UTC(2021, 11, 30) / 900_000, max: Date.UTC(2023, 0, 3) / 900_000 })
    const span = fc.tuple(quarter, fc.oneof(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 5 * 96 })))
    const spans = fc.sample(span, { numRuns: 1500, seed: 41 }).map(([start, length]) => ({
      from: new Date(start * 900_000),
      to: new Date((start + length) * 900_000),
    }))
    const { rows } = await ctx.db.execute<{ n: number }>(sql`
      select activities.session_half_days((s.value ->> 'from')::timestamptz, (s.value ->> 'to')::timestamptz) as n
      from jsonb_array_elements(${JSON.stringify(spans)}::jsonb) with ordinality s(value, i) order by i`)
    expect(rows.map(({ n }) => n)).toEqual(spans.map(({ from, to }) => byTheDefinition(from, to)))
    expect(rows.map(({ n }) => n)).toEqual(spans.map(({ from, to }) => sessionHalfDays(from, to)))
  }))

test('une séance changée, ajoutée, passée à une autre activité ou retirée se voit aussitôt', () =>
  inSandbox(async (ctx) => {
    const [one, other] = [await makeActivity(ctx), await makeActivity(ctx, { sessions: [] })]
    const read = async (id: string) =>
      (
        await ctx.db
          .select({ halfDays: activities.halfDays, endsAt: activities.endsAt })
          .from(activities)
          .where(eq(activities.id, id))
      )[0]
    await ctx.db.update(sessions).set({ endsAt: new Date('2022-12-08T16:00:00Z') })
    expect(await read(one.id)).toEqual({ halfDays: 2, endsAt: new Date('2022-12-08T16:00:00Z') })
    await ctx.db.update(sessions).set({ activityId: other.id })
    expect(await read(one.id)).toEqual({ halfDays: 0, endsAt: null })
    expect(await read(other.id)).toMatchObject({ halfDays: 2 })
    await ctx.db.delete(sessions)
    expect(await read(other.id)).toEqual({ halfDays: 0, endsAt: null })
  }))
