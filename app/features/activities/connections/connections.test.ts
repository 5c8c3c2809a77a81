import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import { inSandbox } from '../../../../tests/context.ts'
import { makePerson } from '../fixtures.ts'
import { markAttendance } from '../attendance/mark-attendance.server.ts'
import { setUnidentified } from '../attendance/set-unidentified.server.ts'
import { applyConnectionList } from './apply-list.server.ts'
import type { Decision } from './decide.server.ts'
import { connectionReview } from './review.server.ts'
import { undoConnectionList } from './undo-list.server.ts'
import {
  remote,
  value,
  read,
  input,
  readAndApply,
  lineNamed,
  sheet,
  unidentifiedOf,
  registered,
} from './list-samples.ts'

test('une personne inscrite, revenue deux fois, est présente à distance avec ses minutes ; refaire ne change rien', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    const { id: row } = await registered(ctx, id, 'Inès', 'Bouzid')
    const lines = [
      { name: 'BOUZID Inès', from: '09:00', to: '10:00' },
      { name: 'BOUZID Inès', from: '09:50', to: '10:50' },
    ]
    const { importId, done } = await readAndApply(ctx, id, lines)
    expect(done).toEqual({ marked: 1, added: 0, givenBack: 0 })
    // from 9:20, the margin before the session, to 10:50
    expect(await sheet(ctx, id)).toEqual(['Bouzid present remote 90 registration'])
    const traces = (await changesOf(ctx.db, 'attendance', row)).length
    expect(await read(ctx, id, lines)).toEqual({ importId, again: true })
    expect(await value(applyConnectionList(ctx, input(id, importId)))).toEqual({ marked: 0, added: 0, givenBack: 0 })
    expect(await changesOf(ctx.db, 'attendance', row)).toHaveLength(traces)
  }))

test('qui n’était pas inscrit et se reconnaît à son adresse est ajouté ; qui ne se reconnaît pas est compté non identifié', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    await makePerson(ctx, { givenName: 'Paul', familyName: 'Ménard', email: 'paul.menard@sete.example' })
    await value(setUnidentified(ctx, { activityId: id, unidentifiedCount: 4, unidentifiedBasis: 'counted' }))
    const lines = [
      { name: 'Paul M.', email: 'paul.menard@sete.example' },
      { name: '33612****78' },
      { name: 'Mairie de Sète (3 personnes)' },
      { name: 'iPhone', to: '09:40' },
    ]
    const { importId } = await readAndApply(ctx, id, lines)
    expect(await sheet(ctx, id)).toEqual(['Ménard present remote 180 connection-list'])
    expect(await unidentifiedOf(ctx, id)).toEqual({ n: 8, basis: 'counted' })
    await value(applyConnectionList(ctx, input(id, importId)))
    expect((await unidentifiedOf(ctx, id)).n).toBe(8)
    await value(undoConnectionList(ctx, { activityId: id, importId }))
    expect((await unidentifiedOf(ctx, id)).n).toBe(4)
    expect(await sheet(ctx, id)).toEqual([])
  }))

test('trop peu de minutes : la ligne garde son état et dit ses minutes, personne n’est ajouté', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    await registered(ctx, id, 'Inès', 'Bouzid', { status: 'excused' })
    await registered(ctx, id, 'Léo', 'Martin')
    await makePerson(ctx, { givenName: 'Paul', familyName: 'Ménard', email: 'paul@sete.example' })
    const { importId } = await readAndApply(ctx, id, [
      { name: 'Inès Bouzid', to: '09:45' },
      { name: 'Léo Martin', to: '09:40' },
      { name: 'Paul Ménard', email: 'paul@sete.example', to: '09:40' },
    ])
    expect(await sheet(ctx, id)).toEqual([
      'Bouzid excused remote 15 registration',
      'Martin registered remote 10 registration',
    ])
    // a lower minimum, validated again, brings them in; back to the first one, they return to what they were
    await value(applyConnectionList(ctx, input(id, importId, { rule: { kind: 'minutes', value: 10 } })))
    expect(await sheet(ctx, id)).toEqual([
      'Bouzid present remote 15 registration',
      'Martin present remote 10 registration',
      'Ménard present remote 10 connection-list',
    ])
    await value(applyConnectionList(ctx, input(id, importId)))
    expect(await sheet(ctx, id)).toEqual([
      'Bouzid excused remote 15 registration',
      'Martin registered remote 10 registration',
    ])
  }))

