import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { parseListParams } from '#app/platform/list-params.ts'
import { asRole, asVisitor, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makeOrganisation, makePerson, makeTerritory } from '../fixtures.ts'
import { activityPartners, activityTerritories, activityThemes, speakers } from '../schema.server.ts'
import { activityHead } from './activity-head.server.ts'
import { habitsOf, usualKinds } from './form-options.server.ts'
import { historyOf } from './history.server.ts'
import { listActivities, listChoices, listRules } from './list.server.ts'
import { overrideHalfDays } from './override-half-days.server.ts'
import { recordPanels } from './panels.server.ts'
import { readActivity } from './record.server.ts'
import { type RemainingFacts, remainingTasks } from './remaining.ts'
import { searchActivities } from './search.server.ts'

const session = (day: string) => [{ startsAt: new Date(`${day}T09:00:00Z`), endsAt: new Date(`${day}T11:00:00Z`) }]

async function titles(ctx: AppContext, query = ''): Promise<string[] | string> {
  const state = parseListParams(new URLSearchParams(query), listRules(await listChoices(ctx)))
  if (!state.ok) return state.error.type
  const list = await listActivities(ctx, state.value)
  return list?.ok ? list.value.rows.map(({ title }) => title) : 'refused'
}

async function threeActivities(ctx: AppContext) {
  const lead = await makePerson(ctx, { givenName: 'Nadia', familyName: 'Roux' })
  await makeTerritory(ctx, { id: 'dep-34', kind: 'departement', name: 'Hérault', departementCode: '34' })
  await makeActivity(ctx, {
    title: 'Séminaire santé',
    sessions: session('2021-03-10'),
    leadPersonId: lead,
    departementId: 'dep-34',
  })
  const { id } = await makeActivity(ctx, {
    title: 'Webinaire égalité',
    kindId: 'activite:webinaire',
    mode: 'distanciel',
    mainThemeId: 'theme:egalite-femmes-hommes',
    sessions: session('2022-05-12'),
  })
  await makeActivity(ctx, { title: 'Brouillon', status: 'draft', sessions: [], role: 'partenaire', scale: 'local' })
  await ctx.db.insert(activityThemes).values({ activityId: id, themeId: 'theme:culture' })
  return { lead, id }
}

test('la liste se filtre, se cherche, se trie ; sans date en tête, la plus récente ensuite', () =>
  inSandbox(async (ctx) => {
    const { lead } = await threeActivities(ctx)
    expect(await titles(ctx)).toEqual(['Brouillon', 'Webinaire égalité', 'Séminaire santé'])
    expect(await titles(ctx, 'tri=titre')).toEqual(['Brouillon', 'Séminaire santé', 'Webinaire égalité'])
    expect(await titles(ctx, 'annee=2022')).toEqual(['Webinaire égalité'])
    expect(await titles(ctx, 'type=activite:webinaire')).toEqual(['Webinaire égalité'])
    expect(await titles(ctx, 'theme=theme:culture')).toEqual(['Webinaire égalité'])
    expect(await titles(ctx, 'format=distanciel')).toEqual(['Webinaire égalité'])
    expect(await titles(ctx, 'role=partenaire&echelle=local&etat=draft')).toEqual(['Brouillon'])
    expect(await titles(ctx, 'departement=dep-34')).toEqual(['Séminaire santé'])
    expect(await titles(ctx, `responsable=${lead}`)).toEqual(['Séminaire santé'])
    expect(await titles(ctx, 'q=egalite webinair')).toEqual(['Webinaire égalité'])
    expect(await titles(ctx, 'q=webinnaire')).toEqual(['Webinaire égalité'])
    expect(await titles(ctx, 'q=%25')).toEqual([])
    expect(await titles(ctx, 'annee=1850')).toBe('unknown-filter')
    expect(await titles(ctx, 'page=12')).toBe('refused')
  }))

