import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { signLink } from '#app/platform/signed-link.server.ts'
import { asVisitor, at, inSandbox } from '#tests/context.ts'
import { makeActivity, makeAttendance, type MakeAttendance } from '../fixtures.ts'
import { linkExpiry } from './links.server.ts'
import { cancelOwn, changeOwn, type OwnChange, ownCalendar, readOwn } from './own.server.ts'
import { moveUpEverywhere, tellEveryone } from './tell.server.ts'
import { sendReminders } from './reminders.server.ts'
import { writeSetting } from '#app/platform/settings.server.ts'

type Activity = Awaited<ReturnType<typeof makeActivity>>

const tokenFor = (ctx: AppContext, activity: Activity, { id }: { id: string }, version = 1) =>
  signLink(ctx.secret, 'own-registration', { id, version, expiresAt: linkExpiry(activity, ctx.now()) })

const registered = (ctx: AppContext, activity: Activity, more: MakeAttendance = {}) =>
  makeAttendance(ctx, { activityId: activity.id, status: 'registered', ...more })

const statusesOf = async (ctx: AppContext, activity: Activity) => {
  const { rows } = await ctx.db.execute<{ said: string }>(
    sql`select status || ' ' || mode as said from activities.attendance where activity_id = ${activity.id} order by id = any('{}'), registered_at, arrival`,
  )
  return rows.map(({ said }) => said)
}

const purposes = async (ctx: AppContext) => {
  const { rows } = await ctx.db.execute<{ purpose: string }>(sql`select purpose from platform.mail order by purpose`)
  return rows.map(({ purpose }) => purpose.replace('registration-', ''))
}

const asBefore: OwnChange = { mode: null, function: null, organisation: null, accessibilityNeeds: null, answers: {} }

test('le lien montre sa propre inscription, et son rang dans la liste d’attente', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { capacityOnsite: 1 })
    await registered(ctx, activity)
    await registered(ctx, activity, { status: 'waitlisted' })
    const mine = await registered(ctx, activity, { status: 'waitlisted' })
    const own = await readOwn(ctx, tokenFor(ctx, activity, mine))
    expect(own).toMatchObject({
      ok: true,
      value: { status: 'waitlisted', ahead: 1, open: true, practical: { joining: null } },
    })
  }))

test('un lien falsifié n’ouvre rien et ne dit rien ; un lien périmé le dit', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx)
    const mine = await registered(ctx, activity)
    const token = tokenFor(ctx, activity, mine)
    const forged = { ok: false, error: { type: 'forged' } }
    expect(await readOwn(ctx, `${token}a`)).toEqual(forged)
    expect(await readOwn(ctx, 'inscription')).toEqual(forged)
    const formToken = signLink(ctx.secret, 'form-once', { id: mine.id, expiresAt: new Date('2030-01-01') })
    expect(await readOwn(ctx, formToken)).toEqual(forged)
    const expired = { ok: false, error: { type: 'expired' } }
    expect((await readOwn(at(ctx, '2023-01-07T11:29:59Z'), token)).ok).toBe(true)
    expect(await readOwn(at(ctx, '2023-01-07T11:30:00Z'), token)).toEqual(expired)
    expect(await readOwn(ctx, tokenFor(ctx, activity, mine, 2))).toEqual(expired)
  }))

test('annuler rend la place à la première personne qui attend, et prévient les deux', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { capacityOnsite: 1 })
    const mine = await registered(ctx, activity)
    await registered(ctx, activity, { status: 'waitlisted' })
    await registered(ctx, activity, { status: 'waitlisted' })
    const token = tokenFor(ctx, activity, mine)
    expect(await cancelOwn(ctx, token)).toEqual({ ok: true, value: null })
    expect(await cancelOwn(ctx, token)).toEqual({ ok: true, value: null })
    expect(await statusesOf(ctx, activity)).toEqual(['cancelled onsite', 'registered onsite', 'waitlisted onsite'])
    expect(await purposes(ctx)).toEqual(['moved-up', 'own-cancellation'])
  }))

test('on passe à distance s’il y a une place ; la place laissée va à qui attendait', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { mode: 'hybride', capacityOnsite: 1, capacityRemote: 1 })
    const mine = await registered(ctx, activity)
    await registered(ctx, activity, { status: 'waitlisted' })
    const token = tokenFor(ctx, activity, mine)
    expect(await changeOwn(ctx, token, { ...asBefore, mode: 'remote', function: 'Élue' })).toEqual({
      ok: true,
      value: null,
    })
    expect(await statusesOf(ctx, activity)).toEqual(['registered onsite', 'registered remote'])
    expect(await purposes(ctx)).toEqual(['moved-up', 'updated'])
    expect(await readOwn(ctx, token)).toMatchObject({ value: { mode: 'remote', function: 'Élue' } })
  }))

