import { expect, test } from 'vitest'
import { inSandbox } from '../../../tests/context.ts'
import { makeActivity, makeAttendance } from './fixtures.ts'
import { activityHead } from './record/activity-head.server.ts'

test('une activité d’essai est datée par sa séance et compte ses présents', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    await makeAttendance(ctx, { activityId: activity.id })
    await makeAttendance(ctx, { activityId: activity.id, status: 'waitlisted' })
    expect(activity.halfDays).toBe(1)
    expect(await activityHead(ctx, activity.id)).toMatchObject({
      startsAt: new Date('2022-12-08T08:30:00Z'),
      endsAt: new Date('2022-12-08T11:30:00Z'),
      kind: 'Séminaire',
      expected: 1,
      present: 1,
      waiting: 1,
    })
  }))
