import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { type ListState, parseListParams } from '#app/platform/list-params.ts'
import { asRole, asVisitor, inSandbox } from '#tests/context.ts'
import { addOrganisation } from './add-organisation.server.ts'
import { addPerson } from './add-person.server.ts'
import { recordConsents } from './consents.server.ts'
import { addedPerson, someOrganisation, somePerson } from './fixtures.ts'
import { mergePeople } from './merge-people.server.ts'
import { exportOrganisations, listOrganisations, organisationsRules } from './organisations-list.server.ts'
import { directoryPanels } from './panels.server.ts'
import { exportPeople, listPeople, peopleRules } from './people-list.server.ts'

let ids: Record<string, string> = {}
beforeEach(() => {
  ids = {}
})

/** Two départements, a commune, an EPCI that holds it. */
async function ground(ctx: AppContext) {
  await ctx.db.execute(
    sql`insert into territory.vintage (id, source, attribution, year, loaded_at) values ('essai', 'essai', 'essai', 2020, now())`,
  )
  await ctx.db.execute(sql`insert into territory.territory (id, kind, code, name, departement_code, vintage_id) values
    ('dep-34', 'departement', '34', 'Hérault', null, 'essai'), ('dep-30', 'departement', '30', 'Gard', null, 'essai'),
    ('com-34145', 'commune', '34145', 'Lunel', '34', 'essai'), ('epci-1', 'epci', '1', 'Lunel Agglo', '34', 'essai')`)
  await ctx.db.execute(
    sql`insert into territory.link (child_id, parent_id, valid_from, vintage_id) values ('com-34145', 'epci-1', '2020-01-01', 'essai')`,
  )
}

async function seeded(ctx: AppContext) {
  await ground(ctx)
  const organisation = async (said: Parameters<typeof someOrganisation>[0]) => {
    const added = await addOrganisation(ctx, someOrganisation({ confirmed: true, ...said }))
    return added.ok ? added.value.id : ''
  }
  const person = async (familyName: string, said: Parameters<typeof somePerson>[0]) => {
    const added = await addPerson(ctx, somePerson({ confirmed: true, familyName, ...said }))
    ids[familyName] = added.ok ? added.value.id : ''
  }
  ids.lunel = await organisation({
    name: 'Ville de Lunel',
    kindId: 'organisation:commune',
    territoryId: 'com-34145',
    email: 'mairie@lunel.fr',
  })
  ids.passerelles = await organisation({
    name: 'Les Passerelles',
    kindId: 'organisation:association',
    departementId: 'dep-30',
  })
  await person('Arnaud', { email: 'arnaud@lunel.fr', organisationId: ids.lunel, profileId: 'profil:elu' })
  await person('Benoît', { departementId: 'dep-30', organisationId: ids.passerelles, profileId: 'profil:association' })
  await person('Carrère', {
    email: 'c@exemple.fr',
    organisationId: ids.lunel,
    profileId: 'profil:agent-collectivite',
    validTo: '2020-12-31',
  })
  const yes = { purpose: 'newsletter', given: true, how: 'paper', wording: 'Oui.' } as const
  await recordConsents(ctx.db, ctx, ids.Arnaud!, [yes])
  await recordConsents(ctx.db, ctx, ids.Carrère!, [yes])
  await recordConsents(ctx.db, { ...ctx, now: () => new Date('2022-12-01') }, ids.Carrère!, [{ ...yes, given: false }])
}

async function stateOf(
  ctx: AppContext,
  query: string,
  rules: typeof peopleRules | typeof organisationsRules,
): Promise<ListState> {
  const state = parseListParams(new URLSearchParams(query), (await rules(ctx)).rules)
  if (!state.ok) throw new Error(state.error.type)
  return state.value
}

const people = async (ctx: AppContext, query = '') => {
  const found = await listPeople(ctx, await stateOf(ctx, query, peopleRules))
  if (!found.ok) throw new Error(found.error.type)
  return found.value
}
const names = async (ctx: AppContext, query = '') => (await people(ctx, query)).rows.map((row) => row.familyName)
const organisations = async (ctx: AppContext, query = '') => {
  const found = await listOrganisations(ctx, await stateOf(ctx, query, organisationsRules))
  if (!found.ok) throw new Error(found.error.type)
  return found.value.rows.map((row) => row.name)
}

