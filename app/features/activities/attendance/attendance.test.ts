import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, asVisitor, inSandbox, withDatabase } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { type Mark, markAttendance, markRemaining } from './mark-attendance.server.ts'
import { setUnidentified } from './set-unidentified.server.ts'
import { undoMarks } from './undo-marks.server.ts'

const statusOf = async (ctx: AppContext, id: string) =>
  (await ctx.db.execute<{ status: string }>(sql`select status from activities.attendance where id = ${id}`)).rows[0]!
    .status

async function statusesOf(ctx: AppContext, ids: readonly string[]) {
  const found = []
  for (const id of ids) found.push(await statusOf(ctx, id))
  return found
}

async function someRegistered(ctx: AppContext, count: number, status: 'registered' | 'waitlisted' = 'registered') {
  const activity = await makeActivity(ctx)
  const rows = []
  for (let made = 0; made < count; made += 1) rows.push(await makeAttendance(ctx, { activityId: activity.id, status }))
  return { activityId: activity.id, ids: rows.map(({ id }) => id) }
}

async function value<T>(result: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> {
  const answer = await result
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

const marksOf = (ids: readonly string[], mark: Omit<Mark, 'attendanceId'>): Mark[] =>
  ids.map((attendanceId) => ({ attendanceId, ...mark }))

test('pointer une personne laisse une trace avec l’avant et l’après', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 1)
    const marked = await value(markAttendance(ctx, { activityId, marks: marksOf(ids, { status: 'present' }) }))
    expect(marked).toMatchObject({ changed: 1, missing: [], replaced: [] })
    expect(await statusOf(ctx, ids[0]!)).toBe('present')
    expect(await changesOf(ctx.db, 'attendance', ids[0]!)).toMatchObject([
      { action: 'attendance.marked', actorLabel: 'Essais', fields: { status: ['registered', 'present'] } },
    ])
  }))

test('un pointage déjà fait ne laisse pas de seconde trace', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 1)
    const marks = marksOf(ids, { status: 'present' })
    await value(markAttendance(ctx, { activityId, marks }))
    expect(await value(markAttendance(ctx, { activityId, marks }))).toMatchObject({ changed: 0, trace: null })
    expect(await changesOf(ctx.db, 'attendance', ids[0]!)).toHaveLength(1)
  }))

test('le dernier pointage l’emporte et dit de qui il prend la place', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 1)
    const seen = 'registered'
    await value(
      markAttendance(asRole(ctx, 'gestion'), { activityId, marks: marksOf(ids, { status: 'excused', seen }) }),
    )
    const second = await value(markAttendance(ctx, { activityId, marks: marksOf(ids, { status: 'present', seen }) }))
    expect(second.replaced).toEqual([{ attendanceId: ids[0], status: 'excused', by: 'Camille Essai' }])
    expect(await statusOf(ctx, ids[0]!)).toBe('present')
  }))

test('une ligne retirée entre-temps est signalée, les autres sont pointées', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 1)
    const gone = '00000000-0000-4000-8000-00000000dead'
    const marked = await value(
      markAttendance(ctx, { activityId, marks: marksOf([gone, ...ids], { status: 'absent' }) }),
    )
    expect(marked).toMatchObject({ changed: 1, missing: [gone] })
  }))

test('la ligne d’une autre activité n’est pas touchée', () =>
  inSandbox(async (ctx) => {
    const [mine, other] = [await someRegistered(ctx, 1), await someRegistered(ctx, 1)]
    const marks = marksOf(other.ids, { status: 'present' })
    expect((await value(markAttendance(ctx, { activityId: mine.activityId, marks }))).missing).toEqual(other.ids)
    expect(await statusOf(ctx, other.ids[0]!)).toBe('registered')
  }))

test('tout pointer présent laisse ce qui est déjà pointé et la liste d’attente', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 3)
    const excused = await makeAttendance(ctx, { activityId, status: 'excused' })
    const waiting = await makeAttendance(ctx, { activityId, status: 'waitlisted' })
    expect((await value(markRemaining(ctx, { activityId, status: 'present' }))).changed).toBe(3)
    expect(await statusesOf(ctx, [...ids, excused.id, waiting.id])).toEqual([
      ...['present', 'present', 'present'],
      ...['excused', 'waitlisted'],
    ])
  }))

test('retirer un pointage rend la ligne « à pointer » mais ne donne pas de place à qui attendait', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 1, 'waitlisted')
    await value(markAttendance(ctx, { activityId, marks: marksOf(ids, { status: 'registered' }) }))
    expect(await statusOf(ctx, ids[0]!)).toBe('waitlisted')
  }))

test('annuler rend à chaque ligne ce qu’elle était, liste d’attente comprise', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 2)
    const waiting = await makeAttendance(ctx, { activityId, status: 'waitlisted' })
    const all = [...ids, waiting.id]
    const { trace } = await value(markAttendance(ctx, { activityId, marks: marksOf(all, { status: 'present' }) }))
    expect(await value(undoMarks(ctx, { activityId, trace: trace! }))).toMatchObject({ kept: 0 })
    expect(await statusesOf(ctx, all)).toEqual(['registered', 'registered', 'waitlisted'])
  }))

