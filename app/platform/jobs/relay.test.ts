import { expect, test } from 'vitest'
import { inSandbox } from '#tests/context.ts'
import { onSchedule } from '../jobs.server.ts'
import { outbox } from '../schema.server.ts'
import { askScheduled } from './relay.server.ts'

const nightly = onSchedule('essai.nuit', 'Ranger', '20 3 * * *', async () => {})

/** Every day at 03:20 UTC: enough of a cron for these tests. */
function nextNight(_cron: string, after: Date): Date {
  const night = new Date(after)
  night.setUTCHours(3, 20, 0, 0)
  if (night <= after) night.setUTCDate(night.getUTCDate() + 1)
  return night
}

test('une horloge qui saute d’un an puis revient ne fait taire aucune tâche, et n’en fait faire aucune deux fois', () =>
  inSandbox(async ({ db }) => {
    const asked = () => db.$count(outbox)
    const look = (instant: string) => askScheduled(db, [nightly], nextNight, new Date(instant))
    await look('2022-11-24T09:00:00Z')
    expect(await asked()).toBe(0)
    await look('2022-11-25T04:00:00Z')
    expect(await asked()).toBe(1)
    // the clock goes a year ahead: what was due is asked once
    await look('2023-11-25T09:00:00Z')
    expect(await asked()).toBe(2)
    // it is set right again: nothing more today, and the next night as any other
    await look('2022-11-25T09:00:00Z')
    await look('2022-11-25T10:00:00Z')
    expect(await asked()).toBe(2)
    await look('2022-11-26T03:19:00Z')
    expect(await asked()).toBe(2)
    await look('2022-11-26T03:21:00Z')
    expect(await asked()).toBe(3)
  }))

test('deux machines dont les horloges diffèrent d’une minute demandent une fois', () =>
  inSandbox(async ({ db }) => {
    const look = (instant: string) => askScheduled(db, [nightly], nextNight, new Date(instant))
    await look('2022-11-24T09:00:00Z')
    await look('2022-11-25T03:20:30Z')
    await look('2022-11-25T03:19:30Z')
    await look('2022-11-25T03:20:10Z')
    expect(await db.$count(outbox)).toBe(1)
  }))