describe('la liste des personnes', () => {
  test('se filtre par profil, département, type d’organisation, consentement et adresse', () =>
    inSandbox(async (ctx) => {
      await seeded(ctx)
      expect(await names(ctx)).toEqual(['Arnaud', 'Benoît', 'Carrère'])
      expect(await names(ctx, 'famille=profil:elus')).toEqual(['Arnaud'])
      expect(await names(ctx, 'famille=profil:collectivites')).toEqual([])
      expect(await names(ctx, 'departement=dep-34')).toEqual(['Arnaud'])
      expect(await names(ctx, 'departement=dep-30')).toEqual(['Benoît'])
      expect(await names(ctx, 'type=organisation:commune')).toEqual(['Arnaud'])
      expect(await names(ctx, 'consentement=newsletter')).toEqual(['Arnaud'])
      expect(await names(ctx, 'adresse=sans')).toEqual(['Benoît'])
      expect(
        await names(ctx, 'adresse=avec&departement=dep-34&famille=profil:elus&consentement=newsletter&q=lunel'),
      ).toEqual(['Arnaud'])
    }))

  test('se cherche par le nom, l’organisation, et dit quand elle ne montre que ce qui ressemble', () =>
    inSandbox(async (ctx) => {
      await seeded(ctx)
      expect(await names(ctx, 'q=benoit')).toEqual(['Benoît'])
      expect(await names(ctx, 'q=ville+de+lunel')).toEqual(['Arnaud', 'Carrère'])
      expect(await people(ctx, 'q=arnuad')).toMatchObject({ near: true, rows: [{ familyName: 'Arnaud' }] })
      expect(await people(ctx, 'q=zzzz')).toMatchObject({ near: false, total: 0 })
      expect(await people(ctx, 'q=%25_%27')).toMatchObject({ near: false, total: 0 })
    }))

  test('montre la situation d’aujourd’hui et les consentements qui comptent', () =>
    inSandbox(async (ctx) => {
      await seeded(ctx)
      const { rows } = await people(ctx, 'tri=nom&ordre=desc')
      expect(rows.map((row) => [row.familyName, row.organisation, row.profile, row.departement, row.consents])).toEqual(
        [
          ['Carrère', 'Ville de Lunel', 'Agent·e de collectivité', 'Hérault', []],
          ['Benoît', 'Les Passerelles', 'Association', 'Gard', []],
          ['Arnaud', 'Ville de Lunel', 'Élu·e', 'Hérault', ['newsletter']],
        ],
      )
    }))

  test('une personne fusionnée n’y est plus, mais ce qu’elle portait compte', () =>
    inSandbox(async (ctx) => {
      await seeded(ctx)
      await mergePeople(ctx, { keptId: ids.Benoît!, droppedId: ids.Arnaud! })
      expect(await names(ctx)).toEqual(['Benoît', 'Carrère'])
      for (const query of ['famille=profil:elus', 'consentement=newsletter', 'q=arnaud', 'departement=dep-34'])
        expect([query, await names(ctx, query)]).toEqual([query, ['Benoît']])
    }))

  test('une page ou un filtre inconnus sont refusés', () =>
    inSandbox(async (ctx) => {
      await seeded(ctx)
      expect(await listPeople(ctx, await stateOf(ctx, 'page=2', peopleRules))).toMatchObject({
        ok: false,
        error: { type: 'page-out-of-range' },
      })
      const { rules } = await peopleRules(ctx)
      for (const query of ['departement=dep-99', 'tri=telephone', 'consentement=tout', 'page=0'])
        expect(parseListParams(new URLSearchParams(query), rules).ok).toBe(false)
    }))

  test('s’exporte entière selon le rôle, et l’export est gardé au journal', () =>
    inSandbox(async (ctx) => {
      await seeded(ctx)
      const state = await stateOf(ctx, 'consentement=newsletter', peopleRules)
      for (const other of [asVisitor(ctx), asRole(ctx, 'lecture')]) {
        expect(await exportPeople(other, state, 'csv')).toEqual({ ok: false, error: { type: 'not-allowed' } })
        expect(await exportOrganisations(other, state, 'csv')).toEqual({ ok: false, error: { type: 'not-allowed' } })
      }
      expect(await listPeople(asVisitor(ctx), state)).toEqual({ ok: false, error: { type: 'not-allowed' } })
      expect(await listOrganisations(asVisitor(ctx), state)).toEqual({ ok: false, error: { type: 'not-allowed' } })
      expect(await exportPeople(asRole(ctx, 'gestion'), state, 'csv')).toMatchObject({
        ok: true,
        value: [{ familyName: 'Arnaud' }],
      })
      const { rows } = await ctx.db.execute(
        sql`select fields from platform.change where action = 'directory.people-exported'`,
      )
      expect(rows).toEqual([
        { fields: { rows: [null, 1], format: [null, 'csv'], filters: [null, ['consentement=newsletter']] } },
      ])
    }))
})

