import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeActivity, makeAttendance, makeOrganisation, makePerson } from '#app/features/activities/fixtures.ts'
import { mergePeople } from '#app/features/directory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { allPersonalData } from '../../../personal-data.server.ts'
import { asRole, asVisitor, at, inSandbox } from '../../../../tests/context.ts'
import { erasePeople } from './erase-people.server.ts'
import { erasePerson } from './erase-person.server.ts'

const past = (year: number, month = '03') => ({
  sessions: [
    { startsAt: new Date(`${year}-${month}-08T08:30:00Z`), endsAt: new Date(`${year}-${month}-08T11:30:00Z`) },
  ],
})
const erase = (ctx: AppContext, ...personIds: string[]) =>
  erasePeople(ctx, allPersonalData, { personIds, rule: 'office' })

/** Every text of every table of the house, but jobs and territories: what a search in a stolen copy would find. */
async function wholeDatabase(ctx: AppContext): Promise<string> {
  const { rows: tables } = await ctx.db.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('platform', 'directory', 'activities', 'accounts', 'privacy') and tablename <> 'outbox'`)
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await ctx.db.execute<{ text: string }>(
      sql`select to_jsonb(t)::text as text from ${sql.raw(name)} t`,
    )
    texts.push(...rows.map(({ text }) => text))
  }
  return texts.join('\n').toLowerCase()
}

/** Somebody who left something of themselves everywhere. */
async function someoneEverywhere(ctx: AppContext) {
  const [personId, twin] = [
    await makePerson(ctx, { givenName: 'Zéphyrine', familyName: 'Quatrebarbes', email: 'zephyrine@exemple.test' }),
    await makePerson(ctx, { givenName: 'Zéphirine', familyName: 'Quatrebarbe', email: 'zq@exemple.test' }),
  ]
  const organisationId = await makeOrganisation(ctx, 'Une toute petite association')
  const activity = await makeActivity(ctx, past(2022))
  const attendance = await makeAttendance(ctx, {
    personId,
    activityId: activity.id,
    function: 'Présidente du Merlu',
    organisationId,
    accessibilityNeeds: 'Rampe bleue',
    answers: { q: 'Réponse libre et unique' },
  })
  await makeAttendance(ctx, { personId: twin, activityId: activity.id, organisationName: 'Chez Quatrebarbes' })
  await mergePeople(ctx, { keptId: personId, droppedId: twin })
  await ctx.db.execute(sql`
    insert into directory.affiliation (person_id, function, created_at) values (${personId}, 'Présidente du Merlu', now())`)
  await ctx.db.execute(sql`
    insert into directory.consent (person_id, purpose, given, at, how, wording)
    values (${twin}, 'newsletter', true, now(), 'paper', 'Je veux la lettre du Merlu')`)
  await ctx.db.execute(sql`
    insert into activities.speaker (activity_id, position, person_id, name, function)
    values (${activity.id}, 0, ${personId}, 'Zéphyrine Quatrebarbes', 'Présidente du Merlu')`)
  await queueMail(ctx.db, ctx, {
    purpose: 'essai',
    toAddress: 'ZEPHYRINE@exemple.test',
    subject: 'Bonjour',
    text: 'Chère Zéphyrine',
    entity: 'attendance',
    entityId: attendance.id,
  })
  await recordChange(ctx.db, ctx, {
    action: 'activities.programme-set',
    entity: 'activity',
    entityId: activity.id,
    fields: { speakers: [null, ['Zéphyrine Quatrebarbes, « Merlu »', 'Jean Témoin']] },
  })
  return { personId, twin, activity, attendance, organisationId }
}

test('de qui est effacé, il ne reste pas un mot dans toute la base, ni un identifiant', () =>
  inSandbox(async (ctx) => {
    const { personId, twin, attendance } = await someoneEverywhere(ctx)
    const before = await wholeDatabase(ctx)
    const traces = [
      'quatrebarbe',
      'zéph',
      'zeph',
      'zq@',
      'présidente du merlu',
      'rampe bleue',
      'réponse libre',
      'lettre du merlu',
    ]
    for (const word of [...traces, personId, twin, attendance.id]) expect(before).toContain(word)
    expect(await erase(ctx, twin)).toEqual({ erased: 1, left: [] })
    const after = await wholeDatabase(ctx)
    for (const word of [...traces, personId, twin, attendance.id]) expect(after).not.toContain(word)
    expect(after).toContain('jean témoin')
  }))

test('sa présence reste, de personne, sans organisation ni fonction, et ses deux fiches y comptent une fois', () =>
  inSandbox(async (ctx) => {
    const { personId, activity } = await someoneEverywhere(ctx)
    await erase(ctx, personId)
    const { rows } = await ctx.db.execute(sql`
      select p.full_name as name, p.email, n.status, n.profile_id, n.function, n.organisation_id from activities.attendance n
      join directory.person_card p on p.id = n.person_id where n.activity_id = ${activity.id}`)
    expect(rows).toEqual([
      {
        name: 'Personne effacée',
        email: null,
        status: 'present',
        profile_id: 'profil:association',
        function: null,
        organisation_id: null,
      },
    ])
  }))

test('l’organisation reste où elle est celle d’au moins cinq personnes de même profil et département cette année-là', () =>
  inSandbox(async (ctx) => {
    const organisationId = await makeOrganisation(ctx, 'Ville de Sète')
    const { id: activityId } = await makeActivity(ctx, past(2022))
    const people = []
    for (let i = 0; i < 5; i += 1) {
      people.push(await makePerson(ctx))
      await makeAttendance(ctx, { activityId, personId: people[i]!, organisationId, profileId: 'profil:elu' })
    }
    const alone = await makePerson(ctx)
    await makeAttendance(ctx, { activityId, personId: alone, organisationId, profileId: 'profil:association' })
    await erase(ctx, people[0]!, alone)
    const { rows } = await ctx.db.execute<{ kept: boolean; profile: string }>(sql`
      select n.organisation_id is not null as kept, n.profile_id as profile from activities.attendance n
      join directory.person p on p.id = n.person_id where p.erased_year is not null order by 2 desc`)
    expect(rows).toEqual([
      { kept: true, profile: 'profil:elu' },
      { kept: false, profile: 'profil:association' },
    ])
  }))

test('rien ne relie ses années entre elles, sauf celles qu’un même cycle traverse', () =>
  inSandbox(async (sandbox) => {
    const ctx = at(sandbox, '2024-06-01T08:00:00Z')
    const personId = await makePerson(ctx)
    const { rows } = await ctx.db.execute<{ id: string }>(
      sql`insert into activities.series (slug, title, created_at) values ('cycle', 'Cycle', now()) returning id`,
    )
    for (const [year, seriesId] of [[2019], [2020], [2021, rows[0]!.id], [2022], [2023, rows[0]!.id]] as const) {
      const { id: activityId } = await makeActivity(ctx, { ...past(year), seriesId: seriesId ?? null })
      await makeAttendance(ctx, { activityId, personId })
    }
    await erase(ctx, personId)
    const { rows: shells } = await ctx.db.execute<{ years: string }>(sql`
      select string_agg(extract(year from a.starts_at)::text, ' ' order by a.starts_at) as years
      from activities.attendance n join activities.activity a on a.id = n.activity_id group by n.person_id order by 1`)
    expect(shells.map(({ years }) => years)).toEqual(['2019', '2020', '2021 2022 2023'])
  }))

test('une place à venir est rendue à qui attend', () =>
  inSandbox(async (ctx) => {
    const [personId, next] = [await makePerson(ctx), await makePerson(ctx)]
    const { id: activityId } = await makeActivity(ctx, { capacityOnsite: 1 })
    await makeAttendance(ctx, { activityId, personId, status: 'registered' })
    await makeAttendance(ctx, { activityId, personId: next, status: 'waitlisted' })
    await erase(ctx, personId)
    const { rows } = await ctx.db.execute(
      sql`select person_id, status from activities.attendance where activity_id = ${activityId}`,
    )
    expect(rows).toEqual([{ person_id: next, status: 'registered' }])
  }))

test('qui a encore un compte ouvert dans l’équipe n’est pas effacé ; suspendu, il l’est avec sa signature', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx, { givenName: 'Solène', familyName: 'Partie', email: 'solene@exemple.test' })
    const { rows } = await ctx.db.execute<{ id: string }>(sql`
      insert into accounts."user" (person_id, email, role, created_at) values (${personId}, 'solene@exemple.test', 'lecture', now()) returning id`)
    const signed = { kind: 'user', userId: rows[0]!.id, label: 'Solène Partie' } as AppContext['actor']
    await recordChange(ctx.db, { ...ctx, actor: signed }, { action: 'essai', entity: 'activity', entityId: 'x' })
    expect(await erase(ctx, personId)).toEqual({ erased: 0, left: [{ personId, why: 'account' }] })
    await ctx.db.execute(sql`update accounts."user" set status = 'suspended' where id = ${rows[0]!.id}`)
    expect(await erase(ctx, personId)).toEqual({ erased: 1, left: [] })
    expect(await wholeDatabase(ctx)).not.toContain('solène')
  }))

test('deux personnes d’une même adresse : effacer l’une ne touche pas aux messages de l’autre', () =>
  inSandbox(async (ctx) => {
    const address = 'accueil@mairie.test'
    const gone = await makePerson(ctx, { givenName: 'Ana', familyName: 'Partante', email: address })
    await makePerson(ctx, { givenName: 'Bob', familyName: 'Restant', email: address })
    for (const toName of ['Ana Partante', 'Bob Restant'])
      await queueMail(ctx.db, ctx, { purpose: 'essai', toAddress: address, toName, subject: 'Bonjour', text: toName })
    await erase(ctx, gone)
    const { rows } = await ctx.db.execute(sql`select to_name from platform.mail`)
    expect(rows).toEqual([{ to_name: 'Bob Restant' }])
  }))

test('effacer deux fois ne fait rien de plus, et une coquille n’est pas une personne', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx)
    await makeAttendance(ctx, { personId, activityId: (await makeActivity(ctx, past(2022))).id })
    await erase(ctx, personId)
    expect(await erase(ctx, personId)).toEqual({ erased: 0, left: [{ personId, why: 'gone' }] })
    const { rows } = await ctx.db.execute<{ id: string }>(
      sql`select id from directory.person where erased_year is not null`,
    )
    expect(await erase(ctx, rows[0]!.id)).toMatchObject({ erased: 0, left: [{ why: 'gone' }] })
  }))

test('seules l’administration et la direction effacent', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx)
    const asked = { personId, rule: 'office' } as const
    for (const one of [asVisitor(ctx), asRole(ctx, 'charge-de-mission'), asRole(ctx, 'lecture')])
      expect(await erasePerson(one, allPersonalData, asked)).toEqual({ ok: false, error: { type: 'not-allowed' } })
    expect(await erasePerson(asRole(ctx, 'direction'), allPersonalData, asked)).toEqual({ ok: true, value: null })
  }))
