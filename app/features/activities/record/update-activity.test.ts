import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { errorsOf } from '#app/platform/forms.server.ts'
import { asRole, at, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeOrganisation, makePerson, makeTerritory } from '../fixtures.ts'
import { activities } from '../schema.server.ts'
import type { Activity } from './editing.server.ts'
import { activityInput } from './inputs.server.ts'
import { readActivity } from './record.server.ts'
import { updateActivity } from './update-activity.server.ts'

const form = (overrides: Record<string, unknown> = {}) => ({
  title: 'Activité d’essai',
  kindId: 'activite:seminaire',
  mode: 'presentiel',
  role: 'organisateur',
  scale: 'regional',
  visibility: 'public',
  place: 'Maison des associations, Montpellier',
  waitingList: 'oui',
  askAccessibility: 'oui',
  registrationOpen: 'oui',
  sessions: [{ day: '2022-12-08', start: '09:30', end: '12:30' }],
  ...overrides,
})
const input = (overrides: Record<string, unknown> = {}) => activityInput.parse(form(overrides))
const errorsFor = (overrides: Record<string, unknown>) => {
  const read = activityInput.safeParse(form(overrides))
  return read.success ? {} : errorsOf(read.error)
}
const save = (ctx: AppContext, { id, updatedAt }: Activity, overrides: Record<string, unknown> = {}) =>
  updateActivity(ctx, { activityId: id, version: updatedAt }, input(overrides))

async function events(ctx: AppContext) {
  const { rows } = await ctx.db.execute<{ name: string; payload: { what?: string[] } }>(
    sql`select name, payload from platform.outbox order by id`,
  )
  return rows.map(({ name, payload }) => [name, payload.what ?? []])
}

test('tout se change d’un geste, et chaque champ laisse sa trace', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { title: 'Activité d’essai', seriesId: null })
    const [lead, partner] = [await makePerson(ctx), await makeOrganisation(ctx, 'Réseau des passerelles')]
    const commune = await makeTerritory(ctx, { id: 'com-34172', kind: 'commune', name: 'Montpellier' })
    const saved = await save(ctx, activity, {
      title: 'Nouveau titre',
      leadPersonId: lead,
      capacityOnsite: '80',
      mainThemeId: 'theme:culture',
      themeIds: ['theme:evaluation', 'theme:culture'],
      territoryIds: [commune],
      partners: [{ organisationName: 'reseau des PASSERELLES', part: 'Accueil' }],
    })
    expect(saved).toMatchObject({ ok: true, value: { title: 'Nouveau titre', capacityOnsite: 80 } })
    expect(await readActivity(ctx, activity.id)).toMatchObject({
      themes: [{ id: 'theme:evaluation' }],
      territories: [{ id: commune, label: 'Montpellier' }],
      partners: [{ organisationId: partner, part: 'Accueil' }],
    })
    const [trace] = await changesOf(ctx.db, 'activity', activity.id)
    expect(trace).toMatchObject({ action: 'activities.updated' })
    expect(trace!.fields).toMatchObject({
      title: ['Activité d’essai', 'Nouveau titre'],
      capacityOnsite: [null, 80],
      partners: [[], ['Réseau des passerelles (Accueil)']],
    })
    expect(trace!.fields).not.toHaveProperty('place')
  }))

test('enregistrer sans rien changer ne laisse ni trace ni version', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { title: 'Activité d’essai' })
    expect(await save(ctx, activity)).toMatchObject({ ok: true, value: { updatedAt: activity.updatedAt } })
    expect(await changesOf(ctx.db, 'activity', activity.id)).toEqual([])
  }))

test('ceux qui sont inscrits sont prévenus une fois, de ce qui les concerne', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { title: 'Activité d’essai' })
    const moved = await save(ctx, activity, {
      mode: 'hybride',
      place: 'Ailleurs',
      sessions: [{ day: '2022-12-09', start: '09:30', end: '12:30' }],
    })
    expect(moved).toMatchObject({ ok: true, value: { calendarSequence: 1 } })
    const [[, what] = []] = (await events(ctx)).filter(([name]) => name === 'activities.changed')
    expect(new Set(what)).toEqual(new Set(['dates', 'place', 'mode']))
    expect((await events(ctx)).filter(([name]) => name === 'activities.changed')).toHaveLength(1)
  }))

