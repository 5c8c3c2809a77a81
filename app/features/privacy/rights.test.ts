import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeActivity, makeAttendance, makePerson, ownLinkFor } from '#app/features/activities/fixtures.ts'
import type { AppContext } from '#app/platform/context.ts'
import { parseListParams } from '#app/platform/list-params.ts'
import { formNotice, readPurpose } from '#app/platform/purposes.server.ts'
import { howLongText } from '#app/platform/purposes.ts'
import { allPersonalData } from '../../personal-data.server.ts'
import { asRole, asVisitor, at, inSandbox } from '../../../tests/context.ts'
import { askErasure } from './erasure/background.server.ts'
import { askAboutOwnData, askOwnData, readOwnData } from './own/own-data.server.ts'
import { collectData, dataAsJson, readPersonData } from './person/collect.server.ts'
import { updatePurpose, purposeForm } from './purposes/update-purpose.server.ts'
import { readRegister } from './purposes/register.server.ts'
import { readRequest } from './requests/list.server.ts'
import { closeRequest, extendRequest, monthsAfter, noteRequest } from './requests/requests.server.ts'
import { satisfyErasure } from './requests/satisfy.server.ts'
import { listDue, reviewRules } from './review/due.server.ts'
import { keepPerson, listKept, stopKeeping } from './review/keep-person.server.ts'
import { privacyTodo, sayWhatWaits, tidyEveryNight } from './todo.server.ts'

const first = parseListParams(new URLSearchParams(), reviewRules)
const due = async (ctx: AppContext) => {
  if (!first.ok) throw new Error(first.error.type)
  const found = await listDue(ctx, allPersonalData, first.value)
  if (!found.ok) throw new Error(found.error.type)
  return found.value.rows.map(({ name, action }) => `${name}, ${action}`)
}
const old = (ctx: AppContext) => at(ctx, '2017-01-10T08:00:00Z')
const past = (day: string) => ({
  sessions: [{ startsAt: new Date(`${day}T08:30:00Z`), endsAt: new Date(`${day}T11:30:00Z`) }],
})

test('trois ans après sa dernière démarche, une personne est à purger, et l’on dit laquelle', () =>
  inSandbox(async (ctx) => {
    await makePerson(old(ctx), { givenName: 'Jamais', familyName: 'Venue' })
    const came = await makePerson(old(ctx), { givenName: 'Venue', familyName: 'Jadis' })
    const recent = await makePerson(old(ctx), { givenName: 'Venue', familyName: 'Depuis' })
    const attended = { registeredAt: new Date('2017-02-01T08:00:00Z'), source: 'import' as const }
    await makeAttendance(ctx, {
      ...attended,
      personId: came,
      activityId: (await makeActivity(ctx, past('2019-11-20'))).id,
    })
    await makeAttendance(ctx, {
      ...attended,
      personId: recent,
      activityId: (await makeActivity(ctx, past('2019-11-28'))).id,
    })
    expect(await due(ctx)).toEqual(['Jamais Venue, added', 'Venue Jadis, presence'])
    // a mail that was written to somebody is not an act of theirs
    await ctx.db.execute(sql`
      insert into platform.mail (purpose, to_address, subject, text, created_at, entity, entity_id)
      values ('essai', 'x@exemple.test', 's', 't', ${ctx.now().toISOString()}, 'person', ${came}::text)`)
    expect(await due(ctx)).toHaveLength(2)
    await ctx.db.execute(sql`
      insert into directory.consent (person_id, purpose, given, at, how, wording)
      values (${came}, 'newsletter', true, ${ctx.now().toISOString()}, 'paper', 'Oui')`)
    expect(await due(ctx)).toEqual(['Jamais Venue, added'])
  }))

