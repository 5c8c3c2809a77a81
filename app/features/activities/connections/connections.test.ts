import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { writeSetting } from '#app/platform/settings.server.ts'
import { asRole, asVisitor, at, inSandbox, withDatabase } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { markAttendance } from '../attendance/mark-attendance.server.ts'
import { setUnidentified } from '../attendance/set-unidentified.server.ts'
import { type ApplyInput, applyConnectionList } from './apply-list.server.ts'
import type { Decision } from './decide.server.ts'
import { forgetConnections } from './forget.server.ts'
import { dropDraft, importConnectionList } from './import-list.server.ts'
import { connectionReview } from './review.server.ts'
import { markUnconnectedAbsent, unconnected } from './unconnected.server.ts'
import { undoConnectionList } from './undo-list.server.ts'

/** The activity of every test: 8 December 2022, 9:30 to 12:30 in Paris, at a distance. */
const remote = (ctx: AppContext, mode: 'distanciel' | 'hybride' = 'distanciel') => makeActivity(ctx, { mode })

interface Line {
  name: string
  email?: string
  from?: string
  to?: string
  role?: string
}

const HEADER = 'Nom\tHeure d’arrivée\tHeure de départ\tE-mail\tRôle'
const listOf = (lines: readonly Line[]) =>
  Buffer.from(
    [
      HEADER,
      ...lines.map(({ name, from = '09:30', to = '12:30', email = '', role = 'Participant' }) =>
        [name, `08/12/2022 ${from}:00`, `08/12/2022 ${to}:00`, email, role].join('\t'),
      ),
    ].join('\r\n'),
  )

async function value<T>(result: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> {
  const answer = await result
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

const read = (ctx: AppContext, activityId: string, lines: readonly Line[], fileName = 'liste.csv') =>
  value(importConnectionList(ctx, { activityId, fileName, bytes: listOf(lines) }))

const input = (activityId: string, importId: string, more: Partial<ApplyInput> = {}): ApplyInput => ({
  ...{
    activityId,
    importId,
    rule: { kind: 'share', value: 33 },
    decisions: new Map(),
    undecided: 'ask',
    replaces: null,
  },
  keepRule: false,
  ...more,
})

async function readAndApply(
  ctx: AppContext,
  activityId: string,
  lines: readonly Line[],
  more: Partial<ApplyInput> = {},
) {
  const { importId } = await read(ctx, activityId, lines)
  const done = await value(applyConnectionList(ctx, input(activityId, importId, more)))
  return { importId, done }
}

const lineNamed = async (ctx: AppContext, activityId: string, importId: string, name: string) =>
  (await connectionReview(ctx, { activityId, importId }))!.lines.find((line) => line.name === name)!

/** « Bouzid present remote 90 connection-list » */
async function sheet(ctx: AppContext, activityId: string): Promise<string[]> {
  const { rows } = await ctx.db.execute<{ row: string }>(sql`
    select concat_ws(' ', p.family_name, n.status, n.mode, coalesce(n.connected_minutes::text, '–'), n.source) as row
    from activities.attendance n join directory.person_card p on p.id = n.person_id where n.activity_id = ${activityId} order by 1`)
  return rows.map(({ row }) => row)
}

const unidentifiedOf = async (ctx: AppContext, activityId: string) =>
  (
    await ctx.db.execute<{ n: number; basis: string }>(sql`
    select unidentified_count as n, unidentified_basis as basis from activities.activity where id = ${activityId}`)
  ).rows[0]!

async function registered(ctx: AppContext, activityId: string, givenName: string, familyName: string, more = {}) {
  const personId = await makePerson(ctx, {
    givenName,
    familyName,
    email: `${familyName.toLowerCase()}@passerelles.example`,
  })
  const { id } = await makeAttendance(ctx, { activityId, personId, status: 'registered', mode: 'remote', ...more })
  return { personId, id }
}

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
