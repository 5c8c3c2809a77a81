import { expect, test } from 'vitest'
import { asVisitor, inSandbox, NOW } from '#tests/context.ts'
import { parseListParams } from '#app/platform/list-params.ts'
import { exportTerritories, listTerritories, territoryRules } from './list.server.ts'
import { loadTerritories } from './index.server.ts'
import { loadTerritory } from './record.server.ts'

const ONLY = { only: ['30', '34'] }

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

test('la fiche d’un territoire dit ce qui le contient, ce qu’il contient et depuis quand', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const gard = await loadTerritory(ctx, 'dep-30')
    expect(gard).toMatchObject({ territory: { name: 'Gard' }, urbanPolicy: { qpv: 18, contracts: 8 } })
    expect(gard!.children.filter(({ kind }) => kind === 'qpv')).toHaveLength(18)
    const ales = await loadTerritory(ctx, 'epci-200066918')
    expect(ales!.successions.map(({ id, way }) => [id, way])).toEqual(
      expect.arrayContaining([['epci-200035152', 'former']]),
    )
    expect(await loadTerritory(ctx, 'dep-99')).toBeNull()
    expect(await loadTerritory(asVisitor(ctx), 'dep-30')).toBeNull()
  }))
