import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { writeSetting } from '#app/platform/settings.server.ts'
import { signLink } from '#app/platform/signed-link.server.ts'
import { asVisitor, at, inSandbox } from '#tests/context.ts'
import { publicActivity } from '../agenda/activity.server.ts'
import { makeActivity, makeAttendance, type MakeAttendance } from '../fixtures.ts'
import { activityFacts, publicFacts } from './facts.server.ts'
import { notifyAll } from './notify.server.ts'
import { changeOwn, ownCalendar, readOwn } from './own.server.ts'
import { registrationPage } from './page.server.ts'
import { placesOf, placesOfEach } from './places.server.ts'
import { sendReminders, sendRemoteLinks } from './reminders.server.ts'

const secrets = ['visio.exemple.test', 'essai.exemple.test', 'Coupez votre micro']
const onsiteOnly = 'Entrée par la cour'

const hybrid = (ctx: AppContext, more = {}) =>
  makeActivity(ctx, {
    mode: 'hybride',
    remoteLink: 'https://visio.exemple.test/salle',
    remoteTestLink: 'https://essai.exemple.test/',
    remoteNote: 'Coupez votre micro en arrivant.',
    onsiteNote: 'Entrée par la cour, repas servi à midi.',
    ...more,
  })

const tokenOf = (ctx: AppContext, id: string) =>
  signLink(ctx.secret, 'own-registration', { id, version: 1, expiresAt: new Date('2023-06-01') })

async function mailOf(ctx: AppContext, attendanceId: string): Promise<string> {
  const { rows } = await ctx.db.execute<{ whole: string }>(sql`
    select subject || text || coalesce(html, '') || coalesce(calendar ->> 'content', '') as whole
    from platform.mail where entity_id = ${attendanceId} order by created_at desc limit 1`)
  return rows[0]?.whole.replaceAll('\r\n ', '') ?? ''
}

/** All that reaches one person: every mail, the own page, the calendar file. */
async function reaching(ctx: AppContext, activityId: string, row: MakeAttendance): Promise<string> {
  const { id } = await makeAttendance(ctx, { activityId, ...row })
  const mails = []
  for (const kind of [
    'confirmed',
    'waitlisted',
    'again',
    'updated',
    'reminder',
    'link-soon',
    'activity-changed',
  ] as const) {
    await notifyAll(ctx.db, ctx, kind, [id])
    mails.push(await mailOf(ctx, id))
    await ctx.db.execute(sql`delete from platform.mail`)
  }
  const [own, calendar] = [await readOwn(ctx, tokenOf(ctx, id)), await ownCalendar(ctx, tokenOf(ctx, id))]
  if (!own.ok || !calendar.ok) throw new Error('refused')
  const page = JSON.stringify({ ...own.value, activity: publicFacts(own.value.activity) })
  return [...mails, page, calendar.value.replaceAll('\r\n ', '')].join('\n')
}

test('ce qui est dit aux personnes à distance ne va qu’à celles qui ont une place à distance', () =>
  inSandbox(async (ctx) => {
    const { id } = await hybrid(ctx)
    const remote = await reaching(ctx, id, { mode: 'remote', status: 'registered' })
    for (const secret of secrets) expect(remote).toContain(secret)
    expect(remote).not.toContain(onsiteOnly)
    const others: MakeAttendance[] = [
      { mode: 'onsite', status: 'registered' },
      { mode: 'onsite', status: 'waitlisted' },
      { mode: 'remote', status: 'waitlisted' },
      { mode: 'remote', status: 'cancelled' },
      { mode: 'remote', status: 'excused' },
    ]
    for (const row of others) {
      const read = await reaching(ctx, id, row)
      for (const secret of secrets) expect([row, read.includes(secret)]).toEqual([row, false])
    }
  }))

test('le message pour venir ne va qu’à qui a une place sur place', () =>
  inSandbox(async (ctx) => {
    const { id } = await hybrid(ctx)
    expect(await reaching(ctx, id, { mode: 'onsite', status: 'registered' })).toContain(onsiteOnly)
    for (const row of [
      { mode: 'onsite', status: 'waitlisted' },
      { mode: 'remote', status: 'registered' },
    ] as const)
      expect(await reaching(ctx, id, row)).not.toContain(onsiteOnly)
  }))

