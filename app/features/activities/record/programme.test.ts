import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeOrganisation, makePerson } from '../fixtures.ts'
import { programmeInput } from './inputs.server.ts'
import { programmeOf, setProgramme } from './set-programme.server.ts'

const set = (ctx: AppContext, activityId: string, typed: unknown) =>
  setProgramme(ctx, { activityId, version: null }, programmeInput.parse(typed))

test('un programme a ses moments dans l’ordre, ses intervenants trouvés ou écrits, et laisse une trace', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    const [personId, organisationId] = [
      await makePerson(ctx, { givenName: 'Inès', familyName: 'Bazin' }),
      await makeOrganisation(ctx, 'Ville de Lunel'),
    ]
    const saved = await set(ctx, id, {
      items: [
        { time: '9h30', title: 'Accueil' },
        { time: '10:00', title: 'Plénière', speakers: [{ personId, function: 'Maire adjointe', organisationId }] },
      ],
      speakers: [{ name: 'Paul Abel', organisationName: 'Indépendant' }],
    })
    expect(saved.ok).toBe(true)
    const { items, speakers } = await programmeOf(ctx.db, id)
    expect(items).toMatchObject([
      { title: 'Accueil', startsAt: new Date('2022-12-08T08:30:00Z') },
      { title: 'Plénière', startsAt: new Date('2022-12-08T09:00:00Z') },
    ])
    expect(speakers).toMatchObject([
      { name: 'Inès Bazin', personId, organisationName: 'Ville de Lunel', programmeItemId: items[1]!.id },
      { name: 'Paul Abel', personId: null, organisationName: 'Indépendant', programmeItemId: null },
    ])
    const [trace] = await changesOf(ctx.db, 'activity', id)
    expect(trace).toMatchObject({
      action: 'activities.programme-set',
      fields: { speakers: [[], ['Inès Bazin, Maire adjointe, Ville de Lunel', 'Paul Abel, Indépendant']] },
    })
  }))

test('un moment déplacé reste le même, un moment retiré laisse ses intervenants partir avec lui', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    await set(ctx, id, { items: [{ title: 'A', speakers: [{ name: 'Paul Abel' }] }, { title: 'B' }] })
    const before = await programmeOf(ctx.db, id)
    await set(ctx, id, { items: [{ id: before.items[1]!.id, title: 'B' }] })
    const after = await programmeOf(ctx.db, id)
    expect(after.items.map(({ id: item }) => item)).toEqual([before.items[1]!.id])
    expect(after.speakers).toEqual([])
  }))

test('le moment d’une autre activité n’est pas repris', () =>
  inSandbox(async (ctx) => {
    const [one, other] = [await makeActivity(ctx), await makeActivity(ctx)]
    await set(ctx, one.id, { items: [{ title: 'A' }] })
    const [item] = (await programmeOf(ctx.db, one.id)).items
    await set(ctx, other.id, { items: [{ id: item!.id, title: 'Volé' }] })
    expect((await programmeOf(ctx.db, one.id)).items).toMatchObject([{ title: 'A' }])
  }))

test.each<[what: string, typed: unknown, error: object]>([
  [
    'un moment hors des dates',
    { items: [{ day: '2023-01-01', time: '9h', title: 'A' }] },
    { type: 'moment-outside', path: 'items.0.day' },
  ],
  [
    'un intervenant sans nom',
    { items: [{ title: 'A', speakers: [{ function: 'Maire' }] }] },
    { type: 'speaker-without-name', path: 'items.0.speakers.0.name' },
  ],
  [
    'une personne inconnue',
    { speakers: [{ personId: crypto.randomUUID() }] },
    { type: 'unknown-person', path: 'speakers.0.name' },
  ],
  [
    'une organisation inconnue',
    { speakers: [{ name: 'Paul', organisationId: crypto.randomUUID() }] },
    { type: 'unknown-organisation', path: 'speakers.0.organisationName' },
  ],
])('%s se lit à sa ligne, et rien n’est écrit', (_, typed, error) =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    expect(await set(ctx, id, typed)).toEqual({ ok: false, error })
    expect(await programmeOf(ctx.db, id)).toEqual({ items: [], speakers: [] })
  }),
)

test('une heure sans date d’activité demande une date ; qui ne fait que lire ne change rien', () =>
  inSandbox(async (ctx) => {
    const undated = await makeActivity(ctx, { sessions: [] })
    expect(await set(ctx, undated.id, { items: [{ time: '9h', title: 'A' }] })).toMatchObject({
      error: { type: 'moment-without-day', path: 'items.0.time' },
    })
    expect(await set(asRole(ctx, 'lecture'), undated.id, {})).toEqual({ ok: false, error: { type: 'not-allowed' } })
  }))