test('un titre corrigé, ou un brouillon déplacé, ne dérange personne', () =>
  inSandbox(async (ctx) => {
    await save(ctx, await makeActivity(ctx), { title: 'Corrigé' })
    await save(ctx, await makeActivity(ctx, { status: 'draft', publishedAt: null }), { place: 'Ailleurs' })
    expect(await events(ctx)).toEqual([])
  }))

test('des places ajoutées appellent la liste d’attente', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { title: 'Activité d’essai', capacityOnsite: 10 })
    const less = await save(ctx, activity, { capacityOnsite: '5' })
    expect(await events(ctx)).toEqual([])
    if (less.ok) await save(ctx, less.value, { capacityOnsite: '' })
    expect(await events(ctx)).toEqual([['activities.capacity-raised', []]])
  }))

test('une version dépassée est refusée, avec qui a changé quoi, et rien n’est écrit', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx, { title: 'Activité d’essai' })
    const first = await save(at(asRole(ctx, 'direction'), '2022-11-24T09:05:00Z'), activity, { title: 'Le sien' })
    expect(first.ok).toBe(true)
    const late = await save(at(ctx, '2022-11-24T09:06:00Z'), activity, { title: 'Le mien' })
    expect(late).toMatchObject({
      ok: false,
      error: { type: 'changed-since', by: 'Camille Essai', fields: { title: ['Activité d’essai', 'Le sien'] } },
    })
    expect(await readActivity(ctx, activity.id)).toMatchObject({ title: 'Le sien' })
  }))

test('ce qui précède la version lue n’est pas donné pour un changement, si long que soit l’enregistrement', () =>
  inSandbox(async (ctx) => {
    let tick = ctx.now().getTime()
    const slow = { ...ctx, now: () => new Date((tick += 7)) }
    const activity = await makeActivity(ctx)
    const seen = await save(slow, activity, { title: 'Déjà lu' })
    if (!seen.ok) throw new Error(seen.error.type)
    await save(slow, seen.value, { title: 'Déjà lu', place: 'Lunel' })
    expect(await save(slow, seen.value, { title: 'Le mien' })).toMatchObject({
      error: { type: 'changed-since', fields: { place: [activity.place, 'Lunel'] } },
    })
    const refused = await save(slow, seen.value, { title: 'Le mien' })
    expect(!refused.ok && refused.error.type === 'changed-since' && Object.keys(refused.error.fields)).toEqual([
      'place',
    ])
  }))

test('deux changements dans la même milliseconde sont deux versions', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    await save(ctx, activity, { title: 'Le sien' })
    expect(await save(ctx, activity, { title: 'Le mien' })).toMatchObject({
      ok: false,
      error: { type: 'changed-since' },
    })
  }))

test('l’adresse suit le titre et la date d’un brouillon, jamais ceux d’une activité publiée', () =>
  inSandbox(async (ctx) => {
    const draft = await makeActivity(ctx, { status: 'draft', publishedAt: null })
    expect(await save(ctx, draft, { title: 'Parler d’école' })).toMatchObject({
      value: { slug: 'parler-d-ecole-2022-12-08' },
    })
    const published = await makeActivity(ctx)
    expect(await save(ctx, published, { title: 'Autre titre' })).toMatchObject({ value: { slug: published.slug } })
  }))

test('des séances qui se chevauchent sont refusées à la ligne, celles qui se touchent sont acceptées', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    const touching = [
      { day: '2022-12-08', start: '14:00', end: '17:00' },
      { day: '2022-12-08', start: '09:00', end: '14:00' },
    ]
    expect((await save(ctx, activity, { sessions: touching })).ok).toBe(true)
    const overlapping = [...touching, { day: '2022-12-08', start: '13:30', end: '13:45' }]
    const { updatedAt } = (await readActivity(ctx, activity.id))!
    expect(await save(ctx, { ...activity, updatedAt }, { sessions: overlapping })).toEqual({
      ok: false,
      error: { type: 'sessions', problems: [{ type: 'overlaps', index: 2, other: 1 }] },
    })
    expect((await readActivity(ctx, activity.id))!.sessions).toHaveLength(2)
  }))

