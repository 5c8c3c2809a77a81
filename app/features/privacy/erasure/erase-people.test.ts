import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeActivity, makeAttendance, makePerson } from '#app/features/activities/fixtures.ts'
import { allPersonalData } from '../../../personal-data.server.ts'
import { inSandbox } from '../../../../tests/context.ts'
import { erasePeople } from './erase-people.server.ts'

test('essai', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx, { givenName: 'Amina', familyName: 'Berthier', email: 'amina@exemple.test' })
    const activity = await makeActivity(ctx, {
      sessions: [{ startsAt: new Date('2022-01-08T08:30:00Z'), endsAt: new Date('2022-01-08T11:30:00Z') }],
    })
    await makeAttendance(ctx, { personId, activityId: activity.id, function: 'Maire', accessibilityNeeds: 'Rampe' })
    expect(await erasePeople(ctx, allPersonalData, { personIds: [personId], rule: 'office' })).toEqual({
      erased: 1,
      left: [],
    })
    const { rows } = await ctx.db.execute(
      sql`select * from activities.attendance n join directory.person p on p.id = n.person_id`,
    )
    console.log(rows)
  }))