test('la direction change la durée, et la liste suit', () =>
  inSandbox(async (ctx) => {
    await makePerson(at(ctx, '2021-01-10T08:00:00Z'), { givenName: 'Ancienne', familyName: 'Fiche' })
    expect(await due(ctx)).toEqual([])
    const purpose = (await readPurpose(ctx.db, 'annuaire'))!
    const form = purposeForm.parse({ ...purpose, duration: '12' })
    expect(await updatePurpose(asRole(ctx, 'communication'), 'annuaire', form)).toMatchObject({
      error: { type: 'not-allowed' },
    })
    expect(await updatePurpose(ctx, 'rien', form)).toMatchObject({ error: { type: 'not-found' } })
    expect(await updatePurpose(ctx, 'annuaire', { ...form, duration: null })).toMatchObject({
      error: { type: 'duration-needed' },
    })
    expect(await updatePurpose(ctx, 'annuaire', { ...form, counts: [] })).toMatchObject({
      error: { type: 'nothing-counts' },
    })
    expect(await updatePurpose(asRole(ctx, 'direction'), 'annuaire', form)).toMatchObject({ ok: true })
    expect(await due(ctx)).toEqual(['Ancienne Fiche, added'])
    expect(howLongText((await readPurpose(ctx.db, 'annuaire'))!)).toMatch(/^1 an après la dernière démarche/)
  }))

test('une fiche gardée sort de la liste jusqu’à son jour, avec une raison ; elle y revient quand on cesse de la garder', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(old(ctx))
    const direction = asRole(ctx, 'direction')
    const input = { reason: 'Convention en cours', until: '2023-06-30' }
    expect(await keepPerson(asRole(ctx, 'gestion'), personId, input)).toMatchObject({ error: { type: 'not-allowed' } })
    expect(await keepPerson(direction, personId, { ...input, until: '2022-11-24' })).toMatchObject({
      error: { type: 'past' },
    })
    expect(await keepPerson(direction, personId, { ...input, until: '2040-01-01' })).toMatchObject({
      error: { type: 'too-far' },
    })
    expect(await keepPerson(direction, crypto.randomUUID(), input)).toMatchObject({ error: { type: 'not-found' } })
    expect(await keepPerson(direction, personId, input)).toMatchObject({ ok: true })
    expect(await due(ctx)).toEqual([])
    expect(await listKept(direction)).toMatchObject([{ id: personId, reason: 'Convention en cours' }])
    expect(await due(at(ctx, '2023-07-01T08:00:00Z'))).toHaveLength(1)
    expect(await stopKeeping(asRole(ctx, 'gestion'), personId)).toMatchObject({ error: { type: 'not-allowed' } })
    await stopKeeping(direction, personId)
    expect(await due(ctx)).toHaveLength(1)
  }))

test('qui n’est ni de l’administration ni de la direction ne lit ni ne demande rien', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx)
    if (!first.ok) throw new Error()
    for (const other of [asVisitor(ctx), asRole(ctx, 'charge-de-mission'), asRole(ctx, 'lecture')]) {
      expect(await listDue(other, allPersonalData, first.value)).toMatchObject({ error: { type: 'not-allowed' } })
      expect(await askErasure(other, allPersonalData, 'all')).toMatchObject({ error: { type: 'not-allowed' } })
      expect(await readPersonData(other, allPersonalData, personId)).toMatchObject({ error: { type: 'not-allowed' } })
      expect(await readRegister(other)).toMatchObject({ error: { type: 'not-allowed' } })
      expect(await noteRequest(other, personId, { kind: 'access', message: null })).toMatchObject({
        error: { type: 'not-allowed' },
      })
      expect(await closeRequest(other, personId, { state: 'done', answer: null })).toMatchObject({
        error: { type: 'not-allowed' },
      })
      expect(await extendRequest(other, personId, 'x')).toMatchObject({ error: { type: 'not-allowed' } })
      expect(await satisfyErasure(other, allPersonalData, personId)).toMatchObject({ error: { type: 'not-allowed' } })
      expect(await listKept(other)).toBeNull()
      expect(await privacyTodo(other)).toBeNull()
    }
  }))

