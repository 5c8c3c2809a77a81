import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import { errorsOf } from '#app/platform/forms.server.ts'
import { asRole, asVisitor, inSandbox, withDatabase } from '../../../../tests/context.ts'
import { makePerson, makeTerritory, newActivityForm } from '../fixtures.ts'
import { userActor } from '#app/platform/context.ts'
import { createActivity } from './create-activity.server.ts'
import { newActivityInput } from './inputs.server.ts'
import { publishActivity } from './publish-activity.server.ts'
import { readActivity } from './record.server.ts'
import { slugOf, slugWords } from './slug.ts'

const input = (overrides: Record<string, string> = {}) => newActivityInput.parse(newActivityForm(overrides))
const errorsFor = (overrides: Record<string, string>) => {
  const read = newActivityInput.safeParse(newActivityForm(overrides))
  return read.success ? {} : errorsOf(read.error)
}

test('une activité se saisit en une page : sa séance, ses demi-journées, son adresse et sa trace sont là', () =>
  inSandbox(async (ctx) => {
    const personId = await makePerson(ctx, { givenName: 'Nadia', familyName: 'Roux' })
    const actor = userActor({ userId: crypto.randomUUID(), personId, label: 'Nadia Roux', role: 'charge-de-mission' })
    const made = await createActivity({ ...ctx, actor }, input())
    if (!made.ok) throw new Error(made.error.type)
    expect(await readActivity(ctx, made.value.id)).toMatchObject({
      title: 'Égalité : où en est-on ?',
      slug: 'egalite-ou-en-est-on-2022-12-08',
      status: 'draft',
      startsAt: new Date('2022-12-08T08:30:00Z'),
      endsAt: new Date('2022-12-08T11:30:00Z'),
      halfDays: 1,
      kind: 'Séminaire',
      mainTheme: 'Égalité femmes-hommes',
      lead: { id: personId, label: 'Nadia Roux' },
    })
    expect(await changesOf(ctx.db, 'activity', made.value.id)).toMatchObject([
      { action: 'activities.created', actorLabel: 'Nadia Roux' },
    ])
  }))

test('une activité sur deux jours se dit par son dernier jour', () =>
  inSandbox(async (ctx) => {
    const made = await createActivity(ctx, input({ endDay: '9 décembre 2022', end: '17h' }))
    expect(made.ok && (await readActivity(ctx, made.value.id))?.halfDays).toBe(4)
  }))

test.each<[sentence: string, field: string, typed: Record<string, string>]>([
  ['Donnez un titre à cette activité.', 'title', { title: '   ' }],
  ['Ce texte est trop long (200 caractères au plus).', 'title', { title: 'a'.repeat(10_000) }],
  ['Cette date n’existe pas. Exemple\u202f: 24/11/2022.', 'day', { day: '31/02/2022' }],
  ['Cette date n’existe pas. Exemple\u202f: 24/11/2022.', 'day', { day: '2022-02-31' }],
  ['Donnez une date.', 'day', { day: '' }],
  ['Cette date est hors de portée\u202f: vérifiez l’année.', 'day', { day: '12/05/1022' }],
  ['Cette heure n’existe pas. Exemple\u202f: 9 h 30.', 'start', { start: '25:00' }],
  ['Donnez l’heure de fin.', 'end', { end: '' }],
  ['Choisissez un format.', 'mode', { mode: 'télépathie' }],
  ['Choisissez un type d’activité.', 'kindId', { kindId: '' }],
  ['Dites quel était le rôle du centre.', 'role', { role: '' }],
  [
    'Ce lien n’est pas valable. Exemple\u202f: https://www.exemple.fr/page',
    'remoteLink',
    { remoteLink: 'javascript:alert(1)' },
  ],
])('« %s » se lit au champ %s', (sentence, field, typed) => {
  expect(errorsFor(typed)).toEqual({ [field]: [sentence] })
})

test('un choix qui n’est dans aucune liste, ou pas dans la bonne, est refusé sans rien écrire', () =>
  inSandbox(async (ctx) => {
    await makeTerritory(ctx, { id: 'com-34172', kind: 'commune', name: 'Montpellier', departementCode: '34' })
    const field = async (overrides: Record<string, string>) => {
      const made = await createActivity(ctx, input(overrides))
      return made.ok ? null : made.error
    }
    expect(await field({ kindId: 'activite:inventee' })).toEqual({ type: 'unknown-choice', field: 'kindId' })
    expect(await field({ kindId: 'theme:culture' })).toEqual({ type: 'unknown-choice', field: 'kindId' })
    expect(await field({ mainThemeId: 'activite:seminaire' })).toEqual({ type: 'unknown-choice', field: 'mainThemeId' })
    expect(await field({ departementId: 'com-34172' })).toEqual({ type: 'unknown-choice', field: 'departementId' })
    const { rows } = await ctx.db.execute(sql`select from activities.activity`)
    expect(rows).toHaveLength(0)
  }))

test('une séance qui finit avant de commencer, ou qui dure trois mois, est refusée', () =>
  inSandbox(async (ctx) => {
    expect(await createActivity(ctx, input({ start: '14:00', end: '9:00' }))).toEqual({
      ok: false,
      error: { type: 'session', problem: { type: 'ends-before-it-starts', index: 0 } },
    })
    expect(await createActivity(ctx, input({ endDay: '15/03/2023' }))).toEqual({
      ok: false,
      error: { type: 'session', problem: { type: 'too-long', index: 0 } },
    })
  }))

test('la lecture, la gestion et le public ne créent pas d’activité', () =>
  inSandbox(async (ctx) => {
    const refused = { ok: false, error: { type: 'not-allowed' } }
    for (const other of [asRole(ctx, 'lecture'), asRole(ctx, 'gestion'), asVisitor(ctx)])
      expect(await createActivity(other, input())).toEqual(refused)
    expect((await createActivity(asRole(ctx, 'communication'), input())).ok).toBe(true)
  }))

test('deux activités de même titre et de même jour ont chacune leur adresse', () =>
  inSandbox(async (ctx) => {
    const slugs: string[] = []
    for (let i = 0; i < 3; i += 1) {
      const made = await createActivity(ctx, input())
      if (made.ok) slugs.push((await readActivity(ctx, made.value.id))!.slug)
    }
    expect(slugs).toEqual([
      'egalite-ou-en-est-on-2022-12-08',
      'egalite-ou-en-est-on-2022-12-08-2',
      'egalite-ou-en-est-on-2022-12-08-3',
    ])
  }))

test('même créées au même instant par dix personnes', () =>
  withDatabase(async (ctx) => {
    const made = await Promise.all(Array.from({ length: 10 }, () => createActivity(ctx, input())))
    const published = await Promise.all(
      made.map((one) => one.ok && publishActivity(ctx, { activityId: one.value.id, version: null })),
    )
    const slugs = published.map((one) => one && one.ok && one.value.slug)
    expect(new Set(slugs).size).toBe(10)
    expect(slugs).not.toContain(false)
  }))

test('une adresse ne contient que des lettres, des chiffres et des tirets', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (title) => {
      expect(slugOf(title, '2022-11-24')).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*-2022-11-24$/)
      expect(slugWords(title).length).toBeLessThanOrEqual(70)
    }),
  )
  expect(slugOf('Cœur de ville : l’« été »', null)).toBe('coeur-de-ville-l-ete')
  expect(slugOf('???', '2022-11-24')).toBe('activite-2022-11-24')
})
