import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { mergePeople, noteSituation } from '#app/features/directory/index.server.ts'
import { changesOf } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, asVisitor, inSandbox, withDatabase } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makeOrganisation, makePerson, makeTerritory } from '../fixtures.ts'
import { addWalkIn, type NewWalkIn } from './add-walk-in.server.ts'
import { type Correction, correctAttendance } from './correct-attendance.server.ts'
import { removeWalkIn } from './remove-walk-in.server.ts'

const nothingSaid = { profileId: null, function: null, organisationId: null, organisationName: null, mode: null }
const named = (givenName: string, familyName: string, email: string | null = null): NewWalkIn['person'] => ({
  kind: 'new',
  givenName,
  familyName,
  email,
})

async function add(ctx: AppContext, input: Partial<NewWalkIn> & Pick<NewWalkIn, 'activityId' | 'person'>) {
  const result = await addWalkIn(ctx, { ...nothingSaid, ...input })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const rowsOf = async (ctx: AppContext, activityId: string) =>
  (
    await ctx.db.execute(sql`
      select status, mode, source, function, profile_id as profile, organisation_name as organisation, departement_id as departement
      from activities.attendance where activity_id = ${activityId}`)
  ).rows

test('une personne nouvelle entre dans l’annuaire et sur la liste, présente', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { mode: 'distanciel' })
    const added = await add(ctx, {
      activityId: activity.id,
      person: named('Inès', 'Bouzid'),
      organisationName: 'Les Passerelles',
      profileId: 'profil:association',
    })
    expect(added.outcome).toBe('added')
    expect(await rowsOf(ctx, activity.id)).toMatchObject([
      {
        status: 'present',
        mode: 'remote',
        source: 'walk-in',
        organisation: 'Les Passerelles',
        profile: 'profil:association',
      },
    ])
    expect(await changesOf(ctx.db, 'attendance', added.attendanceId)).toMatchObject([
      { action: 'attendance.walk-in-added' },
    ])
  }))

test('la situation copiée est celle du jour de l’activité, pas celle d’aujourd’hui', () =>
  inSandbox(async (ctx) => {
    await makeTerritory(ctx, { id: 'dep-30', kind: 'departement', name: 'Gard' })
    const personId = await makePerson(ctx, { departementId: 'dep-30' })
    const [before, after] = [await makeOrganisation(ctx, 'Ville de Vauvert'), await makeOrganisation(ctx, 'Préfecture')]
    const noted = (day: string, organisationId: string, job: string) =>
      noteSituation(ctx.db, ctx, personId, day, { organisationId, function: job, profileId: 'profil:elu' })
    await noted('2021-01-01', before, 'Adjointe')
    await ctx.db.execute(
      sql`update directory.affiliation set valid_to = '2022-12-31' where organisation_id = ${before}`,
    )
    await noted('2023-01-01', after, 'Déléguée')
    const activity = await makeActivity(ctx)
    await add(ctx, { activityId: activity.id, person: { kind: 'known', personId } })
    expect(await rowsOf(ctx, activity.id)).toMatchObject([
      { function: 'Adjointe', organisation: 'Ville de Vauvert', profile: 'profil:elu', departement: 'dep-30' },
    ])
  }))

test('une organisation tapée par son nom est celle de l’annuaire', () =>
  inSandbox(async (ctx) => {
    const organisationId = await makeOrganisation(ctx, 'Centre social Malbosc')
    const activity = await makeActivity(ctx)
    const person = named('Léo', 'Garrigue')
    const { attendanceId } = await add(ctx, {
      activityId: activity.id,
      person,
      organisationName: 'centre social  MALBOSC',
    })
    const { rows } = await ctx.db.execute(sql`
      select organisation_id as id, organisation_name as name from activities.attendance where id = ${attendanceId}`)
    expect(rows).toEqual([{ id: organisationId, name: 'Centre social Malbosc' }])
  }))

test('qui était déjà inscrit·e est pointé·e, sous quelque fiche fusionnée que ce soit', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    const [kept, dropped] = [
      await makePerson(ctx, { familyName: 'Doublon' }),
      await makePerson(ctx, { familyName: 'Doublon' }),
    ]
    const row = await makeAttendance(ctx, { activityId: activity.id, personId: dropped, status: 'cancelled' })
    await mergePeople(ctx, { keptId: kept, droppedId: dropped })
    const person = { kind: 'known', personId: dropped } as const
    expect(await add(ctx, { activityId: activity.id, person })).toMatchObject({
      attendanceId: row.id,
      outcome: 'found',
    })
    expect(await add(ctx, { activityId: activity.id, person: { kind: 'known', personId: kept } })).toMatchObject({
      attendanceId: row.id,
      outcome: 'already-present',
    })
    expect(await rowsOf(ctx, activity.id)).toHaveLength(1)
  }))

test('deux ajouts de la même adresse au même instant font une seule ligne', () =>
  withDatabase(async (ctx) => {
    const activity = await makeActivity(ctx)
    const person = named('Inès', 'Bouzid', 'ines@exemple.test')
    const both = await Promise.all([1, 2, 3].map(() => add(ctx, { activityId: activity.id, person })))
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['added', 'already-present', 'already-present'])
    expect(await rowsOf(ctx, activity.id)).toHaveLength(1)
  }))

