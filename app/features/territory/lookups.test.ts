import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { inSandbox, NOW } from '#tests/context.ts'
import { ancestorsOf, descendantsOf, loadTerritories, territoriesByIds } from './index.server.ts'

const ONLY = { only: ['30', '34', '48'] }
const DAY = '2022-06-01'

test('on remonte d’un quartier à sa région et l’on redescend, à la date demandée', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, ONLY)
    expect((await ancestorsOf(db, 'qpv-QP034017', DAY)).sort()).toEqual([
      'com-34301',
      'cv-CV111',
      'dep-34',
      'epci-200066355',
      'reg-76',
    ])
    expect(await ancestorsOf(db, 'qpv-QP034017', '2015-06-01')).toContain('epci-243400827')
    expect(await descendantsOf(db, 'dep-34', DAY)).toContain('qpv-QP034017')
    expect(await descendantsOf(db, 'reg-76', DAY)).toContain('qpv-QP034017')
    // the list of 2015 ended with the year 2023
    expect(await ancestorsOf(db, 'qpv-QP034017', '2024-06-01')).toEqual([])
    expect(await descendantsOf(db, 'dep-34', '2024-06-01')).not.toContain('qpv-QP034017')
  }))

test('une commune ne prend pas le second département de son EPCI, ni un département les communes du voisin', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, ONLY)
    const { rows } = await db.execute<{ commune: string; own: string }>(sql`
      select l.child_id as commune, c.departement_code as own from territory.link l
      join territory.territory c on c.id = l.child_id and c.kind = 'commune'
      join territory.territory e on e.id = l.parent_id and e.kind = 'epci' and e.departement_code <> c.departement_code`)
    expect(rows.length).toBeGreaterThan(0)
    for (const { commune, own } of rows.slice(0, 5)) {
      const above = await ancestorsOf(db, commune, DAY)
      expect(above.filter((id) => id.startsWith('dep-'))).toEqual([`dep-${own}`])
      for (const code of ['30', '34', '48'])
        expect((await descendantsOf(db, `dep-${code}`, DAY)).includes(commune)).toBe(code === own)
    }
  }))

test('ce qui est au-dessus contient toujours ce qui est au-dessous', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, ONLY)
    const { rows } = await db.execute<{ id: string }>(
      sql`select id from territory.territory where kind in ('qpv', 'contrat-de-ville') or id like 'com-3400%' order by id`,
    )
    const below = new Map<string, string[]>()
    for (const { id } of rows.filter((_, i) => i % 6 === 0)) {
      for (const above of await ancestorsOf(db, id, DAY)) {
        if (!below.has(above)) below.set(above, await descendantsOf(db, above, DAY))
        expect(below.get(above)).toContain(id)
      }
    }
    expect(below.size).toBeGreaterThan(8)
  }))

test('sans date, on trouve tout ce qui y fut, jusque dans l’EPCI auquel celui-ci a succédé', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, ONLY)
    const ever = await descendantsOf(db, 'epci-200066918')
    expect(ever).toEqual(expect.arrayContaining(['epci-200035152', 'epci-243000551', 'cv-CV096', 'qpv-QP030017']))
    expect(ever).not.toContain('epci-200066918')
  }))

test('des identifiants donnent leurs territoires, sans ceux qui n’existent pas', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, ONLY)
    expect(await territoriesByIds(db, ['dep-34', 'dep-inconnu'])).toMatchObject([{ id: 'dep-34', name: 'Hérault' }])
    expect(await territoriesByIds(db, [])).toEqual([])
  }))