test('une séance déplacée reste la même séance', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    const [before] = (await readActivity(ctx, activity.id))!.sessions
    await save(ctx, activity, { sessions: [{ id: before!.id, day: '2022-12-10', start: '09:30', end: '17:00' }] })
    const after = (await readActivity(ctx, activity.id))!
    expect(after.sessions.map(({ id }) => id)).toEqual([before!.id])
    expect(after.halfDays).toBe(2)
  }))

test('une activité publiée garde au moins une séance', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    expect(await save(ctx, activity, { sessions: [] })).toEqual({
      ok: false,
      error: { type: 'published-without-session' },
    })
  }))

test('un partenaire inconnu est refusé, ajouté si on le demande, jamais deux fois', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    const stranger = { organisationName: 'Les Amis du quartier', part: '' }
    expect(await save(ctx, activity, { title: 'Autre', partners: [stranger] })).toEqual({
      ok: false,
      error: { type: 'unknown-partner', index: 0, name: 'Les Amis du quartier' },
    })
    expect((await readActivity(ctx, activity.id))!.title).toBe(activity.title)
    expect((await save(ctx, activity, { partners: [{ ...stranger, addIt: 'oui' }] })).ok).toBe(true)
    const { updatedAt, partners } = (await readActivity(ctx, activity.id))!
    expect(partners).toMatchObject([{ name: 'Les Amis du quartier' }])
    expect(await save(ctx, { ...activity, updatedAt }, { partners: [stranger, stranger] })).toEqual({
      ok: false,
      error: { type: 'partner-twice', index: 1 },
    })
  }))

test('un mot retiré du vocabulaire reste là où il était, et ne se choisit plus ailleurs', () =>
  inSandbox(async (ctx) => {
    const had = await makeActivity(ctx, { mainThemeId: 'theme:culture' })
    const hadNot = await makeActivity(ctx)
    await ctx.db.execute(sql`update platform.term set retired_at = now() where id = 'theme:culture'`)
    expect((await save(ctx, had, { mainThemeId: 'theme:culture', title: 'Autre' })).ok).toBe(true)
    expect(await save(ctx, hadNot, { mainThemeId: 'theme:culture' })).toEqual({
      ok: false,
      error: { type: 'unknown-choice', field: 'mainThemeId' },
    })
  }))

test.each<[sentence: string, field: string, typed: Record<string, unknown>]>([
  ['1 au moins.', 'capacityOnsite', { capacityOnsite: '-5' }],
  ['100000 au plus.', 'capacityRemote', { capacityRemote: '99999999' }],
  ['Donnez un nombre entier.', 'capacityOnsite', { capacityOnsite: 'beaucoup' }],
  ['Ce texte est trop long (200 caractères au plus).', 'place', { place: 'a'.repeat(10_000) }],
  ['Ce texte est trop long (10000 caractères au plus).', 'description', { description: 'a'.repeat(10_001) }],
  ['Dites qui peut voir cette activité.', 'visibility', { visibility: 'tout le monde' }],
  [
    'Cette date n’existe pas. Exemple\u202f: 24/11/2022 à 9 h 30.',
    'registrationClosesAt',
    { registrationClosesAt: '31/02/2022 à 9 h' },
  ],
  [
    'Cette date n’existe pas. Exemple\u202f: 24/11/2022.',
    'sessions.1.day',
    {
      sessions: [
        { day: '2022-12-08', start: '09:30', end: '12:30' },
        { day: '31/02/2022', start: '09:30', end: '12:30' },
      ],
    },
  ],
])('« %s » se lit au champ %s', (sentence, field, typed) => {
  expect(errorsFor(typed)).toEqual({ [field]: [sentence] })
})

test('qui ne fait que lire ne change rien, et une activité inconnue ne se change pas', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    expect(await save(asRole(ctx, 'gestion'), activity)).toEqual({ ok: false, error: { type: 'not-allowed' } })
    expect(await save(ctx, { ...activity, id: crypto.randomUUID() })).toEqual({
      ok: false,
      error: { type: 'not-found' },
    })
    const [same] = await ctx.db.select().from(activities).where(eq(activities.id, activity.id))
    expect(same).toEqual(activity)
  }))
