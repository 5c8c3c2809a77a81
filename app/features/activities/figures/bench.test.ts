import { expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { withDatabase } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { BARE_YEAR, benchYear } from './bench.server.ts'

test('l’année écrite à la main pour le banc d’essai dit les mêmes nombres que la nôtre', () =>
  withDatabase(async (ctx, { pool }) => {
    const [kept, dropped] = [await makePerson(ctx), await makePerson(ctx)]
    for (const [month, mode] of [
      ['02', 'onsite'],
      ['03', 'remote'],
    ] as const) {
      const startsAt = new Date(`2022-${month}-10T08:00:00Z`)
      const endsAt = new Date(`2022-${month}-10T15:00:00Z`)
      const { id: activityId } = await makeActivity(ctx, { sessions: [{ startsAt, endsAt }] })
      for (const personId of [kept, dropped]) await makeAttendance(ctx, { activityId, personId, mode })
      await makeAttendance(ctx, { activityId, mode, profileId: 'profil:elu' })
    }
    await ctx.db.execute(sql`update directory.person set merged_into_id = ${kept} where id = ${dropped}`)
    const { rows } = await pool.query(BARE_YEAR, ['2022-01-01', '2022-12-31'])
    const ours = await benchYear(ctx.db, 2022, ctx.now())
    const { activities, halfDays, presences, remote, people } = ours.total
    expect([activities, halfDays, presences, remote, people]).toEqual([2, 4, 4, 2, 3])
    expect(rows[0]).toEqual({ axis: 'total', key: '', activities, half_days: halfDays, presences, remote, people })
    const bare = rows
      .filter(({ axis, people }) => axis === 'month' && people > 0)
      .map(({ key, people }) => [Number(key), people])
    expect(bare.sort()).toEqual(ours.by.mois.map((cell) => [Number(cell.key), cell.people]).sort())
  }))
