import { expect, test } from 'vitest'
import { asVisitor, inSandbox, NOW } from '#tests/context.ts'
import type { AppContext } from '#app/platform/context.ts'
import { parseListParams } from '#app/platform/list-params.ts'
import { writeSetting } from '#app/platform/settings.server.ts'
import { exportTerritories, listTerritories, territoryRules } from './list.server.ts'
import { loadTerritories } from './index.server.ts'
import { loadTerritory } from './record.server.ts'

const ONLY = { only: ['30', '34'] }

async function lister(ctx: AppContext) {
  const { rules } = await territoryRules(ctx)
  return async (query: string) => {
    const state = parseListParams(new URLSearchParams(query), rules)
    if (!state.ok) throw new Error(state.error.type)
    const found = await listTerritories(ctx, state.value)
    if (!found.ok) throw new Error(found.error.type)
    return found.value
  }
}

test('la liste filtre par nature et par département, compte les quartiers, et refuse ce qu’elle ne connaît pas', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const { rules } = await territoryRules(ctx)
    const list = async (query: string) => {
      const state = parseListParams(new URLSearchParams(query), rules)
      if (!state.ok) return state
      return listTerritories(ctx, state.value)
    }
    const contracts = await list('nature=contrat-de-ville&departement=dep-34&tri=quartiers&ordre=desc')
    expect(contracts).toMatchObject({ ok: true, value: { total: 7 } })
    const first = contracts.ok && 'rows' in contracts.value ? contracts.value.rows[0] : null
    expect(first).toMatchObject({ name: expect.stringContaining('Montpellier'), departement: '34 – Hérault' })
    expect(first!.qpv).toBeGreaterThan(8)
    expect(await list('nature=planete')).toMatchObject({ ok: false, error: { type: 'unknown-filter' } })
    expect(await list('page=999')).toMatchObject({ ok: false, error: { type: 'page-out-of-range' } })
    expect(await list('q=nimes')).toMatchObject({ ok: true })
    const state = parseListParams(new URLSearchParams('nature=qpv'), rules)
    expect(state.ok && (await exportTerritories(ctx, state.value))).toMatchObject({ ok: true })
    expect(state.ok && (await listTerritories(asVisitor(ctx), state.value))).toEqual({
      ok: false,
      error: { type: 'not-allowed' },
    })
    expect(state.ok && (await exportTerritories(asVisitor(ctx), state.value))).toEqual({
      ok: false,
      error: { type: 'not-allowed' },
    })
  }))

test('sans rien demander, la liste est celle du périmètre, du plus large au plus fin ; chercher en sort', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    await writeSetting(ctx.db, 'centre', { departements: ['34'] }, NOW)
    const list = await lister(ctx)
    const own = await list('')
    expect(own.ownPerimeter).toBe(true)
    expect(own.rows.slice(0, 2).map(({ id }) => id)).toEqual(['reg-76', 'dep-34'])
    expect(own.rows[1]).toMatchObject({ contracts: 7, qpv: 22, qpvResidents: 102_137 })
    // what was loaded for the tests: two départements of Occitanie
    expect(own.rows[0]).toMatchObject({ contracts: 15, qpv: 40 })
    expect(own.rows.some(({ kind }) => kind === 'commune')).toBe(false)
    expect((await list('q=ales')).rows.map(({ id }) => id)).toContain('epci-200066918')
    const france = await list('departement=tous')
    expect([france.ownPerimeter, france.rows.filter(({ kind }) => kind === 'region').length]).toEqual([false, 26])
  }))

test('la liste se limite à ce qui se trouve dans un territoire', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const list = await lister(ctx)
    const quarters = await list('dans=cv-CV096&nature=qpv')
    expect(quarters).toMatchObject({ total: 2, within: { title: 'Contrat de ville CC du Pays Grand Combien' } })
    expect((await list('dans=epci-inconnu')).total).toBe(0)
  }))

test('un ancien nom retrouve son EPCI dans la liste', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const found = await (await lister(ctx))('q=pays+de+lunel&nature=epci')
    expect(found.rows.map(({ name }) => name)).toEqual(['CA Lunel Agglo'])
  }))

test('chaque colonne trie, dans les deux sens', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const list = await lister(ctx)
    const { rules } = await territoryRules(ctx)
    for (const key of rules.sortable) {
      const [up, down] = [await list(`tri=${key}&ordre=asc`), await list(`tri=${key}&ordre=desc`)]
      expect(up.total).toBe(down.total)
    }
    const sorted = (await list('tri=quartiers&ordre=desc&nature=departement')).rows.map(({ qpv }) => qpv)
    expect(sorted.slice(0, 3)).toEqual([22, 18, 0])
  }))

test('la fiche d’un territoire dit ce qui le contient, ce qu’il contient, depuis quand et d’après qui', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const gard = await loadTerritory(ctx, 'dep-30')
    expect(gard).toMatchObject({ territory: { name: 'Gard' }, coverage: { qpv: 18, contracts: 8, communes: 350 } })
    expect(gard!.children.filter(({ kind }) => kind === 'qpv')).toHaveLength(18)
    expect(gard!.sources.map(({ source }) => source).sort()).toEqual([
      'Code officiel géographique',
      'Contrats de ville',
      'Quartiers prioritaires',
    ])
    expect(gard!.parents).toMatchObject([{ id: 'reg-76', fromUnknown: true, to: null, year: 2026 }])
    expect(await loadTerritory(ctx, 'dep-99')).toBeNull()
    expect(await loadTerritory(asVisitor(ctx), 'dep-30')).toBeNull()
  }))

test('la fiche d’un EPCI dit auxquels il a succédé, celle d’un contrat par quels EPCI il est passé', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const ales = await loadTerritory(ctx, 'epci-200066918')
    expect(ales!.successions.map(({ id, way }) => [id, way]).sort()).toEqual([
      ['epci-200035152', 'former'],
      ['epci-243000551', 'former'],
    ])
    const former = await loadTerritory(ctx, 'epci-200035152')
    expect(former).toMatchObject({ territory: { validTo: '2016-12-31' }, successions: [{ way: 'next' }] })
    const contract = await loadTerritory(ctx, 'cv-CV093')
    expect(contract!.parents.filter(({ kind }) => kind === 'epci').map(({ from, to }) => [from, to])).toEqual([
      ['2015-01-01', '2016-12-31'],
      ['2017-01-01', '2023-12-31'],
    ])
  }))