test('annuler ne défait pas ce que quelqu’un d’autre a pointé depuis', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 2)
    const { trace } = await value(markRemaining(ctx, { activityId, status: 'absent' }))
    const other = asRole(ctx, 'gestion')
    await value(markAttendance(other, { activityId, marks: marksOf([ids[0]!], { status: 'present' }) }))
    expect(await value(undoMarks(ctx, { activityId, trace: trace! }))).toMatchObject({ kept: 1 })
    expect(await statusesOf(ctx, ids)).toEqual(['present', 'registered'])
    expect(await value(undoMarks(other, { activityId, trace: trace! }))).toEqual({ rows: [], kept: 0 })
  }))

test('les gestes s’annulent un à un, du dernier au premier, sur une même ligne aussi', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 1)
    const gestures = []
    for (const status of ['present', 'absent'] as const)
      gestures.push(await value(markAttendance(ctx, { activityId, marks: marksOf(ids, { status }) })))
    for (const { traces } of gestures.toReversed()) {
      const id = traces.get(ids[0]!)!
      expect(await value(undoMarks(ctx, { activityId, trace: { from: id, to: id } }))).toMatchObject({ kept: 0 })
    }
    expect(await statusesOf(ctx, ids)).toEqual(['registered'])
  }))

test('une activité annulée ne se pointe pas', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { status: 'cancelled' })
    const { id } = await makeAttendance(ctx, { activityId: activity.id, status: 'registered' })
    const refused = { ok: false, error: { type: 'activity-cancelled' } }
    const on = { activityId: activity.id }
    expect(await markAttendance(ctx, { ...on, marks: marksOf([id], { status: 'present' }) })).toEqual(refused)
    expect(await markRemaining(ctx, { ...on, status: 'present' })).toEqual(refused)
    expect(await setUnidentified(ctx, { ...on, unidentifiedCount: 1, unidentifiedBasis: 'counted' })).toEqual(refused)
    expect(await undoMarks(ctx, { ...on, trace: { from: 0, to: 1 } })).toEqual(refused)
    expect(await statusOf(ctx, id)).toBe('registered')
  }))

test('qui ne tient pas la feuille de présence ne pointe rien', () =>
  inSandbox(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 1)
    const refused = { ok: false, error: { type: 'not-allowed' } }
    for (const other of [asRole(ctx, 'lecture'), asVisitor(ctx)]) {
      expect(await markAttendance(other, { activityId, marks: marksOf(ids, { status: 'present' }) })).toEqual(refused)
      expect(await markRemaining(other, { activityId, status: 'absent' })).toEqual(refused)
      expect(await undoMarks(other, { activityId, trace: { from: 0, to: 9e9 } })).toEqual(refused)
      expect(await setUnidentified(other, { activityId, unidentifiedCount: 3, unidentifiedBasis: 'counted' })).toEqual(
        refused,
      )
    }
    expect(await statusOf(ctx, ids[0]!)).toBe('registered')
  }))

test('une activité qui n’existe pas ne se pointe pas', () =>
  inSandbox(async (ctx) => {
    const activityId = await makePerson(ctx)
    expect(await markAttendance(ctx, { activityId, marks: [] })).toEqual({
      ok: false,
      error: { type: 'no-such-activity' },
    })
  }))

test('les personnes non identifiées se comptent ou s’estiment, dans des bornes', () =>
  inSandbox(async (ctx) => {
    const { id: activityId } = await makeActivity(ctx)
    const given = { unidentifiedCount: 5, unidentifiedBasis: 'estimated' as const }
    expect(await setUnidentified(ctx, { activityId, ...given })).toEqual({ ok: true, value: given })
    await setUnidentified(ctx, { activityId, ...given })
    for (const unidentifiedCount of [-1, 1.5, 100_001])
      expect(await setUnidentified(ctx, { activityId, ...given, unidentifiedCount })).toEqual({
        ok: false,
        error: { type: 'out-of-range' },
      })
    expect(await changesOf(ctx.db, 'activity', activityId)).toMatchObject([
      { action: 'attendance.unidentified-set', fields: { unidentifiedCount: [0, 5] } },
    ])
  }))

test('deux personnes qui pointent en même temps ne défont rien l’une de l’autre', () =>
  withDatabase(async (ctx) => {
    const { activityId, ids } = await someRegistered(ctx, 40)
    const one = asRole(ctx, 'direction')
    const work = ids.flatMap((id, i) => [
      markAttendance(i % 2 ? one : ctx, { activityId, marks: marksOf([id], { status: i % 2 ? 'present' : 'absent' }) }),
    ])
    // and two bulk lists over the same rows, in opposite orders
    const remote = { mode: 'remote' } as const
    const both = [ids, ids.toReversed()].map((list) =>
      markAttendance(ctx, { activityId, marks: marksOf(list, remote) }),
    )
    await Promise.all([...work, ...both].map(value))
    const { rows } = await ctx.db.execute<{ status: string; mode: string }>(sql`
      select status, mode, count(*)::int as n from activities.attendance where activity_id = ${activityId} group by 1, 2 order by 1`)
    expect(rows).toEqual([
      { status: 'absent', mode: 'remote', n: 20 },
      { status: 'present', mode: 'remote', n: 20 },
    ])
  }))
