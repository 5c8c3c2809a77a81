import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Database } from '#app/platform/database.server.ts'
import { inSandbox, NOW, withDatabase } from '#tests/context.ts'
import type { IncomingBatch } from './incoming.ts'
import { loadTerritories, loadVintage } from './load-territories.server.ts'

const EAST = ['11', '30', '34', '48', '66']

async function linksOf(db: Database, childId: string, kind: string) {
  const { rows } = await db.execute<{ parent: string; from: string; to: string | null }>(sql`
    select l.parent_id as parent, l.valid_from::text as from, l.valid_to::text as to
    from territory.link l join territory.territory p on p.id = l.parent_id
    where l.child_id = ${childId} and p.kind = ${kind} order by l.valid_from, l.parent_id`)
  return rows
}

async function countByKind(db: Database) {
  const { rows } = await db.execute<{ kind: string; n: number }>(
    sql`select kind, count(*)::int as n from territory.territory where vintage_id like 'cog%' or kind <> 'epci' group by kind`,
  )
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
}

test('tout le pays se charge, clefs et index remis, et la deuxième fois ne fait rien', { timeout: 120_000 }, () =>
  withDatabase(async ({ db }) => {
    const said: string[] = []
    const loaded = await loadTerritories(db, NOW, { say: (sentence) => said.push(sentence) })
    expect(loaded.map(({ id }) => id)).toEqual(['cog-2026', 'cv-2015', 'qpv-2015'])
    expect(said[0]).toMatch(/^Code officiel géographique 2026\u00a0: 36\u202f359 territoires, 71\u202f302 liens\.$/)
    expect(await countByKind(db)).toEqual({
      region: 26,
      departement: 109,
      epci: 1255,
      commune: 34_969,
      'contrat-de-ville': 39,
      qpv: 105,
    })
    expect(await loadTerritories(db, NOW)).toEqual([])
    await expect(
      db.execute(sql`insert into territory.link (child_id, parent_id, valid_from, vintage_id)
        values ('com-34172', 'epci-inconnu', '2026-01-01', 'cog-2026')`),
    ).rejects.toThrow()
    const { rows } = await db.execute(sql`select indexname from pg_indexes where indexname = 'territory_search_idx'`)
    expect(rows).toHaveLength(1)
  }),
)

test('deux processus qui démarrent ensemble chargent une seule fois', () =>
  withDatabase(async ({ db }) => {
    const both = await Promise.all([
      loadTerritories(db, NOW, { only: ['48'] }),
      loadTerritories(db, NOW, { only: ['48'] }),
    ])
    expect(both.map((loaded) => loaded.length).sort()).toEqual([0, 3])
    expect(await countByKind(db)).toMatchObject({ departement: 109, commune: 152 })
  }))

test('un chargement partiel se complète sans rien perdre ni dédoubler', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, { only: ['34'] })
    await loadTerritories(db, NOW, { only: EAST })
    expect(await loadTerritories(db, NOW, { only: EAST })).toEqual([])
    expect(await linksOf(db, 'com-34172', 'epci')).toEqual([{ parent: 'epci-243400017', from: '2026-01-01', to: null }])
    expect(await countByKind(db)).toMatchObject({ qpv: 60, 'contrat-de-ville': 21 })
  }))

test('un EPCI qui a changé de SIREN a deux liens datés : Sète, Alès, Limoux', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, { only: EAST })
    const span = (former: string, next: string) => [
      { parent: `epci-${former}`, from: '2015-01-01', to: '2016-12-31' },
      { parent: `epci-${next}`, from: '2017-01-01', to: '2023-12-31' },
    ]
    expect(await linksOf(db, 'qpv-QP034017', 'epci')).toEqual(span('243400827', '200066355'))
    expect(await linksOf(db, 'cv-CV111', 'epci')).toEqual(span('243400827', '200066355'))
    expect(await linksOf(db, 'cv-CV093', 'epci')).toEqual(span('200035152', '200066918'))
    expect(await linksOf(db, 'qpv-QP011001', 'epci')).toEqual(span('200043487', '200071926'))
    expect(await linksOf(db, 'qpv-QP034005', 'epci')).toEqual([
      { parent: 'epci-243400017', from: '2015-01-01', to: '2023-12-31' },
    ])
  }))

test('deux contrats passés au même EPCI gardent chacun leurs quartiers', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, { only: EAST })
    const contractOf = async (qpv: string) => (await linksOf(db, `qpv-${qpv}`, 'contrat-de-ville'))[0]?.parent
    expect(await contractOf('QP030002')).toBe('cv-CV093')
    expect(await contractOf('QP030017')).toBe('cv-CV096')
    expect(await contractOf('QP030014')).toBe('cv-CV098')
    expect(await contractOf('QP030009')).toBe('cv-CV097')
  }))

test('chaque quartier d’Occitanie est dans un contrat, chaque contrat a un quartier, et Tarbes Est est sur deux communes', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, { only: ['09', '12', '31', '32', '46', '65', '81', '82', ...EAST] })
    const { rows } = await db.execute<{ qpvs: number; contracts: number; links: number }>(sql`
      select count(distinct child_id)::int as qpvs, count(distinct parent_id)::int as contracts, count(*)::int as links
      from territory.link where child_id like 'qpv-%' and parent_id like 'cv-%'`)
    expect(rows[0]).toEqual({ qpvs: 105, contracts: 39, links: 105 })
    const communes = await linksOf(db, 'qpv-QP065003', 'commune')
    expect(communes.map(({ parent }) => parent)).toEqual(['com-65417', 'com-65440'])
  }))

