import { expect, test } from 'vitest'
import fc from 'fast-check'
import { asRole, asVisitor, inSandbox, NOW } from '#tests/context.ts'
import { departementOptions, loadTerritories, searchTerritories } from './index.server.ts'
import { writeSetting } from '#app/platform/settings.server.ts'

const ONLY = { only: ['30', '34'] }
const labels = (found: { label: string }[]) => found.map(({ label }) => label)

test('un territoire se trouve sans accent, avec une faute, par son code ou son ancien nom', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const first = async (text: string) => labels(await searchTerritories(ctx, text, 5))[0]
    expect(await first('nimes')).toBe('Nîmes')
    expect(await first('Montpelier')).toMatch(/^Montpellier/)
    expect(await first('34172')).toBe('Montpellier')
    expect(await first('herault')).toBe('Hérault')
    expect(await first('QP034001')).toBeDefined()
    expect(labels(await searchTerritories(ctx, 'bassin de thau', 8))).toContain('CA du Bassin de Thau')
    expect(await first('pays de lunel')).toMatch(/Lunel Agglo/i)
    expect(await searchTerritories(ctx, 'zzzzzz', 5)).toEqual([])
  }))

test('la recherche respecte la nature demandée et les droits', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const found = await searchTerritories(asRole(ctx, 'lecture'), 'nimes', 50, ['qpv', 'contrat-de-ville'])
    expect(found.every(({ id }) => /^(qpv|cv)-/.test(id))).toBe(true)
    expect(await searchTerritories(asVisitor(ctx), 'nimes', 5)).toEqual([])
  }))

test('le périmètre du centre passe devant, et un quartier se reconnaît à sa commune', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    const first = async (text: string) => (await searchTerritories(ctx, text, 5))[0]
    await writeSetting(ctx.db, 'centre', { departements: ['30'] }, NOW)
    expect(await first('saint')).toMatchObject({ detail: expect.stringMatching(/30/) })
    expect(await first('perpignon')).toBeUndefined()
    expect(await first('Montpelier')).toMatchObject({ label: expect.stringMatching(/^Montpellier/) })
    expect(await first('centre peripherie lunel')).toMatchObject({ id: 'qpv-QP034021', detail: 'QPV, Lunel (34)' })
    expect(await first('centre ville')).toMatchObject({ detail: expect.stringMatching(/^QPV, .+ \(30\)$/) })
    expect((await searchTerritories(ctx, 'thau', 20)).map(({ id, detail }) => [id, detail])).toContainEqual([
      'epci-243400827',
      'EPCI, 34, jusqu’en 2016',
    ])
  }))

test('aucun texte ne fait échouer la recherche', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (text) => {
        expect((await searchTerritories(ctx, text, 3)).length).toBeLessThanOrEqual(3)
      }),
      { numRuns: 60, seed: 1 },
    )
  }))

test('les départements du centre viennent en tête', () =>
  inSandbox(async (ctx) => {
    await loadTerritories(ctx.db, NOW, ONLY)
    await writeSetting(ctx.db, 'centre', { departements: ['34', '30'] }, NOW)
    const options = await departementOptions(ctx)
    expect(options.slice(0, 3)).toEqual([
      { value: 'dep-30', label: '30 – Gard' },
      { value: 'dep-34', label: '34 – Hérault' },
      { value: 'dep-01', label: '01 – Ain' },
    ])
  }))
