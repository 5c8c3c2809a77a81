import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { parseListParams } from '#app/platform/list-params.ts'
import { asRole, asVisitor, inSandbox } from '#tests/context.ts'
import { makeActivity, makeAttendance, makePerson } from '../../fixtures.ts'
import { addByHand, type ByHand, cancelByHand, confirmByHand } from './by-hand.server.ts'
import { registrationRules } from './columns.tsx'
import { exportRegistrations, registrationList } from './list.server.ts'
import { oneRegistration } from './one.server.ts'
import { registrationSettings, setRegistration } from './settings.server.ts'

const listState = (query = '') => {
  const state = parseListParams(new URLSearchParams(query), registrationRules)
  if (!state.ok) throw new Error(state.error.type)
  return state.value
}

const byHand = (activityId: string, more: Partial<ByHand> = {}): ByHand => ({
  activityId,
  person: { givenName: 'Nadia', familyName: 'Roussel', email: 'nadia@exemple.test' },
  organisation: null,
  function: null,
  profileId: null,
  departementId: null,
  mode: null,
  beyondCapacity: false,
  tell: true,
  ...more,
})

const purposes = async (ctx: AppContext) => {
  const { rows } = await ctx.db.execute<{ purpose: string }>(sql`select purpose from platform.mail order by purpose`)
  return rows.map(({ purpose }) => purpose)
}

const settings = (fields: Record<string, string>) => registrationSettings.parse({ waitingList: 'oui', ...fields })

test('la liste se filtre par état et par nom, dans l’ordre d’arrivée, avec le rang de qui attend', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    const personId = await makePerson(ctx, { givenName: 'Amina', familyName: 'Belkacem' })
    await makeAttendance(ctx, { activityId: activity.id, status: 'registered' })
    await makeAttendance(ctx, { activityId: activity.id, status: 'waitlisted' })
    await makeAttendance(ctx, { activityId: activity.id, status: 'waitlisted', personId })
    const names = async (query: string) => {
      const list = await registrationList(ctx, activity.id, listState(query))
      return list.ok ? list.value.rows.map(({ familyName, rank }) => [familyName, rank]) : list.error.type
    }
    expect(await names('')).toHaveLength(3)
    expect((await names('etat=waitlisted'))[1]).toEqual(['Belkacem', 2])
    expect(await names('q=bélkacem')).toEqual([['Belkacem', 2]])
    expect(await names('page=2')).toBe('page-out-of-range')
  }))

test('un export est inscrit au journal, et demande le droit d’exporter', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    await makeAttendance(ctx, { activityId: activity.id })
    const refused = { ok: false, error: { type: 'not-found' } }
    expect(await exportRegistrations(asRole(ctx, 'lecture'), activity.id, listState(), 'csv')).toEqual(refused)
    expect(await registrationList(asVisitor(ctx), activity.id, listState())).toEqual(refused)
    expect((await exportRegistrations(ctx, activity.id, listState(), 'csv')).ok).toBe(true)
    const { rows } = await ctx.db.execute(
      sql`select fields from platform.change where action = 'activities.registrations-exported'`,
    )
    expect(rows).toEqual([{ fields: { rows: [null, 1], format: [null, 'csv'] } }])
  }))

test('les besoins d’accessibilité ne sont lus que par qui suit les inscriptions', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    const { id } = await makeAttendance(ctx, { activityId: activity.id, accessibilityNeeds: 'Boucle magnétique' })
    const read = async (as: AppContext) =>
      (await oneRegistration(as, { activityId: activity.id, attendanceId: id }))?.accessibilityNeeds
    expect(await read(asRole(ctx, 'charge-de-mission'))).toBe('Boucle magnétique')
    expect(await read(asRole(ctx, 'lecture'))).toBe(null)
    expect(await read(asVisitor(ctx))).toBe(undefined)
  }))

test('l’équipe inscrit une personne même quand les inscriptions sont fermées ; elle prend son rang si c’est complet', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { registrationOpen: false, capacityOnsite: 1 })
    const first = await addByHand(ctx, byHand(activity.id))
    const person = { givenName: 'Jeanne', familyName: 'Oustric', email: null }
    const second = await addByHand(ctx, byHand(activity.id, { person }))
    const third = await addByHand(
      ctx,
      byHand(activity.id, { person: { id: await makePerson(ctx) }, beyondCapacity: true, tell: false }),
    )
    expect([first, second, third].map((one) => one.ok && one.value.status)).toEqual([
      'registered',
      'waitlisted',
      'registered',
    ])
    expect(await addByHand(ctx, byHand(activity.id))).toEqual({ ok: false, error: { type: 'already' } })
    expect(await purposes(ctx)).toEqual(['registration-confirmed'])
  }))

test('on n’inscrit personne à un brouillon ni à une activité annulée', () =>
  inSandbox(async (ctx) => {
    const draft = await makeActivity(ctx, { status: 'draft' })
    const cancelled = await makeActivity(ctx, { status: 'cancelled' })
    expect((await addByHand(ctx, byHand(draft.id))).ok).toBe(false)
    expect((await addByHand(ctx, byHand(cancelled.id))).ok).toBe(false)
  }))

test('une personne passe avant les autres quand l’équipe le décide, et dépasse la jauge seulement si elle le dit', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { capacityOnsite: 1 })
    await makeAttendance(ctx, { activityId: activity.id, status: 'registered' })
    await makeAttendance(ctx, { activityId: activity.id, status: 'waitlisted' })
    const { id } = await makeAttendance(ctx, { activityId: activity.id, status: 'waitlisted' })
    const confirm = (beyondCapacity: boolean) => confirmByHand(ctx, { attendanceId: id, beyondCapacity })
    expect(await confirm(false)).toEqual({ ok: false, error: { type: 'full' } })
    expect(await confirm(true)).toEqual({ ok: true, value: null })
    expect(await confirm(true)).toEqual({ ok: false, error: { type: 'not-waiting' } })
    expect(await purposes(ctx)).toEqual(['registration-moved-up'])
  }))

test('ajouter, annuler, confirmer demandent le droit de suivre les inscriptions ; les réglages, celui d’écrire l’activité', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    const { id } = await makeAttendance(ctx, { activityId: activity.id, status: 'waitlisted' })
    const reader = asRole(ctx, 'lecture')
    const refused = { ok: false, error: { type: 'not-allowed' } }
    expect(await addByHand(reader, byHand(activity.id))).toEqual(refused)
    expect(await cancelByHand(reader, id)).toEqual(refused)
    expect(await confirmByHand(reader, { attendanceId: id, beyondCapacity: true })).toEqual(refused)
    expect(await setRegistration(asRole(ctx, 'gestion'), activity.id, settings({}))).toEqual(refused)
  }))

test('plus de places : la liste d’attente est appelée à monter ; une jauge négative ou énorme est refusée', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { capacityOnsite: 1 })
    const set = await setRegistration(ctx, activity.id, settings({ registrationOpen: 'oui', capacityOnsite: '1 000' }))
    expect(set).toMatchObject({ ok: true, value: { capacityOnsite: 1000, askPhotos: false } })
    const { rows } = await ctx.db.execute(sql`select name from platform.outbox where kind = 'event'`)
    expect(rows).toEqual([{ name: 'activities.capacity-raised' }])
    for (const capacityOnsite of ['-1', '0', '100001', 'beaucoup', '1e3'])
      expect(registrationSettings.safeParse({ capacityOnsite }).success).toBe(false)
    expect(registrationSettings.safeParse({ registrationClosesAt: '31/02/2023 à 9 h' }).success).toBe(false)
  }))
