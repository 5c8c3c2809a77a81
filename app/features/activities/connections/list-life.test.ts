import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { writeSetting } from '#app/platform/settings.server.ts'
import { asRole, asVisitor, at, inSandbox, withDatabase } from '../../../../tests/context.ts'
import { makeActivity, makePerson } from '../fixtures.ts'
import { applyConnectionList } from './apply-list.server.ts'
import type { Decision } from './decide.server.ts'
import { forgetConnections } from './forget.server.ts'
import { dropDraft, importConnectionList } from './import-list.server.ts'
import { connectionReview } from './review.server.ts'
import { markUnconnectedAbsent, unconnected } from './unconnected.server.ts'
import { undoConnectionList } from './undo-list.server.ts'
import {
  remote,
  listOf,
  value,
  read,
  input,
  readAndApply,
  lineNamed,
  sheet,
  unidentifiedOf,
  registered,
} from './list-samples.ts'

test('l’hôte, les adresses du centre et la personne responsable sont mis de côté', () =>
  inSandbox(async (ctx) => {
    await writeSetting(ctx.db, 'centre', { email: 'accueil@centre.example' }, ctx.now())
    const lead = await makePerson(ctx, { givenName: 'Claire', familyName: 'Vidal', email: 'claire@ailleurs.example' })
    const { id } = await makeActivity(ctx, { mode: 'distanciel', leadPersonId: lead })
    const { importId } = await readAndApply(ctx, id, [
      { name: 'Qui Organise', role: 'Organisateur' },
      { name: 'Accueil', email: 'accueil@centre.example' },
      { name: 'Claire Vidal', email: 'claire@ailleurs.example' },
    ])
    const review = await connectionReview(ctx, { activityId: id, importId })
    expect(review!.lines.map(({ decision }) => decision)).toEqual(['aside', 'aside', 'aside'])
    expect(await sheet(ctx, id)).toEqual([])
  }))

test('une nouvelle personne est créée ; un homonyme déjà sur la liste se dit à sa ligne et rien n’est écrit à moitié', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    await registered(ctx, id, 'Inès', 'Bouzid')
    const { importId } = await read(ctx, id, [{ name: 'Zoé' }, { name: 'I. B.' }])
    const [zoe, other] = [await lineNamed(ctx, id, importId, 'Zoé'), await lineNamed(ctx, id, importId, 'I. B.')]
    const person = (givenName: string, familyName: string): Decision => ({
      kind: 'new',
      givenName,
      familyName,
      email: null,
    })
    const both = new Map([
      [zoe.id, person('Zoé', 'Perrin')],
      [other.id, person('Inès', 'Bouzid')],
    ])
    expect(await applyConnectionList(ctx, input(id, importId, { decisions: both }))).toEqual({
      ok: false,
      error: { type: 'bad-decision', line: other.id, why: 'same-name' },
    })
    const { rows } = await ctx.db.execute(sql`select 1 from directory.person where family_name = 'Perrin'`)
    expect(rows).toHaveLength(0)
    const decisions = new Map<string, Decision>([...both, [other.id, { kind: 'unidentified' }]])
    await value(applyConnectionList(ctx, input(id, importId, { decisions })))
    expect(await sheet(ctx, id)).toEqual([
      'Bouzid registered remote – registration',
      'Perrin present remote 180 connection-list',
    ])
    const stranger = new Map<string, Decision>([[other.id, { kind: 'person', personId: id }]])
    expect(await applyConnectionList(ctx, input(id, importId, { decisions: stranger }))).toMatchObject({
      error: { type: 'bad-decision', why: 'no-such-person' },
    })
  }))

test('les inscrits à distance qui ne se sont pas connectés sont marqués absents en un geste', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    await registered(ctx, id, 'Inès', 'Bouzid')
    await registered(ctx, id, 'Léo', 'Martin')
    expect(await unconnected(ctx, id)).toEqual([])
    await readAndApply(ctx, id, [{ name: 'Inès Bouzid' }])
    expect((await unconnected(ctx, id)).map(({ name }) => name)).toEqual(['Léo Martin'])
    expect((await value(markUnconnectedAbsent(ctx, id))).changed).toBe(1)
    expect(await sheet(ctx, id)).toEqual([
      'Bouzid present remote 180 registration',
      'Martin absent remote – registration',
    ])
  }))

