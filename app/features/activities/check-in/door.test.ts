import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { readCode, signCode, signLink } from '#app/platform/signed-link.server.ts'
import { asRole, asVisitor, at, inSandbox, SECRET, withDatabase } from '#tests/context.ts'
import { makeActivity, makeAttendance } from '../fixtures.ts'
import { notifyAll } from '../registration/notify.server.ts'
import { readOwn } from '../registration/own.server.ts'
import { decodeImage } from './camera.ts'
import { checkIn } from './check-in.server.ts'
import { rowIdOf, tagOf } from './door.ts'
import { readDoorList } from './door-list.server.ts'
import { readGestures } from './gestures.server.ts'
import { forgetOldDoors } from './jobs.server.ts'
import { drawQr } from './qr.server.ts'
import { doorLinks, makeDoorLink, revokeDoorLink } from './links.server.ts'

/** Today, from 9:30 to 12:30 in Paris. */
const today = [{ startsAt: new Date('2022-11-24T08:30:00Z'), endsAt: new Date('2022-11-24T11:30:00Z') }]

async function handed(ctx: AppContext) {
  const { id: activityId } = await makeActivity(ctx, { sessions: today, capacityOnsite: 60 })
  const attendance = await makeAttendance(ctx, { activityId, status: 'registered' })
  const made = await makeDoorLink(asRole(ctx, 'communication'), { activityId, label: 'Tablette de l’entrée' })
  if (!made.ok) throw new Error(made.error.type)
  const token = signLink(ctx.secret, 'door', { id: made.value.linkId, expiresAt: new Date('2022-11-24T23:00:00Z') })
  return { activityId, attendance, linkId: made.value.linkId, door: { kind: 'link' as const, token } }
}

test('un lien confié fait entrer à cette activité, sous son nom, et à aucune autre', () =>
  inSandbox(async (ctx) => {
    const { attendance, door } = await handed(ctx)
    const other = await makeAttendance(ctx, { status: 'registered' })
    const gestures = [attendance.id, other.id].map((id) => ({ key: crypto.randomUUID(), kind: 'enter' as const, id }))
    const answer = await checkIn(asVisitor(ctx), door, gestures)
    expect(answer.ok && answer.value.map(({ outcome }) => outcome)).toEqual(['entered', 'unknown'])
    const { rows } = await ctx.db.execute(
      sql`select actor_label from platform.change where action = 'attendance.checked-in'`,
    )
    expect(rows).toEqual([{ actor_label: 'Accueil : Tablette de l’entrée' }])
  }))

test('un lien se ferme à minuit à Paris, ou dès que l’équipe le retire', () =>
  inSandbox(async (ctx) => {
    const { activityId, linkId, door } = await handed(ctx)
    const list = (when: AppContext) => readDoorList(asVisitor(when), door, null)
    expect((await list(at(ctx, '2022-11-24T22:59:00Z'))).ok).toBe(true)
    expect(await list(at(ctx, '2022-11-24T23:00:00Z'))).toEqual({ ok: false, error: { type: 'closed' } })
    expect((await revokeDoorLink(ctx, { activityId, linkId })).ok).toBe(true)
    expect(await list(ctx)).toEqual({ ok: false, error: { type: 'closed' } })
    expect(await revokeDoorLink(ctx, { activityId, linkId })).toEqual({ ok: false, error: { type: 'no-such-link' } })
  }))

test('l’activité avancée d’un jour ferme le lien qui la suivait', () =>
  inSandbox(async (ctx) => {
    const { activityId, door } = await handed(ctx)
    await ctx.db.execute(sql`
      update activities.session set starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day' where activity_id = ${activityId}`)
    expect(await readDoorList(asVisitor(ctx), door, null)).toEqual({ ok: false, error: { type: 'closed' } })
  }))

test('un lien inventé, ou fait pour suivre une inscription, ne dit rien', () =>
  inSandbox(async (ctx) => {
    const { attendance, linkId } = await handed(ctx)
    const expiresAt = new Date('2022-12-24T23:00:00Z')
    const tokens = ['x', signLink(ctx.secret, 'own-registration', { id: linkId, expiresAt })]
    for (const token of tokens)
      expect(await readDoorList(asVisitor(ctx), { kind: 'link', token }, null)).toEqual({
        ok: false,
        error: { type: 'forged' },
      })
    // our signature on a number that is no link of ours opens nothing
    const token = signLink(ctx.secret, 'door', { id: attendance.id, expiresAt })
    expect(await readDoorList(asVisitor(ctx), { kind: 'link', token }, null)).toEqual({
      ok: false,
      error: { type: 'closed' },
    })
  }))