test('un EPCI à cheval est lié à chacun de ses départements, et le plus peuplé est le sien', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, { only: EAST })
    const { rows } = await db.execute<{ id: string; code: string }>(sql`
      select l.child_id as id, t.departement_code as code from territory.link l
      join territory.territory t on t.id = l.child_id and t.kind = 'epci' and t.vintage_id like 'cog%'
      join territory.territory d on d.id = l.parent_id and d.kind = 'departement'
      group by 1, 2 having count(*) > 1`)
    expect(rows.length).toBeGreaterThan(0)
    for (const { id, code } of rows) {
      const parents = (await linksOf(db, id, 'departement')).map(({ parent }) => parent)
      expect(parents).toContain(`dep-${code}`)
    }
  }))

test('un département compte les habitants de ses communes', () =>
  inSandbox(async ({ db }) => {
    await loadTerritories(db, NOW, { only: ['48'] })
    const { rows } = await db.execute<{ same: boolean; population: number }>(sql`
      select population, population = (select sum(population) from territory.territory where kind = 'commune') as same
      from territory.territory where id = 'dep-48'`)
    expect(rows[0]?.same).toBe(true)
    expect(rows[0]?.population).toBeGreaterThan(70_000)
  }))

/** A country of three communes, to see a vintage follow another. */
const country = (year: number) => ({
  id: `pays-${year}`,
  source: 'Pays d’essai',
  attribution: 'Personne',
  year,
  partial: false,
})
const place = (id: string, kind: 'epci' | 'commune' | 'departement', name: string) => ({
  id,
  kind,
  code: id.split('-')[1]!,
  name,
  departementCode: '99',
  population: kind === 'commune' ? 100 : null,
})
const first: IncomingBatch = {
  territories: [
    place('dep-99', 'departement', 'Ailleurs'),
    place('epci-1', 'epci', 'CC du Levant'),
    place('epci-2', 'epci', 'CC du Couchant'),
    place('com-99001', 'commune', 'Aube'),
    place('com-99002', 'commune', 'Brune'),
    place('com-99003', 'commune', 'Midi'),
  ],
  links: [
    { childId: 'com-99001', parentId: 'epci-1' },
    { childId: 'com-99002', parentId: 'epci-2' },
    { childId: 'com-99003', parentId: 'epci-2' },
    ...['com-99001', 'com-99002', 'com-99003'].map((childId) => ({ childId, parentId: 'dep-99' })),
  ],
}
/** Midi joins the Levant, which changes its name; Brune and the Couchant are gone; Zénith is new. */
const second: IncomingBatch = {
  territories: [
    place('dep-99', 'departement', 'Ailleurs'),
    place('epci-1', 'epci', 'CA du Grand Levant'),
    place('com-99001', 'commune', 'Aube'),
    place('com-99003', 'commune', 'Midi'),
    place('com-99004', 'commune', 'Zénith'),
  ],
  links: ['com-99001', 'com-99003', 'com-99004'].flatMap((childId) => [
    { childId, parentId: 'epci-1' },
    { childId, parentId: 'dep-99' },
  ]),
}

test('un nouveau millésime ferme les liens qui changent, en ouvre d’autres et n’efface rien', () =>
  inSandbox(async ({ db }) => {
    await loadVintage(db, NOW, country(2026), [first])
    await loadVintage(db, NOW, country(2027), [second])
    expect(await linksOf(db, 'com-99001', 'epci')).toEqual([{ parent: 'epci-1', from: '2026-01-01', to: null }])
    expect(await linksOf(db, 'com-99002', 'epci')).toEqual([{ parent: 'epci-2', from: '2026-01-01', to: '2026-12-31' }])
    expect(await linksOf(db, 'com-99003', 'epci')).toEqual([
      { parent: 'epci-2', from: '2026-01-01', to: '2026-12-31' },
      { parent: 'epci-1', from: '2027-01-01', to: null },
    ])
    const { rows } = await db.execute(sql`select id, name, valid_from::text, valid_to::text from territory.territory
      where id in ('epci-1', 'epci-2', 'com-99002', 'com-99004') order by id`)
    expect(rows).toEqual([
      { id: 'com-99002', name: 'Brune', valid_from: null, valid_to: '2026-12-31' },
      { id: 'com-99004', name: 'Zénith', valid_from: '2027-01-01', valid_to: null },
      { id: 'epci-1', name: 'CA du Grand Levant', valid_from: null, valid_to: null },
      { id: 'epci-2', name: 'CC du Couchant', valid_from: null, valid_to: '2026-12-31' },
    ])
    const { rows: names } = await db.execute(sql`select territory_id, name, year from territory.former_name`)
    expect(names).toEqual([{ territory_id: 'epci-1', name: 'CC du Levant', year: 2026 }])
  }))

test('un millésime plus ancien, ou le même, ne défait pas celui qui est là', () =>
  inSandbox(async ({ db }) => {
    await loadVintage(db, NOW, country(2027), [second])
    expect(await loadVintage(db, NOW, country(2026), [first])).toBeNull()
    expect(await loadVintage(db, NOW, country(2027), [first])).toBeNull()
    expect(await loadVintage(db, NOW, { ...country(2027), id: 'pays-2027/99', partial: true }, [first])).toBeNull()
  }))