test('un nom douteux attend qu’on tranche ; tranché une fois, il l’est pour la liste suivante et proposé ailleurs', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    const { personId } = await registered(ctx, id, 'Christine', 'Durand')
    const { importId } = await read(ctx, id, [{ name: 'Christine' }, { name: 'Kiki34' }])
    const christine = await lineNamed(ctx, id, importId, 'Christine')
    expect(christine).toMatchObject({
      verdict: 'doubtful',
      decision: null,
      candidates: [{ personId, reasons: ['one-word'] }],
    })
    expect(await applyConnectionList(ctx, input(id, importId))).toEqual({
      ok: false,
      error: { type: 'undecided', lines: [christine.id] },
    })
    expect(await sheet(ctx, id)).toEqual(['Durand registered remote – registration'])
    const kiki = await lineNamed(ctx, id, importId, 'Kiki34')
    const decisions = new Map<string, Decision>([
      [christine.id, { kind: 'aside' }],
      [kiki.id, { kind: 'person', personId }],
    ])
    await value(applyConnectionList(ctx, input(id, importId, { decisions })))
    expect(await sheet(ctx, id)).toEqual(['Durand present remote 180 registration'])
    const again = await read(ctx, id, [{ name: 'Kiki34' }, { name: 'Christine' }, { name: 'Autre' }], 'b.csv')
    expect(await lineNamed(ctx, id, again.importId, 'Kiki34')).toMatchObject({
      decision: 'person',
      person: { id: personId },
    })
    expect(await lineNamed(ctx, id, again.importId, 'Christine')).toMatchObject({ decision: 'aside' })
    const { id: elsewhere } = await remote(ctx)
    const other = await read(ctx, elsewhere, [{ name: 'Kiki34' }])
    expect(await lineNamed(ctx, elsewhere, other.importId, 'Kiki34')).toMatchObject({
      verdict: 'doubtful',
      candidates: [{ personId, reasons: ['decided-elsewhere'] }],
    })
  }))

test('une seconde salle ajoute ses minutes, un fichier plus complet prend la place du premier', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    await registered(ctx, id, 'Inès', 'Bouzid')
    const first = await readAndApply(ctx, id, [{ name: 'Inès Bouzid', to: '10:30' }, { name: 'Appel 1' }])
    await readAndApply(ctx, id, [
      { name: 'Inès Bouzid', from: '10:30', to: '11:30' },
      { name: 'Tablette de la salle B' },
    ])
    expect(await sheet(ctx, id)).toEqual(['Bouzid present remote 120 registration'])
    expect((await unidentifiedOf(ctx, id)).n).toBe(2)
    const { importId } = await read(ctx, id, [
      { name: 'Inès Bouzid', to: '10:45' },
      { name: 'Appel 1' },
      { name: 'Appel 2' },
    ])
    const review = await connectionReview(ctx, { activityId: id, importId })
    expect(review!.others.find((one) => one.id === first.importId)!.same).toBe(true)
    await value(applyConnectionList(ctx, input(id, importId, { replaces: first.importId })))
    expect(await sheet(ctx, id)).toEqual(['Bouzid present remote 120 registration'])
    expect((await unidentifiedOf(ctx, id)).n).toBe(3)
    // the row is still supported by the second room
    await value(undoConnectionList(ctx, { activityId: id, importId }))
    expect(await sheet(ctx, id)).toEqual(
      ['Bouzid registered remote 60 registration'].map((row) => row.replace('registered', 'present')),
    )
    expect((await unidentifiedOf(ctx, id)).n).toBe(1)
  }))

test('hybride : la présence sur place l’emporte, les minutes sont notées', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx, 'hybride')
    await registered(ctx, id, 'Inès', 'Bouzid', { status: 'present', mode: 'onsite' })
    await registered(ctx, id, 'Léo', 'Martin', { mode: 'onsite' })
    await readAndApply(ctx, id, [{ name: 'Inès Bouzid' }, { name: 'Martin Léo' }])
    expect(await sheet(ctx, id)).toEqual([
      'Bouzid present onsite 180 registration',
      'Martin present remote 180 registration',
    ])
  }))

test('annuler une liste ne défait pas ce que quelqu’un a pointé depuis', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    const bouzid = await registered(ctx, id, 'Inès', 'Bouzid')
    await registered(ctx, id, 'Léo', 'Martin')
    const { importId } = await readAndApply(ctx, id, [{ name: 'Inès Bouzid' }, { name: 'Léo Martin' }])
    await value(markAttendance(ctx, { activityId: id, marks: [{ attendanceId: bouzid.id, status: 'excused' }] }))
    // validated again, the list leaves what was ticked by hand
    await value(applyConnectionList(ctx, input(id, importId)))
    expect(await sheet(ctx, id)).toEqual([
      'Bouzid excused remote 180 registration',
      'Martin present remote 180 registration',
    ])
    expect(await value(undoConnectionList(ctx, { activityId: id, importId }))).toMatchObject({ givenBack: 1 })
    expect(await sheet(ctx, id)).toEqual([
      'Bouzid excused remote – registration',
      'Martin registered remote – registration',
    ])
    expect(await undoConnectionList(ctx, { activityId: id, importId })).toEqual({
      ok: false,
      error: { type: 'not-in-force' },
    })
  }))