test('l’export dit tout ce qui est gardé d’une personne, fiches fusionnées comprises, et rien des autres', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx, { givenName: 'Amina', familyName: 'Berthier', email: 'amina@exemple.test' })
    const activity = await makeActivity(ctx, { title: 'Égalité : où en est-on ?', ...past('2022-03-10') })
    await makeAttendance(ctx, { personId, activityId: activity.id, function: 'Maire', accessibilityNeeds: 'Une rampe' })
    await makeAttendance(ctx, { activityId: activity.id, personId: await makePerson(ctx, { familyName: 'Voisine' }) })
    const told = dataAsJson((await collectData(ctx, allPersonalData, personId))!)
    for (const word of ['Amina', 'amina@exemple.test', 'Maire', 'Une rampe', 'Égalité']) expect(told).toContain(word)
    expect(told).not.toContain('Voisine')
    expect(JSON.parse(told)).toMatchObject({ personne: 'Amina Berthier' })
  }))

test('un lien d’inscription volé ne donne rien de plus : la suite part à l’adresse connue, pour une heure', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx, { email: 'vraie@exemple.test' })
    const attendance = await makeAttendance(ctx, {
      personId,
      activityId: (await makeActivity(ctx)).id,
      status: 'registered',
    })
    const token = ownLinkFor(ctx, attendance.id)
    expect(await readOwnData(ctx, allPersonalData, token)).toMatchObject({ error: { type: 'forged' } })
    expect(await askOwnData(ctx, token)).toEqual({ ok: true, value: null })
    const { rows } = await ctx.db.execute<{ to: string; text: string }>(
      sql`select to_address as to, text from platform.mail where purpose = 'privacy-own-data'`,
    )
    expect(rows[0]!.to).toBe('vraie@exemple.test')
    const key = /mes-donnees\/([\w.-]+)/.exec(rows[0]!.text)![1]!
    expect(await readOwnData(ctx, allPersonalData, key)).toMatchObject({ ok: true, value: { personId } })
    const later = at(ctx, '2022-11-24T10:30:00Z')
    expect(await readOwnData(later, allPersonalData, key)).toMatchObject({ error: { type: 'expired' } })
    await askOwnData(ctx, token)
    await askOwnData(ctx, token)
    expect(await askOwnData(ctx, token)).toMatchObject({ error: { type: 'too-many' } })
  }))

test('une demande d’effacement est datée, annoncée, puis satisfaite : la personne n’y est plus', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx, { email: 'amina@exemple.test' })
    const attendance = await makeAttendance(ctx, {
      personId,
      activityId: (await makeActivity(ctx)).id,
      status: 'registered',
    })
    await askOwnData(ctx, ownLinkFor(ctx, attendance.id))
    const { rows } = await ctx.db.execute<{ text: string }>(
      sql`select text from platform.mail where purpose = 'privacy-own-data'`,
    )
    const key = /mes-donnees\/([\w.-]+)/.exec(rows[0]!.text)![1]!
    const ask = () => askAboutOwnData(ctx, allPersonalData, key, { kind: 'erasure', message: 'Merci' })
    expect(await ask()).toEqual({ ok: true, value: { dueOn: '2022-12-24' } })
    expect(await ask()).toMatchObject({ ok: true })
    const { rows: made } = await ctx.db.execute<{ id: string }>(sql`select id from privacy.request`)
    expect(made).toHaveLength(1)
    const direction = asRole(ctx, 'direction')
    expect(await privacyTodo(direction)).toMatchObject({ open: 1, late: 0 })
    expect(await privacyTodo(at(direction, '2023-01-05T08:00:00Z'))).toMatchObject({ late: 1 })
    expect(await satisfyErasure(direction, allPersonalData, made[0]!.id)).toEqual({ ok: true, value: null })
    expect(await readRequest(direction, made[0]!.id)).toMatchObject({ personId: null, message: null, state: 'done' })
    expect(await readOwnData(ctx, allPersonalData, key)).toMatchObject({ error: { type: 'expired' } })
    const { rows: last } = await ctx.db.execute(
      sql`select purpose from platform.mail where to_address = 'amina@exemple.test'`,
    )
    expect(last).toEqual([{ purpose: 'privacy-erased' }])
    await tidyEveryNight(at(ctx, '2022-12-03T03:00:00Z'), allPersonalData)
    const { rows: none } = await ctx.db.execute(
      sql`select 1 from platform.mail where to_address = 'amina@exemple.test'`,
    )
    expect(none).toEqual([])
  }))

