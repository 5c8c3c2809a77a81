import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asVisitor, at, inSandbox } from '#tests/context.ts'
import { makeActivity } from '../fixtures.ts'
import { questions } from '../schema.server.ts'
import { newFormToken } from './links.server.ts'
import { type RegistrationInput, register } from './register.server.ts'

const someone = (ctx: AppContext, slug: string, more: Partial<RegistrationInput> = {}): RegistrationInput => ({
  slug,
  givenName: 'Nadia',
  familyName: 'Roussel',
  email: 'nadia.roussel@exemple.test',
  organisation: 'Ville de Montaubry',
  function: 'Cheffe de projet',
  profileId: 'profil:chef-projet-pv',
  departementId: null,
  mode: null,
  answers: {},
  accessibilityNeeds: null,
  consents: [],
  formToken: newFormToken(ctx),
  ...more,
})

const rowsOf = async (ctx: AppContext, activityId: string) => {
  const { rows } = await ctx.db.execute<Record<string, unknown>>(sql`
    select status, mode, function, profile_id, organisation_name, answers, accessibility_needs, source
    from activities.attendance where activity_id = ${activityId} order by arrival`)
  return rows
}

const mailsTo = async (ctx: AppContext, email: string) => {
  const { rows } = await ctx.db.execute<{
    purpose: string
    text: string
    subject: string
    calendar: { method: string } | null
  }>(sql`
    select purpose, subject, text, calendar from platform.mail where to_address = ${email} order by created_at, purpose`)
  return rows
}

test('une personne s’inscrit : sa place est réservée, sa situation est copiée, un message part avec le fichier de calendrier', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx)
    expect(await register(ctx, someone(ctx, activity.slug))).toEqual({ ok: true, value: { shown: 'confirmed' } })
    expect(await rowsOf(ctx, activity.id)).toEqual([
      {
        status: 'registered',
        mode: 'onsite',
        function: 'Cheffe de projet',
        profile_id: 'profil:chef-projet-pv',
        organisation_name: 'Ville de Montaubry',
        answers: {},
        accessibility_needs: null,
        source: 'registration',
      },
    ])
    const [mail, ...others] = await mailsTo(ctx, 'nadia.roussel@exemple.test')
    expect(others).toEqual([])
    expect(mail).toMatchObject({ purpose: 'registration-confirmed', calendar: { method: 'REQUEST' } })
    expect(mail!.text).toContain('https://maillage.test/inscription/')
  }))

test('la même personne inscrite deux fois n’a qu’une inscription ; le formulaire ne dit rien de plus, le message rappelle son lien', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { capacityOnsite: 2 })
    const first = await register(ctx, someone(ctx, activity.slug))
    const second = await register(
      ctx,
      someone(ctx, activity.slug, { email: 'NADIA.Roussel@exemple.test', function: null }),
    )
    expect(second).toEqual(first)
    expect(await rowsOf(ctx, activity.id)).toHaveLength(1)
    const mails = await mailsTo(ctx, 'nadia.roussel@exemple.test')
    expect(mails.map(({ purpose }) => purpose).sort()).toEqual(['registration-confirmed'])
    expect((await mailsTo(ctx, 'NADIA.Roussel@exemple.test')).map(({ purpose }) => purpose)).toEqual([
      'registration-again',
    ])
  }))

test('quand l’activité est complète, qui était inscrit lit la même réponse qu’un inconnu', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { capacityOnsite: 1 })
    await register(ctx, someone(ctx, activity.slug))
    const known = await register(ctx, someone(ctx, activity.slug))
    const stranger = await register(
      ctx,
      someone(ctx, activity.slug, { familyName: 'Autre', email: 'autre@exemple.test' }),
    )
    expect(known).toEqual({ ok: true, value: { shown: 'waitlisted' } })
    expect(stranger).toEqual(known)
    expect((await rowsOf(ctx, activity.id)).map(({ status }) => status)).toEqual(['registered', 'waitlisted'])
  }))

test('le même formulaire envoyé deux fois reçoit la même réponse, même s’il a pris la dernière place', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { capacityOnsite: 1 })
    const form = someone(ctx, activity.slug)
    expect(await register(ctx, form)).toEqual({ ok: true, value: { shown: 'confirmed' } })
    expect(await register(ctx, form)).toEqual({ ok: true, value: { shown: 'confirmed' } })
    expect(await rowsOf(ctx, activity.id)).toHaveLength(1)
  }))

test('une adresse connue ne reçoit pas plus de trois rappels dans l’heure', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx)
    for (let i = 0; i < 7; i += 1) await register(ctx, someone(ctx, activity.slug))
    expect(await mailsTo(ctx, 'nadia.roussel@exemple.test')).toHaveLength(4)
  }))

test('sans liste d’attente, une activité complète refuse et ne garde rien de la personne', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { capacityOnsite: 0, waitingList: false })
    expect(await register(ctx, someone(ctx, activity.slug))).toEqual({
      ok: false,
      error: { type: 'full', mode: 'onsite' },
    })
    const { rows } = await ctx.db.execute(
      sql`select 1 from directory.person where email = 'nadia.roussel@exemple.test'`,
    )
    expect(rows).toEqual([])
  }))

