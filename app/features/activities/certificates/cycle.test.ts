import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { at, inSandbox } from '#tests/context.ts'
import { markAttendance } from '../attendance/mark-attendance.server.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { series } from '../schema.server.ts'
import { issueTo } from './issue.server.ts'
import { verify } from './queries.server.ts'
import { certificates } from './schema.server.ts'
import type { Subject } from './subject.server.ts'

const AFTER = '2022-12-12T09:00:00Z'

async function read(ctx: AppContext, id: string) {
  const [row] = await ctx.db.select().from(certificates).where(eq(certificates.id, id))
  return row!
}

const stateOf = async (ctx: AppContext, code: string) => (await verify(ctx.db, code)).state

/** Three meetings of a cycle that asks for two thirds; all are over on 12 December. */
async function cycle(world: AppContext, requiredShare: number | null = 66) {
  const ctx = at(world, AFTER)
  const [made] = await ctx.db
    .insert(series)
    .values({
      slug: `cycle-${crypto.randomUUID()}`,
      title: 'Valeurs de la République',
      kind: 'cycle',
      requiredShare,
      createdAt: ctx.now(),
    })
    .returning()
  const meetings: Awaited<ReturnType<typeof makeActivity>>[] = []
  for (const day of ['01', '05', '08'])
    meetings.push(
      await makeActivity(ctx, {
        title: `Séance du ${day}`,
        seriesId: made!.id,
        sessions: [{ startsAt: new Date(`2022-12-${day}T08:00:00Z`), endsAt: new Date(`2022-12-${day}T11:00:00Z`) }],
      }),
    )
  const subject: Subject = { kind: 'series', id: made!.id }
  const follow = async (familyName: string, statuses: ('present' | 'absent')[]) => {
    const personId = await makePerson(ctx, { givenName: 'Noé', familyName })
    const rows = []
    for (const [i, status] of statuses.entries())
      rows.push(await makeAttendance(ctx, { activityId: meetings[i]!.id, personId, status }))
    return { personId, rows }
  }
  return { ctx, subject, meetings, follow }
}

describe('d’un cycle', () => {
  test('elle va à qui a suivi la part demandée, séance par séance, avec ses heures', () =>
    inSandbox(async (world) => {
      const { ctx, subject, follow } = await cycle(world)
      const whole = await follow('Assidu', ['present', 'absent', 'present'])
      await follow('Ailleurs', ['present', 'absent', 'absent'])
      const issued = await ctx.db.transaction((tx) => issueTo(tx, ctx, subject))
      if (!issued.ok) throw new Error(issued.error.type)
      expect(issued.value).toMatchObject({ made: 1 })
      const one = await read(ctx, issued.value.ids[0]!)
      expect(one).toMatchObject({ kind: 'series', personId: whole.personId, minutes: 360 })
      expect(one.facts).toMatchObject({
        subject: 'Valeurs de la République',
        followed: { attended: 2, held: 3 },
        sessions: [
          { title: 'Séance du 01', minutes: 180 },
          { title: 'Séance du 08', minutes: 180 },
        ],
      })
    }))

  test('elle tombe avec une des présences, et revient quand toutes sont là', () =>
    inSandbox(async (world) => {
      const { ctx, subject, meetings, follow } = await cycle(world)
      const { rows } = await follow('Assidu', ['present', 'present', 'present'])
      const issued = await ctx.db.transaction((tx) => issueTo(tx, ctx, subject))
      const { code } = await read(ctx, issued.ok ? issued.value.ids[0]! : '')
      const mark = (i: number, status: 'present' | 'absent') =>
        markAttendance(ctx, { activityId: meetings[i]!.id, marks: [{ attendanceId: rows[i]!.id, status }] })
      await mark(0, 'absent')
      await mark(1, 'absent')
      await mark(0, 'present')
      expect(await stateOf(ctx, code)).toBe('revoked')
      await mark(1, 'present')
      expect(await stateOf(ctx, code)).toBe('good')
    }))

  test('elle attend la fin du cycle, et un cycle qui ne demande rien n’en donne pas', () =>
    inSandbox(async (world) => {
      const { ctx, subject, follow } = await cycle(world)
      await follow('Assidu', ['present', 'present', 'present'])
      const early = at(ctx, '2022-12-06T09:00:00Z')
      expect(await issueTo(ctx.db, early, subject)).toMatchObject({ ok: false, error: { type: 'not-over' } })
      const free = await cycle(world, null)
      expect(await issueTo(free.ctx.db, free.ctx, free.subject)).toMatchObject({
        ok: false,
        error: { type: 'no-certificate' },
      })
    }))
})