test('une année est celle de Paris : le réveillon commencé à 23 h 30 à Greenwich est de l’année suivante', () =>
  inSandbox(async (ctx) => {
    await makeActivity(ctx, {
      title: 'Minuit',
      sessions: [{ startsAt: new Date('2021-12-31T23:30:00Z'), endsAt: new Date('2022-01-01T01:00:00Z') }],
    })
    await makeActivity(ctx, { title: 'Avant', sessions: session('2021-06-01') })
    expect(await titles(ctx, 'annee=2022')).toEqual(['Minuit'])
    expect(await titles(ctx, 'annee=2021')).toEqual(['Avant'])
  }))

test('la liste compte les inscrits et les présents, ni la liste d’attente ni les désistements', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    for (const status of ['present', 'registered', 'excused', 'waitlisted', 'cancelled'] as const)
      await makeAttendance(ctx, { activityId: id, status })
    const state = parseListParams(new URLSearchParams(), listRules(await listChoices(ctx)))
    const list = state.ok ? await listActivities(ctx, state.value) : null
    expect(list).toMatchObject({ ok: true, value: { total: 1, rows: [{ registered: 3, present: 1 }] } })
  }))

test('la recherche trouve un titre malgré les accents et les fautes, et donne où il mène', () =>
  inSandbox(async (ctx) => {
    const { id } = await threeActivities(ctx)
    expect(await searchActivities(ctx, 'EGALITÉ', 5)).toEqual([
      { id, label: 'Webinaire égalité', detail: 'Webinaire · 12\u00a0mai 2022', href: `/bureau/activites/${id}` },
    ])
    expect(await searchActivities(ctx, 'webinere egalite', 5)).toMatchObject([{ id }])
    expect(await searchActivities(ctx, '%', 5)).toEqual([])
  }))

test('le public ne lit rien du bureau', () =>
  inSandbox(async (ctx) => {
    const { id } = await threeActivities(ctx)
    const visitor = asVisitor(ctx)
    expect(await titles(visitor)).toBe('refused')
    expect(await searchActivities(visitor, 'égalité', 5)).toEqual([])
    expect(await readActivity(visitor, id)).toBeNull()
    expect(await activityHead(visitor, id)).toBeNull()
    expect(await historyOf(visitor, id)).toBeNull()
    for (const panel of recordPanels) expect(await panel.load(visitor, id)).toBeNull()
  }))

const panel = async (ctx: AppContext, key: string, id: string) => {
  const loaded = await Promise.all(
    recordPanels
      .filter(({ entity }) =>
        id.includes('-') && /^(dep|com|epci)-/.test(id) ? entity === 'territory' : entity !== 'territory',
      )
      .map(({ load }) => load(ctx, id)),
  )
  return loaded.find((one) => one?.key === key)?.items.map(({ label, detail }) => [label, detail])
}

test('la fiche d’une personne montre ses interventions et ce dont elle est responsable, fiches fusionnées comprises', () =>
  inSandbox(async (ctx) => {
    const { lead, id } = await threeActivities(ctx)
    const double = await makePerson(ctx)
    await ctx.db
      .insert(speakers)
      .values({ activityId: id, position: 0, personId: double, name: 'N. Roux', function: 'Directrice' })
    await ctx.db.execute(sql`update directory.person set merged_into_id = ${lead} where id = ${double}`)
    expect(await panel(ctx, 'interventions', lead)).toEqual([['Webinaire égalité', 'Webinaire · Directrice']])
    expect(await panel(ctx, 'responsable', lead)).toEqual([['Séminaire santé', 'Séminaire']])
    expect(await panel(ctx, 'responsable', double)).toEqual([['Séminaire santé', 'Séminaire']])
  }))

test('la fiche d’une organisation montre ses partenariats', () =>
  inSandbox(async (ctx) => {
    const { id } = await threeActivities(ctx)
    const organisationId = await makeOrganisation(ctx)
    await ctx.db.insert(activityPartners).values({ activityId: id, organisationId, part: 'Accueil' })
    expect(await panel(ctx, 'partenariats', organisationId)).toEqual([['Webinaire égalité', 'Webinaire · Accueil']])
  }))