test('sur place et à distance ont chacun leur jauge', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { mode: 'hybride', capacityOnsite: 1, capacityRemote: null })
    const come = (n: number, mode: 'onsite' | 'remote' | null) =>
      register(ctx, someone(ctx, activity.slug, { familyName: `Personne${n}`, email: `p${n}@exemple.test`, mode }))
    expect(await come(1, 'onsite')).toMatchObject({ value: { shown: 'confirmed' } })
    expect(await come(2, 'onsite')).toMatchObject({ value: { shown: 'waitlisted' } })
    expect(await come(3, 'remote')).toMatchObject({ value: { shown: 'confirmed' } })
    expect(await come(4, null)).toEqual({
      ok: false,
      error: { type: 'invalid', problems: [{ field: 'mode', problem: 'required' }] },
    })
  }))

test('on ne s’inscrit pas à ce qui est fermé, pas encore ouvert, annulé, passé, interne ou en brouillon', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const refusal = async (given: Parameters<typeof makeActivity>[1], when = ctx) => {
      const activity = await makeActivity(ctx, given)
      const result = await register(when, someone(when, activity.slug))
      return result.ok ? null : result.error.type
    }
    expect(await refusal({ registrationOpen: false })).toBe('not-open')
    expect(await refusal({ registrationClosesAt: new Date('2022-11-24T08:59:00Z') })).toBe('closed')
    expect(await refusal({ status: 'cancelled' })).toBe('cancelled')
    expect(await refusal({ status: 'draft' })).toBe('not-found')
    expect(await refusal({ visibility: 'internal' })).toBe('not-found')
    expect(await refusal({ visibility: 'unlisted' })).toBe(null)
    expect(await refusal({}, at(ctx, '2022-12-08T08:30:00Z'))).toBe('closed')
    expect(await refusal({}, at(ctx, '2022-12-08T11:30:00Z'))).toBe('over')
    expect((await register(ctx, someone(ctx, 'inconnue'))).ok).toBe(false)
  }))

test('un formulaire sans jeton, falsifié ou de la veille est à renvoyer', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx)
    const formToken = newFormToken(ctx)
    const stale = { ok: false, error: { type: 'stale-form' } }
    expect(await register(ctx, someone(ctx, activity.slug, { formToken: '' }))).toEqual(stale)
    expect(await register(ctx, someone(ctx, activity.slug, { formToken: `${formToken}x` }))).toEqual(stale)
    const later = at(ctx, '2022-11-25T09:00:01Z')
    expect(await register(later, someone(ctx, activity.slug, { formToken }))).toEqual(stale)
    expect(await rowsOf(ctx, activity.id)).toEqual([])
  }))

test('les réponses aux questions posées sont gardées, celles des questions qui ne se posaient pas sont écartées', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { mode: 'hybride' })
    const [meal, diet] = await ctx.db
      .insert(questions)
      .values([
        {
          activityId: activity.id,
          position: 0,
          label: 'Déjeunez-vous ?',
          kind: 'yes-no',
          required: true,
          condition: { mode: true, oneOf: ['onsite'] },
        },
        {
          activityId: activity.id,
          position: 1,
          label: 'Régime',
          kind: 'choices',
          options: ['Végétarien', 'Sans gluten'],
          required: true,
        },
      ])
      .returning()
    await ctx.db.execute(
      sql`update activities.question set condition = ${JSON.stringify({ questionId: meal!.id, oneOf: ['oui'] })}::jsonb where id = ${diet!.id}`,
    )
    const come = (answers: RegistrationInput['answers'], mode: 'onsite' | 'remote') =>
      register(ctx, someone(ctx, activity.slug, { mode, answers }))
    expect(await come({ [meal!.id]: 'oui' }, 'onsite')).toEqual({
      ok: false,
      error: { type: 'invalid', problems: [{ field: `answers.${diet!.id}`, problem: 'required' }] },
    })
    expect(await come({ [meal!.id]: 'oui', [diet!.id]: ['Ortolan'] }, 'onsite')).toMatchObject({
      error: { problems: [{ problem: 'unknown' }] },
    })
    expect((await come({ [diet!.id]: ['Végétarien'] }, 'remote')).ok).toBe(true)
    expect((await rowsOf(ctx, activity.id))[0]).toMatchObject({ answers: {} })
  }))

test('un profil ou un département inventés sont refusés', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx)
    const result = await register(
      ctx,
      someone(ctx, activity.slug, { profileId: 'theme:culture', departementId: 'dep-00' }),
    )
    expect(result).toMatchObject({
      error: { type: 'invalid', problems: [{ field: 'profileId' }, { field: 'departementId' }] },
    })
  }))

test('seuls les accords cochés sont notés, avec leur phrase ; la photo seulement si elle est demandée', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx)
    await register(ctx, someone(ctx, activity.slug, { consents: ['newsletter', 'photos'] }))
    const { rows } = await ctx.db.execute(sql`select purpose, given, how, wording from directory.consent`)
    expect(rows).toEqual([
      {
        purpose: 'newsletter',
        given: true,
        how: 'registration',
        wording: 'Je souhaite recevoir la lettre d’information par courriel.',
      },
    ])
  }))

test('qui avait annulé revient en fin de file, sur la même ligne', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await makeActivity(ctx, { capacityOnsite: 1 })
    await register(ctx, someone(ctx, activity.slug))
    await ctx.db.execute(sql`update activities.attendance set status = 'cancelled'`)
    await register(ctx, someone(ctx, activity.slug, { familyName: 'Première', email: 'premiere@exemple.test' }))
    expect(await register(ctx, someone(ctx, activity.slug))).toMatchObject({ value: { shown: 'waitlisted' } })
    expect((await rowsOf(ctx, activity.id)).map(({ status }) => status)).toEqual(['registered', 'waitlisted'])
  }))