test('trente jours après, les noms sont effacés et les comptes tiennent ; un brouillon oublié disparaît', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    await registered(ctx, id, 'Inès', 'Bouzid')
    const { importId } = await readAndApply(ctx, id, [
      { name: 'Inès Bouzid' },
      { name: 'Mystère', email: 'x@y.example' },
    ])
    const draft = await read(ctx, id, [{ name: 'Brouillon Essai' }])
    await forgetConnections(at(ctx, '2022-12-20T09:00:00Z'))
    expect((await connectionReview(ctx, { activityId: id, importId }))!.forgotten).toBe(false)
    await forgetConnections(at(ctx, '2022-12-25T09:00:00Z'))
    const review = await connectionReview(ctx, { activityId: id, importId })
    expect(review).toMatchObject({ forgotten: true, fileName: '' })
    expect(review!.lines.map(({ name, email }) => [name, email])).toEqual([
      [null, null],
      [null, null],
    ])
    expect(await connectionReview(ctx, { activityId: id, importId: draft.importId })).toBeNull()
    expect(await applyConnectionList(ctx, input(id, importId))).toEqual({ ok: false, error: { type: 'forgotten' } })
    // the same file, read again, still changes nothing twice
    const { importId: again } = await read(ctx, id, [
      { name: 'Inès Bouzid' },
      { name: 'Mystère', email: 'x@y.example' },
    ])
    await value(applyConnectionList(ctx, input(id, again)))
    expect((await unidentifiedOf(ctx, id)).n).toBe(1)
    expect(await sheet(ctx, id)).toEqual(['Bouzid present remote 180 registration'])
  }))

test('un fichier écrit à l’heure d’un autre pays est ramené à celle de la séance', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    await registered(ctx, id, 'Inès', 'Bouzid')
    const { importId } = await read(ctx, id, [{ name: 'Inès Bouzid', from: '03:30', to: '06:30' }])
    expect(await connectionReview(ctx, { activityId: id, importId })).toMatchObject({
      shift: 360,
      lines: [{ minutes: 180 }],
    })
  }))

test('qui ne tient pas la feuille de présence ne lit, ne valide, n’annule ni ne voit aucune liste', () =>
  inSandbox(async (ctx) => {
    const { id } = await remote(ctx)
    const { importId } = await readAndApply(ctx, id, [{ name: 'Mystère' }])
    const refused = { ok: false, error: { type: 'not-allowed' } }
    for (const other of [asRole(ctx, 'lecture'), asVisitor(ctx)]) {
      const target = { activityId: id, importId }
      expect(await importConnectionList(other, { activityId: id, fileName: 'x.csv', bytes: listOf([]) })).toEqual(
        refused,
      )
      expect(await applyConnectionList(other, input(id, importId))).toEqual(refused)
      expect(await undoConnectionList(other, target)).toEqual(refused)
      expect(await dropDraft(other, target)).toEqual(refused)
      expect(await markUnconnectedAbsent(other, id)).toEqual(refused)
      expect(await connectionReview(other, target)).toBeNull()
    }
    // a list is reached through its own activity only
    const { id: another } = await remote(ctx)
    expect(await connectionReview(ctx, { activityId: another, importId })).toBeNull()
    expect(await applyConnectionList(ctx, input(another, importId))).toMatchObject({ error: { type: 'no-such-list' } })
    expect(await undoConnectionList(ctx, { activityId: another, importId })).toMatchObject({
      error: { type: 'no-such-list' },
    })
  }))

test('une activité annulée ne reçoit pas de liste ; un brouillon s’écarte, pas une liste validée', () =>
  inSandbox(async (ctx) => {
    const cancelled = await makeActivity(ctx, { status: 'cancelled' })
    const sent = { activityId: cancelled.id, fileName: 'x.csv', bytes: listOf([{ name: 'Inès Bouzid' }]) }
    expect(await importConnectionList(ctx, sent)).toEqual({ ok: false, error: { type: 'activity-cancelled' } })
    const { id } = await remote(ctx)
    const draft = await read(ctx, id, [{ name: 'Inès Bouzid' }])
    expect(await value(dropDraft(ctx, { activityId: id, importId: draft.importId }))).toBeNull()
    const { importId } = await readAndApply(ctx, id, [{ name: 'Inès Bouzid' }])
    expect(await dropDraft(ctx, { activityId: id, importId })).toMatchObject({ error: { type: 'not-a-draft' } })
  }))

test('deux personnes qui valident la même liste en même temps ne comptent personne deux fois', () =>
  withDatabase(async (ctx) => {
    const { id } = await remote(ctx)
    await registered(ctx, id, 'Inès', 'Bouzid')
    await makePerson(ctx, { givenName: 'Paul', familyName: 'Ménard', email: 'paul@sete.example' })
    const { importId } = await read(ctx, id, [
      { name: 'Inès Bouzid' },
      { name: 'Paul Ménard', email: 'paul@sete.example' },
      { name: 'Appel 1' },
    ])
    await Promise.all([1, 2, 3].map(() => value(applyConnectionList(ctx, input(id, importId)))))
    expect(await sheet(ctx, id)).toEqual([
      'Bouzid present remote 180 registration',
      'Ménard present remote 180 connection-list',
    ])
    expect((await unidentifiedOf(ctx, id)).n).toBe(1)
  }))