test('un territoire se souvient de ce qui s’est fait chez lui et dans ses communes', () =>
  inSandbox(async (ctx) => {
    const { id } = await threeActivities(ctx)
    await makeTerritory(ctx, { id: 'com-34145', kind: 'commune', name: 'Lunel', departementCode: '34' })
    await ctx.db.execute(sql`insert into territory.link (child_id, parent_id, valid_from, vintage_id)
      values ('com-34145', 'dep-34', '2020-01-01', 'essai')`)
    await ctx.db.insert(activityTerritories).values({ activityId: id, territoryId: 'com-34145' })
    expect(await panel(ctx, 'activites', 'com-34145')).toEqual([['Webinaire égalité', 'Webinaire']])
    expect(await panel(ctx, 'activites', 'dep-34')).toEqual([
      ['Webinaire égalité', 'Webinaire · Lunel'],
      ['Séminaire santé', 'Séminaire'],
    ])
  }))

test('l’historique dit en français qui a changé quoi', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    await overrideHalfDays(
      asRole(ctx, 'direction'),
      { activityId: id, version: null },
      { halfDays: 3, reason: 'Préparation' },
    )
    expect(await historyOf(ctx, id)).toMatchObject([
      {
        who: 'Camille Essai',
        what: 'Demi-journées remplacées',
        changes: [
          { field: 'Demi-journées', before: '', after: '3' },
          { field: 'Motif du remplacement', before: '', after: 'Préparation' },
        ],
      },
    ])
  }))

test('le formulaire court reprend les habitudes du dernier de ce type', () =>
  inSandbox(async (ctx) => {
    await makeActivity(ctx, { role: 'partenaire', place: 'Lunel', createdAt: new Date('2022-01-01') })
    await makeActivity(ctx, { kindId: 'activite:webinaire', mode: 'distanciel', createdAt: new Date('2022-02-01') })
    expect(await habitsOf(ctx, 'activite:seminaire')).toMatchObject({
      role: 'partenaire',
      place: 'Lunel',
      start: '09:30',
      end: '12:30',
    })
    expect(await habitsOf(ctx, null)).toMatchObject({ kindId: 'activite:webinaire', mode: 'distanciel' })
    expect(await habitsOf(ctx, 'activite:formation')).toMatchObject({
      kindId: 'activite:formation',
      mode: 'presentiel',
    })
    expect((await usualKinds(ctx)).slice(0, 2).map(({ value }) => value)).toEqual([
      'activite:seminaire',
      'activite:webinaire',
    ])
  }))

test('ce qui reste à faire se dit dans l’ordre où cela presse', () => {
  const facts: RemainingFacts = {
    status: 'published',
    mode: 'hybride',
    startsAt: new Date('2022-12-08T08:30:00Z'),
    endsAt: new Date('2022-12-08T11:30:00Z'),
    place: null,
    remoteLink: null,
    mainThemeId: 'theme:culture',
    leadPersonId: 'x',
    toTick: 0,
    present: 0,
    unidentifiedCount: 0,
  }
  const keys = (more: Partial<RemainingFacts>, now = '2022-11-24') =>
    remainingTasks({ ...facts, ...more }, new Date(now)).map(({ key }) => key)
  expect(keys({})).toEqual(['place', 'link'])
  expect(
    keys({
      status: 'draft',
      startsAt: null,
      endsAt: null,
      mode: 'presentiel',
      place: 'Ici',
      mainThemeId: null,
      leadPersonId: null,
    }),
  ).toEqual(['session', 'publish', 'theme', 'lead'])
  expect(keys({ toTick: 3 }, '2022-12-09')).toEqual(['tick'])
  expect(keys({}, '2022-12-09')).toEqual(['nobody'])
  expect(keys({ unidentifiedCount: 12 }, '2022-12-09')).toEqual([])
  expect(keys({ status: 'cancelled', mainThemeId: null })).toEqual([])
})
