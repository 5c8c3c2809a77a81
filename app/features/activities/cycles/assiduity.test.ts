import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { mergePeople } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { inSandbox } from '#tests/context.ts'
import { makeActivity, makeAttendance, makePerson, makeSeries } from '../fixtures.ts'
import { cycleAssiduity, followersOf, reaches, shareOf } from './assiduity.server.ts'

const session = (day: string, hours: number) => {
  const startsAt = new Date(`${day}T08:00:00Z`)
  return { startsAt, endsAt: new Date(startsAt.getTime() + hours * 3_600_000) }
}
const held = (ctx: AppContext, seriesId: string, day: string, hours: number, more = {}) =>
  makeActivity(ctx, { seriesId, sessions: [session(day, hours)], ...more })

test('l’assiduité compte les activités déjà tenues, leurs heures, et laisse de côté les annulées', () =>
  inSandbox(async (ctx) => {
    const seriesId = await makeSeries(ctx)
    const first = await held(ctx, seriesId, '2022-10-04', 3)
    const second = await held(ctx, seriesId, '2022-11-08', 6)
    const cancelled = await held(ctx, seriesId, '2022-11-15', 3, { status: 'cancelled' })
    const coming = await held(ctx, seriesId, '2022-12-06', 3)
    const [anna, bruno] = [await makePerson(ctx, { familyName: 'Abel' }), await makePerson(ctx, { familyName: 'Bo' })]
    await makeAttendance(ctx, { activityId: first.id, personId: anna })
    await makeAttendance(ctx, { activityId: second.id, personId: anna })
    await makeAttendance(ctx, { activityId: cancelled.id, personId: anna })
    await makeAttendance(ctx, { activityId: coming.id, personId: anna, status: 'registered' })
    await makeAttendance(ctx, { activityId: second.id, personId: bruno })
    await makeAttendance(ctx, { activityId: first.id, personId: bruno, status: 'absent' })
    expect(await cycleAssiduity(ctx.db, seriesId, ctx.now())).toEqual([
      expect.objectContaining({ personId: anna, attended: 2, held: 2, minutes: 540, minutesHeld: 540 }),
      expect.objectContaining({ personId: bruno, attended: 1, held: 2, minutes: 360, minutesHeld: 540 }),
    ])
    const [abel] = await followersOf(ctx.db, seriesId, ctx.now())
    expect(abel!.marks).toEqual({ [first.id]: 'present', [second.id]: 'present', [coming.id]: 'registered' })
  }))

test('deux fiches fusionnées suivent le cycle comme une seule personne', () =>
  inSandbox(async (ctx) => {
    const seriesId = await makeSeries(ctx)
    const [first, second] = [await held(ctx, seriesId, '2022-10-04', 3), await held(ctx, seriesId, '2022-11-08', 3)]
    const [keptId, droppedId] = [await makePerson(ctx), await makePerson(ctx)]
    await makeAttendance(ctx, { activityId: first.id, personId: keptId })
    await makeAttendance(ctx, { activityId: first.id, personId: droppedId })
    await makeAttendance(ctx, { activityId: second.id, personId: droppedId })
    expect(await mergePeople(ctx, { keptId, droppedId })).toMatchObject({ ok: true })
    expect(await cycleAssiduity(ctx.db, seriesId, ctx.now())).toEqual([
      expect.objectContaining({ identityId: keptId, personId: keptId, attended: 2, held: 2, minutes: 360 }),
    ])
  }))

test('qui attend seulement une place, ou l’a rendue, ne suit pas le cycle', () =>
  inSandbox(async (ctx) => {
    const seriesId = await makeSeries(ctx)
    const { id: activityId } = await held(ctx, seriesId, '2022-12-06', 3)
    await makeAttendance(ctx, { activityId, status: 'waitlisted' })
    await makeAttendance(ctx, { activityId, status: 'cancelled' })
    expect(await cycleAssiduity(ctx.db, seriesId, ctx.now())).toEqual([])
  }))

test('à distance, une liste de connexion dit les minutes suivies : jamais plus que la séance', () =>
  inSandbox(async (ctx) => {
    const seriesId = await makeSeries(ctx)
    const { id: activityId } = await held(ctx, seriesId, '2022-11-08', 3)
    const minutes = async (connectedMinutes: number, mode: 'remote' | 'onsite') => {
      const { id } = await makeAttendance(ctx, { activityId, mode, connectedMinutes })
      const [one] = await cycleAssiduity(ctx.db, seriesId, ctx.now())
      await ctx.db.execute(sql`delete from activities.attendance where id = ${id}`)
      return one!.minutes
    }
    expect([await minutes(95, 'remote'), await minutes(400, 'remote'), await minutes(95, 'onsite')]).toEqual([
      95, 180, 180,
    ])
  }))

test('une activité en cours est tenue dès qu’une personne y est pointée', () =>
  inSandbox(async (ctx) => {
    const seriesId = await makeSeries(ctx)
    const sessions = [{ startsAt: new Date('2022-11-24T08:00:00Z'), endsAt: new Date('2022-11-24T11:00:00Z') }]
    const { id: activityId } = await makeActivity(ctx, { seriesId, sessions })
    const row = await makeAttendance(ctx, { activityId, status: 'registered' })
    expect((await cycleAssiduity(ctx.db, seriesId, ctx.now()))[0]).toMatchObject({ attended: 0, held: 0 })
    await ctx.db.execute(sql`update activities.attendance set status = 'present' where id = ${row.id}`)
    expect((await cycleAssiduity(ctx.db, seriesId, ctx.now()))[0]).toMatchObject({ attended: 1, held: 1 })
  }))

test('le seuil se compare sans arrondi : deux sur trois ne font pas 67 %', () => {
  expect(shareOf({ attended: 2, held: 3 })).toBeCloseTo(0.667, 3)
  expect(reaches({ attended: 2, held: 3 }, 67)).toBe(false)
  expect(reaches({ attended: 2, held: 3 }, 66)).toBe(true)
  expect(reaches({ attended: 0, held: 0 }, 50)).toBe(false)
  expect(reaches({ attended: 3, held: 3 }, null)).toBe(false)
})