test('un même nom sans adresse n’est pas ajouté deux fois, avec une adresse c’est quelqu’un d’autre', () =>
  withDatabase(async (ctx) => {
    const activity = await makeActivity(ctx)
    const input = { ...nothingSaid, activityId: activity.id, person: named('Inès', 'Bouzid') }
    const both = await Promise.all([addWalkIn(ctx, input), addWalkIn(ctx, input)])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, error: { type: 'same-name' } })
    const other = await add(ctx, { ...input, person: named('Ines', 'BOUZID', 'autre@exemple.test') })
    expect(other.outcome).toBe('added')
  }))

test('ce qui ne mène nulle part est refusé sans rien écrire', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    const ghost = '00000000-0000-4000-8000-00000000dead'
    const person = named('Inès', 'Bouzid')
    const input = { ...nothingSaid, activityId: activity.id, person }
    const errorOf = async (change: Partial<NewWalkIn>, who = ctx) => {
      const result = await addWalkIn(who, { ...input, ...change })
      return result.ok ? null : result.error
    }
    expect(await errorOf({ activityId: ghost })).toEqual({ type: 'no-such-activity' })
    expect(await errorOf({ person: { kind: 'known', personId: ghost } })).toEqual({ type: 'no-such-person' })
    expect(await errorOf({ profileId: 'theme:culture' })).toEqual({ type: 'unknown-reference', field: 'profileId' })
    expect(await errorOf({ organisationId: ghost })).toEqual({ type: 'unknown-reference', field: 'organisationId' })
    expect(await errorOf({}, asRole(ctx, 'lecture'))).toEqual({ type: 'not-allowed' })
    expect(await errorOf({}, asVisitor(ctx))).toEqual({ type: 'not-allowed' })
    const cancelled = await makeActivity(ctx, { status: 'cancelled' })
    expect(await errorOf({ activityId: cancelled.id })).toEqual({ type: 'activity-cancelled' })
    expect(await rowsOf(ctx, activity.id)).toEqual([])
    expect((await ctx.db.execute(sql`select 1 from directory.person where family_name = 'Bouzid'`)).rows).toEqual([])
  }))

test('une personne ajoutée par erreur se retire, une inscription non', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    const { attendanceId } = await add(ctx, { activityId: activity.id, person: named('Inès', 'Bouzid') })
    const registered = await makeAttendance(ctx, { activityId: activity.id })
    const on = { activityId: activity.id, attendanceId }
    expect(await removeWalkIn(asRole(ctx, 'lecture'), on)).toEqual({ ok: false, error: { type: 'not-allowed' } })
    expect(await removeWalkIn(ctx, { ...on, attendanceId: registered.id })).toEqual({
      ok: false,
      error: { type: 'not-a-walk-in' },
    })
    expect(await removeWalkIn(ctx, on)).toEqual({ ok: true, value: null })
    expect(await removeWalkIn(ctx, on)).toEqual({ ok: false, error: { type: 'no-such-row' } })
    expect(await changesOf(ctx.db, 'activity', activity.id)).toMatchObject([{ action: 'attendance.walk-in-removed' }])
  }))

const correction = {
  function: 'Cheffe de projet',
  profileId: 'profil:chef-projet-pv',
  organisationId: null,
  organisationName: 'Nîmes',
  departementId: null,
}

test('corriger une ligne laisse une trace champ par champ et, si on le demande, suit dans l’annuaire', () =>
  inSandbox(async (ctx) => {
    const row = await makeAttendance(ctx)
    const on = { activityId: row.activityId, attendanceId: row.id }
    expect(await correctAttendance(ctx, { ...on, ...correction, toDirectory: true })).toEqual({
      ok: true,
      value: correction,
    })
    expect(await changesOf(ctx.db, 'attendance', row.id)).toMatchObject([
      {
        action: 'attendance.corrected',
        fields: { profileId: ['profil:association', 'profil:chef-projet-pv'], function: [null, 'Cheffe de projet'] },
      },
    ])
    const { rows } = await ctx.db.execute(
      sql`select organisation_name as name, valid_from as day from directory.affiliation where person_id = ${row.personId}`,
    )
    expect(rows).toEqual([{ name: 'Nîmes', day: '2022-12-08' }])
  }))

test('une correction refusée ne change rien', () =>
  inSandbox(async (ctx) => {
    const row = await makeAttendance(ctx)
    const on = { activityId: row.activityId, attendanceId: row.id, ...correction, toDirectory: false }
    const failure = async (change: Partial<Correction>, who = ctx) => {
      const result = await correctAttendance(who, { ...on, ...change })
      return result.ok ? null : result.error
    }
    expect(await failure({}, asRole(ctx, 'lecture'))).toEqual({ type: 'not-allowed' })
    expect(await failure({ attendanceId: row.personId })).toEqual({ type: 'no-such-row' })
    expect(await failure({ profileId: 'profil:rien' })).toEqual({ type: 'unknown-reference', field: 'profileId' })
    expect(await failure({ departementId: 'com-34172' })).toEqual({ type: 'unknown-reference', field: 'departementId' })
    expect(await changesOf(ctx.db, 'attendance', row.id)).toEqual([])
  }))