test('la liste des organisations se filtre, se cherche et compte ses personnes d’aujourd’hui', () =>
  inSandbox(async (ctx) => {
    await seeded(ctx)
    expect(await organisations(ctx)).toEqual(['Les Passerelles', 'Ville de Lunel'])
    expect(await organisations(ctx, 'type=organisation:commune')).toEqual(['Ville de Lunel'])
    expect(await organisations(ctx, 'departement=dep-34&adresse=avec')).toEqual(['Ville de Lunel'])
    expect(await organisations(ctx, 'q=paserelles')).toEqual(['Les Passerelles'])
    const all = await exportOrganisations(
      ctx,
      await stateOf(ctx, 'tri=personnes&ordre=desc', organisationsRules),
      'xlsx',
    )
    expect(all.ok && all.value.map((row) => [row.name, row.people, row.place, row.departement])).toEqual([
      ['Les Passerelles', 1, null, 'Gard'],
      ['Ville de Lunel', 1, 'Lunel', 'Hérault'],
    ])
  }))

test('la page d’un territoire montre les organisations et les personnes de ce territoire et de ceux qu’il contient', () =>
  inSandbox(async (ctx) => {
    await seeded(ctx)
    const seen = async (id: string) => {
      const panels = await Promise.all(directoryPanels.map(({ load }) => load(ctx, id)))
      return panels.map((panel) => panel?.items.map(({ label }) => label))
    }
    for (const id of ['com-34145', 'epci-1', 'dep-34'])
      expect(await seen(id)).toEqual([['Ville de Lunel'], ['Amina Arnaud']])
    expect(await seen('dep-30')).toEqual([['Les Passerelles'], ['Amina Benoît']])
    for (const { load } of directoryPanels) expect(await load(asVisitor(ctx), 'dep-34')).toBeNull()
  }))

test('la liste des personnes se trie par organisation ; qui n’en a pas vient à la fin, dans les deux sens', () =>
  inSandbox(async (ctx) => {
    await addedPerson(ctx, { familyName: 'Sans' })
    await addedPerson(ctx, { familyName: 'Zoé', organisationName: 'Écho' })
    await addedPerson(ctx, { familyName: 'Albin', organisationName: 'Écho' })
    await addedPerson(ctx, { familyName: 'Marc', organisationName: 'Zénith' })
    const names = async (direction: 'asc' | 'desc') => {
      const state = { page: 1, pageSize: 50, sort: { key: 'organisation', direction }, q: '', filters: {} }
      const found = await listPeople(ctx, state)
      return found.ok ? found.value.rows.map(({ familyName }) => familyName) : []
    }
    expect(await names('asc')).toEqual(['Albin', 'Zoé', 'Marc', 'Sans'])
    expect(await names('desc')).toEqual(['Marc', 'Albin', 'Zoé', 'Sans'])
  }))