test('ni la page publique ni le formulaire d’inscription ne savent rien du lien ni des messages', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const { slug, id } = await hybrid(ctx)
    await ctx.db.execute(
      sql`update activities.session set remote_link = 'https://visio.exemple.test/2' where activity_id = ${id}`,
    )
    const read = JSON.stringify([await publicActivity(ctx, slug), await registrationPage(ctx, slug)])
    for (const secret of [...secrets, onsiteOnly]) expect(read).not.toContain(secret)
    expect(JSON.stringify(await activityFacts(ctx.db, { slug }))).toContain('visio.exemple.test/2')
  }))

test('qui passe à distance reçoit le lien ; qui revient sur place le perd ; sans place libre, rien ne bouge', () =>
  inSandbox(async (ctx) => {
    const { id } = await hybrid(ctx, { capacityOnsite: 1, capacityRemote: 1 })
    const row = await makeAttendance(ctx, { activityId: id, status: 'registered' })
    const change = { function: null, organisation: null, accessibilityNeeds: null, answers: {} }
    expect((await changeOwn(ctx, tokenOf(ctx, row.id), { ...change, mode: 'remote' })).ok).toBe(true)
    expect(await mailOf(ctx, row.id)).toContain('visio.exemple.test')
    await ctx.db.execute(sql`delete from platform.mail`)
    expect((await changeOwn(ctx, tokenOf(ctx, row.id), { ...change, mode: 'onsite' })).ok).toBe(true)
    expect(await mailOf(ctx, row.id)).not.toContain('visio.exemple.test')
    await makeAttendance(ctx, { activityId: id, status: 'registered', mode: 'remote' })
    expect(await changeOwn(ctx, tokenOf(ctx, row.id), { ...change, mode: 'remote' })).toEqual({
      ok: false,
      error: { type: 'full', mode: 'remote' },
    })
  }))

const sent = async (ctx: AppContext) => {
  const { rows } = await ctx.db.execute<{ entity_id: string }>(
    sql`select entity_id from platform.mail where purpose = 'registration-link-soon'`,
  )
  return rows.map((row) => row.entity_id)
}

test('une heure avant, le lien part une fois à qui suit à distance, et à personne d’autre', () =>
  inSandbox(async (ctx) => {
    const { id: activityId } = await hybrid(ctx)
    const early = new Date('2022-12-01T08:00:00Z')
    const add = (row: MakeAttendance) =>
      makeAttendance(ctx, { activityId, statusAt: early, status: 'registered', ...row })
    const remote = await add({ mode: 'remote' })
    await add({ mode: 'onsite' })
    await add({ mode: 'remote', status: 'waitlisted' })
    await add({ mode: 'remote', statusAt: new Date('2022-12-08T07:50:00Z') })
    await add({ mode: 'remote', reminderSentAt: new Date('2022-12-08T07:15:00Z') })
    await sendRemoteLinks(at(ctx, '2022-12-08T07:29:00Z'))
    expect(await sent(ctx)).toEqual([])
    await sendRemoteLinks(at(ctx, '2022-12-08T07:55:00Z'))
    await sendRemoteLinks(at(ctx, '2022-12-08T08:00:00Z'))
    expect(await sent(ctx)).toEqual([remote.id])
    expect(await mailOf(ctx, remote.id)).toContain('https://visio.exemple.test/salle')
  }))

test('sans lien, ou dans un centre qui n’envoie pas de rappel, rien ne part une heure avant', () =>
  inSandbox(async (ctx) => {
    const { id: activityId } = await hybrid(ctx, { remoteLink: null })
    await makeAttendance(ctx, { activityId, status: 'registered', mode: 'remote', statusAt: new Date('2022-12-01') })
    const soon = at(ctx, '2022-12-08T08:00:00Z')
    await sendRemoteLinks(soon)
    await ctx.db.execute(
      sql`update activities.activity set remote_link = 'https://visio.exemple.test' where id = ${activityId}`,
    )
    await writeSetting(ctx.db, 'centre', { reminderHours: 0 }, ctx.now())
    await sendRemoteLinks(soon)
    await sendReminders(soon)
    expect(await sent(ctx)).toEqual([])
  }))

test('les places de plusieurs activités se lisent d’un coup comme une à une', () =>
  inSandbox(async (ctx) => {
    const [one, two] = [await hybrid(ctx, { capacityRemote: 3 }), await makeActivity(ctx, { capacityOnsite: 2 })]
    await makeAttendance(ctx, { activityId: one.id, mode: 'remote' })
    await makeAttendance(ctx, { activityId: one.id, mode: 'remote', status: 'waitlisted' })
    const all = await placesOfEach(ctx.db, [one, two])
    expect([all.get(one.id), all.get(two.id)]).toEqual([await placesOf(ctx.db, one), await placesOf(ctx.db, two)])
  }))