test('la liste d’un accueil ne porte que ce qui y sert', () =>
  inSandbox(async (ctx) => {
    const { attendance, door } = await handed(ctx)
    const list = await readDoorList(asVisitor(ctx), door, null)
    if (!list.ok) throw new Error(list.error.type)
    expect(list.value.counts).toEqual({ present: 0, expected: 1, waiting: 0, places: 60, rows: 1 })
    const code = signCode(ctx.secret, 'check-in', { id: attendance.id, version: 1 })
    expect(list.value.rows).toEqual([
      {
        id: attendance.id,
        givenName: 'Dominique',
        familyName: expect.stringMatching(/^Essai \d+$/),
        organisation: null,
        status: 'registered',
        mode: 'onsite',
        at: null,
        tag: tagOf(code),
      },
    ])
  }))

test('un appareil n’apprend que ce qui a changé depuis sa dernière lecture, gestes en cours compris', () =>
  withDatabase(async (ctx, { pool }) => {
    const { activityId, id } = await makeAttendance(ctx, { status: 'registered' })
    const { id: second } = await makeAttendance(ctx, { activityId, status: 'registered' })
    const door = { kind: 'office' as const, activityId }
    const read = async (cursor: string | null) => {
      const list = await readDoorList(ctx, door, cursor)
      if (!list.ok) throw new Error(list.error.type)
      return list.value
    }
    const whole = await read(null)
    expect(whole.rows).toHaveLength(2)
    // transactions of other databases of the same server hold a cursor back: once they end, nothing is told twice
    await vi.waitFor(async () => expect((await read((await read(null)).cursor)).rows).toEqual([]))

    // A transaction begun before the reading and ended after it: its row is told by the next reading.
    const slow = await pool.connect()
    await slow.query('begin')
    await slow.query(`update activities.attendance set status = 'present' where id = $1`, [second])
    const between = await read(whole.cursor)
    await checkIn(ctx, door, [{ key: crypto.randomUUID(), kind: 'enter', id }])
    const after = await read(between.cursor)
    await slow.query('commit')
    slow.release()
    expect(after.rows.map((row) => row.id)).toContain(id)
    expect(after.rows.find((row) => row.id === second)?.status ?? 'registered').toBe('registered')
    expect((await read(after.cursor)).rows.find((row) => row.id === second)!.status).toBe('present')
    // A cursor of another age, or of another program, gets the whole list.
    expect((await read('n’importe quoi')).whole).toBe(true)
  }))

test('qui ne pointe pas n’a ni la liste d’un accueil ni ses liens', () =>
  inSandbox(async (ctx) => {
    const { activityId, linkId } = await handed(ctx)
    const reader = asRole(ctx, 'lecture')
    const refused = { ok: false, error: { type: 'not-allowed' } }
    expect(await readDoorList(reader, { kind: 'office', activityId }, null)).toEqual(refused)
    expect(await makeDoorLink(reader, { activityId, label: 'x' })).toEqual(refused)
    expect(await revokeDoorLink(reader, { activityId, linkId })).toEqual(refused)
    expect(await doorLinks(reader, activityId)).toBeNull()
  }))

test('un lien ne se confie ni pour une activité annulée, ni pour une journée passée, ni par centaines', () =>
  inSandbox(async (ctx) => {
    const { id: activityId } = await makeActivity(ctx, { sessions: today })
    const make = (when = ctx) => makeDoorLink(when, { activityId, label: 'Entrée' })
    expect(await make(at(ctx, '2022-11-25T08:00:00Z'))).toEqual({ ok: false, error: { type: 'over' } })
    for (let n = 0; n < 20; n++) expect((await make()).ok).toBe(true)
    expect(await make()).toEqual({ ok: false, error: { type: 'too-many' } })
    const links = await doorLinks(ctx, activityId)
    expect(links!.every(({ state, address }) => state === 'open' && address!.includes('/accueil/'))).toBe(true)
    await ctx.db.execute(sql`update activities.activity set status = 'cancelled' where id = ${activityId}`)
    expect(await make()).toEqual({ ok: false, error: { type: 'activity-cancelled' } })
    expect(await makeDoorLink(ctx, { activityId: crypto.randomUUID(), label: 'x' })).toEqual({
      ok: false,
      error: { type: 'no-such-activity' },
    })
  }))