test('un refus se motive, un délai se prolonge une fois, une demande close le reste', () =>
  inSandbox(async (ctx) => {
    const direction = asRole(ctx, 'direction')
    const noted = await noteRequest(direction, await makePerson(ctx), { kind: 'correction', message: null })
    if (!noted.ok) throw new Error(noted.error.type)
    const { id } = noted.value
    expect(await closeRequest(direction, id, { state: 'refused', answer: null })).toMatchObject({
      error: { type: 'reason-needed' },
    })
    expect(await extendRequest(direction, id, 'Complexe')).toMatchObject({ ok: true })
    expect(await extendRequest(direction, id, 'Encore')).toMatchObject({ error: { type: 'extended' } })
    expect(await readRequest(direction, id)).toMatchObject({ dueOn: '2023-02-24' })
    expect(await satisfyErasure(direction, allPersonalData, id)).toMatchObject({ error: { type: 'not-erasure' } })
    expect(await closeRequest(direction, id, { state: 'refused', answer: 'Déjà corrigé' })).toMatchObject({ ok: true })
    expect(await closeRequest(direction, id, { state: 'done', answer: null })).toMatchObject({
      error: { type: 'closed' },
    })
    expect(monthsAfter('2023-01-31', 1)).toBe('2023-02-28')
  }))

test('les besoins d’accessibilité s’effacent trente jours après l’activité, le reste de la ligne demeure', () =>
  inSandbox(async (ctx) => {
    const over = await makeActivity(ctx, past('2022-10-20'))
    const recent = await makeActivity(ctx, past('2022-11-10'))
    for (const { id } of [over, recent])
      await makeAttendance(ctx, { activityId: id, accessibilityNeeds: 'Une rampe', function: 'Maire' })
    await tidyEveryNight(ctx, allPersonalData)
    const { rows } = await ctx.db.execute(sql`
      select activity_id, accessibility_needs as needs, function from activities.attendance order by accessibility_needs nulls first`)
    expect(rows).toEqual([
      { activity_id: over.id, needs: null, function: 'Maire' },
      { activity_id: recent.id, needs: 'Une rampe', function: 'Maire' },
    ])
  }))

test('chaque mois, ceux qui décident savent ce qui attend ; rien ne part quand rien n’attend', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx, { email: 'direction@exemple.test' })
    await ctx.db.execute(sql`
      insert into accounts."user" (person_id, email, role, created_at) values (${personId}, 'direction@exemple.test', 'direction', now())`)
    const sent = async () =>
      (await ctx.db.execute<{ text: string }>(sql`select text from platform.mail where purpose = 'privacy-review'`))
        .rows
    await sayWhatWaits(ctx, allPersonalData)
    expect(await sent()).toEqual([])
    await makePerson(old(ctx))
    await sayWhatWaits(ctx, allPersonalData)
    expect((await sent())[0]!.text).toMatch(/échue[\s\u202f]: 1/)
  }))

test('la mention sous un formulaire vient des finalités qu’il sert', () =>
  inSandbox(async (ctx) => {
    const before = await formNotice(ctx.db, 'registration')
    expect(before.sentences).toHaveLength(3)
    await ctx.db.execute(sql`update platform.purpose set notice = 'Autre phrase.' where id = 'inscriptions'`)
    expect((await formNotice(ctx.db, 'registration')).sentences[0]).toBe('Autre phrase.')
  }))