test('sans place de l’autre côté, on garde la sienne', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { mode: 'hybride', capacityOnsite: 0, capacityRemote: null })
    const mine = await registered(ctx, activity, { mode: 'remote' })
    const refused = await changeOwn(ctx, tokenFor(ctx, activity, mine), {
      ...asBefore,
      mode: 'onsite',
      function: 'Autre',
    })
    expect(refused).toEqual({ ok: false, error: { type: 'full', mode: 'onsite' } })
    expect(await readOwn(ctx, tokenFor(ctx, activity, mine))).toMatchObject({
      value: { mode: 'remote', function: null },
    })
  }))

test('qui attend change de file : une place libre est à prendre tout de suite, sinon on se met au bout', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { mode: 'hybride', capacityOnsite: 0, capacityRemote: 1 })
    const [first, second] = [
      await registered(ctx, activity, { status: 'waitlisted' }),
      await registered(ctx, activity, { status: 'waitlisted' }),
    ]
    for (const one of [first, second])
      await changeOwn(ctx, tokenFor(ctx, activity, one), { ...asBefore, mode: 'remote' })
    expect((await statusesOf(ctx, activity)).sort()).toEqual(['registered remote', 'waitlisted remote'])
  }))

test('une fois l’activité finie ou annulée, rien ne se modifie plus', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx)
    const mine = await registered(ctx, activity)
    const token = tokenFor(ctx, activity, mine)
    const later = at(ctx, '2022-12-08T11:30:00Z')
    expect(await changeOwn(later, token, asBefore)).toEqual({ ok: false, error: { type: 'over' } })
    expect(await cancelOwn(later, token)).toEqual({ ok: false, error: { type: 'over' } })
  }))

test('le lien de connexion n’est donné qu’à qui a une place à distance', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { mode: 'hybride', remoteLink: 'https://visio.exemple.test/salle' })
    const joiningOf = async (more: MakeAttendance) => {
      const own = await readOwn(ctx, tokenFor(ctx, activity, await registered(ctx, activity, more)))
      return own.ok && own.value.practical.joining
    }
    expect(await joiningOf({ mode: 'remote' })).toBe('https://visio.exemple.test/salle')
    expect(await joiningOf({ mode: 'remote', status: 'waitlisted' })).toBe(null)
    expect(await joiningOf({ mode: 'onsite' })).toBe(null)
    const remote = await registered(ctx, activity, { mode: 'remote' })
    const calendar = await ownCalendar(ctx, tokenFor(ctx, activity, remote))
    expect(calendar.ok && calendar.value).toContain('https://visio.exemple.test/salle')
  }))

test('un changement est annoncé une fois à chaque personne inscrite ou en attente, même si la tâche recommence', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { calendarSequence: 3 })
    await registered(ctx, activity)
    await registered(ctx, activity, { status: 'waitlisted' })
    await registered(ctx, activity, { status: 'cancelled' })
    await registered(ctx, activity, { toldSequence: 3 })
    await tellEveryone(ctx, 'activity-changed', activity.id)
    await tellEveryone(ctx, 'activity-changed', activity.id)
    expect(await purposes(ctx)).toEqual(['activity-changed', 'activity-changed'])
  }))

test('le rappel part une fois, à l’heure choisie par le centre, à qui a une place', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    await registered(ctx, activity)
    await registered(ctx, activity, { status: 'waitlisted' })
    await sendReminders(at(ctx, '2022-12-06T08:29:00Z'))
    expect(await purposes(ctx)).toEqual([])
    await registered(ctx, activity, { statusAt: new Date('2022-12-06T08:30:00Z') })
    await sendReminders(at(ctx, '2022-12-06T08:30:00Z'))
    await sendReminders(at(ctx, '2022-12-06T08:45:00Z'))
    expect(await purposes(ctx)).toEqual(['reminder', 'reminder'])
    await sendReminders(at(ctx, '2022-12-08T08:30:00Z'))
    expect(await purposes(ctx)).toHaveLength(2)
  }))

test('zéro heure de rappel : aucun rappel', () =>
  inSandbox(async (ctx) => {
    await writeSetting(ctx.db, 'centre', { reminderHours: 0 }, ctx.now())
    await registered(ctx, await makeActivity(ctx))
    await sendReminders(at(ctx, '2022-12-08T08:00:00Z'))
    expect(await purposes(ctx)).toEqual([])
  }))

test('une place libérée par une excuse va à qui attend, dans l’ordre ; une activité commencée ne bouge plus', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { capacityOnsite: 1 })
    await registered(ctx, activity, { status: 'excused' })
    await registered(ctx, activity, { status: 'waitlisted' })
    await registered(ctx, activity, { status: 'waitlisted' })
    await moveUpEverywhere(at(ctx, '2022-12-08T08:30:00Z'))
    expect(await statusesOf(ctx, activity)).toEqual(['excused onsite', 'waitlisted onsite', 'waitlisted onsite'])
    await moveUpEverywhere(ctx)
    await moveUpEverywhere(ctx)
    expect(await statusesOf(ctx, activity)).toEqual(['excused onsite', 'registered onsite', 'waitlisted onsite'])
  }))