test('un mois après, les gestes et les liens d’un accueil sont oubliés ; les présences restent', () =>
  inSandbox(async (ctx) => {
    const { attendance, door } = await handed(ctx)
    await checkIn(asVisitor(ctx), door, [{ key: crypto.randomUUID(), kind: 'enter', id: attendance.id }])
    const left = async () =>
      (
        await ctx.db.execute(sql`
        select (select count(*)::int from activities.check_in_gesture) as gestures,
          (select count(*)::int from activities.check_in_link) as links,
          (select count(*)::int from activities.attendance where status = 'present') as present`)
      ).rows[0]
    await forgetOldDoors(at(ctx, '2022-12-20T03:00:00Z'))
    expect(await left()).toEqual({ gestures: 1, links: 1, present: 1 })
    await forgetOldDoors(at(ctx, '2022-12-26T03:00:00Z'))
    expect(await left()).toEqual({ gestures: 0, links: 0, present: 1 })
  }))

test('un code se relit tel qu’il fut signé ; un signe changé n’est plus un code', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 1, max: 65_535 }), fc.nat(39), (id, version, place) => {
      const code = signCode(SECRET, 'check-in', { id, version })
      expect(code).toMatch(/^[\w-]{40}$/)
      expect(readCode(SECRET, 'check-in', code)).toEqual({ id, version })
      expect(rowIdOf(code)).toBe(id)
      const other = code[place] === 'A' ? 'B' : 'A'
      expect(readCode(SECRET, 'check-in', code.slice(0, place) + other + code.slice(place + 1))).toBeNull()
    }),
    { numRuns: 300 },
  )
})

test('ce qu’un appareil envoie de travers est refusé geste par geste, jamais en bloc ni par un arrêt', () => {
  const good = { key: crypto.randomUUID(), kind: 'enter', id: crypto.randomUUID() }
  const bad = { key: crypto.randomUUID(), kind: 'walk-in', givenName: '', familyName: 'x'.repeat(500) }
  expect(readGestures(JSON.stringify([good, bad, 3, null]))).toEqual({
    gestures: [good],
    refused: [{ key: bad.key, outcome: 'unreadable', id: null }],
  })
  expect(readGestures(JSON.stringify(Array(101).fill(good)))).toBeNull()
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.array(fc.anything()).map((list) => JSON.stringify(list) ?? ''),
      ),
      (text) => {
        const read = readGestures(text)
        expect(read === null || Array.isArray(read.gestures)).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

test('le billet d’une personne inscrite sur place est celui que la porte lit ; le message de confirmation le porte', () =>
  inSandbox(async (ctx) => {
    const { activityId, attendance, door } = await handed(ctx)
    const expiresAt = new Date('2022-12-24T23:00:00Z')
    const own = await readOwn(
      asVisitor(ctx),
      signLink(ctx.secret, 'own-registration', { id: attendance.id, expiresAt }),
    )
    const code = own.ok ? own.value.ticket! : ''
    await notifyAll(ctx.db, ctx, 'confirmed', [attendance.id])
    const { rows } = await ctx.db.execute<{ qr: string; html: string }>(sql`select qr, html from platform.mail`)
    expect(rows[0]!.qr).toBe(code)
    expect(rows[0]!.html).toContain('src="cid:billet"')
    const answer = await checkIn(asVisitor(ctx), door, [{ key: crypto.randomUUID(), kind: 'enter', code }])
    expect(answer.ok && answer.value).toMatchObject([{ outcome: 'entered', id: attendance.id }])
    const waits = await makeAttendance(ctx, { activityId, status: 'waitlisted' })
    const waiting = await readOwn(ctx, signLink(ctx.secret, 'own-registration', { id: waits.id, expiresAt }))
    expect(waiting.ok && waiting.value.ticket).toBeNull()
  }))

test('un code dessiné par le serveur est relu par l’appareil', () => {
  const code = signCode(SECRET, 'check-in', { id: crypto.randomUUID(), version: 1 })
  expect(decodeImage(picture(code))).toBe(code)
  expect(decodeImage({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 4).fill(255) })).toBeNull()
})

/** The path of the drawing, filled as a browser would. */
function picture(text: string, scale = 5) {
  const { side, path } = drawQr(text)
  const width = side * scale
  const data = new Uint8Array(width * width * 4).fill(255)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let py = Number(y) * scale; py < (Number(y) + 1) * scale; py++)
      for (let px = Number(x) * scale; px < (Number(x) + Number(length)) * scale; px++)
        data.fill(0, (py * width + px) * 4, (py * width + px) * 4 + 3)
  return { width, height: width, data }
}
