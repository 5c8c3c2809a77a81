import fc from 'fast-check'
import { stringify } from 'csv-stringify/sync'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readCityPolicy } from './city-policy.server.ts'
import { contractOfQpv, contractRows, qpvRows } from './city-policy-rows.ts'
import { readCsv } from './read-csv.server.ts'

const row = z.object({
  code: z.string().min(1),
  nom: z.string(),
  habitants: z.string().regex(/^\d+$/).transform(Number),
})

/** What a cell may hold: anything printable; outer white space is not kept by the reader, by rule. */
const cell = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/[\u0000\ufeff]/g, '').trim())
const written = fc.record({
  code: cell.filter((text) => text !== ''),
  nom: cell,
  habitants: fc.nat().map(String),
})

test('ce qu’un tableur a écrit se relit à l’identique, quels que soient la marque, le séparateur et les fins de ligne', () => {
  fc.assert(
    fc.property(
      fc.array(written, { maxLength: 20 }),
      fc.constantFrom(',', ';'),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.boolean(),
      (rows, delimiter, record_delimiter, bom, quoted) => {
        const columns = ['code', 'nom', 'habitants']
        const text = stringify(rows, { header: true, columns, delimiter, record_delimiter, bom, quoted })
        const expected = rows.map((line) => ({ ...line, habitants: Number(line.habitants) }))
        expect(readCsv(text, row)).toEqual({ ok: true, value: expected })
      },
    ),
  )
})

test('un fichier quelconque donne des lignes entières ou une erreur, jamais une exception ni une ligne à moitié lue', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.constantFrom('code', 'nom', 'habitants', ',', ';', '"', '\n', '\r\n', '\r', '\ufeff', '0', 'é', ' '))
      .map((pieces) => pieces.join('')),
    fc.string({ unit: 'grapheme' }).map((rest) => `code,nom,habitants\n${rest}`),
  )
  fc.assert(
    fc.property(anything, (text) => {
      const read = readCsv(text, row)
      if (!read.ok) return void expect(read.error.problem).not.toBe('')
      for (const line of read.value) expect(Object.keys(line).sort()).toEqual(['code', 'habitants', 'nom'])
    }),
    { numRuns: 200 },
  )
})

test('une ligne fautive se désigne par son numéro et sa colonne', () => {
  const text = 'code,nom,habitants\r\nQ1,"Centre\r\nVille",12\r\nQ2,Gare,douze\r\n'
  expect(readCsv(text, row)).toMatchObject({ ok: false, error: { line: 4, column: 'habitants' } })
})

test('une colonne absente, une ligne trop longue ou des guillemets ouverts se disent', () => {
  expect(readCsv('code,nom\nQ1,Gare\n', row)).toMatchObject({ ok: false, error: { line: 1, column: 'habitants' } })
  expect(readCsv('code,nom,habitants\nQ1,Gare,3,4\n', row).ok).toBe(false)
  expect(readCsv('code,nom,habitants\nQ1,"Gare,3\n', row).ok).toBe(false)
  expect(readCsv('', row).ok).toBe(false)
})

test('les fichiers livrés se lisent : 105 quartiers par département, 39 contrats dont 21 à l’est', () => {
  const { qpvs, contracts } = readCityPolicy()
  const counts: Record<string, number> = {}
  for (const { code_departement } of qpvs) counts[code_departement] = (counts[code_departement] ?? 0) + 1
  expect(counts).toEqual({
    '09': 3,
    '11': 10,
    '12': 2,
    '30': 18,
    '31': 19,
    '32': 1,
    '34': 22,
    '46': 1,
    '65': 4,
    '66': 10,
    '81': 11,
    '82': 4,
  })
  expect(contracts).toHaveLength(39)
  expect(readCityPolicy(['11', '30', '34', '66']).contracts).toHaveLength(21)
  expect(qpvs.find(({ code_qp }) => code_qp === 'QP065003')?.commune).toEqual(['Séméac', 'Tarbes'])
})

test('l’EPCI de 2015 d’un contrat mène à l’EPCI de 2022 de chacun de ses quartiers', () => {
  const policy = readCityPolicy()
  const nextOf = new Map(policy.successions.map((row) => [row.siren_ancien, row.siren_nouveau]))
  for (const qpv of policy.qpvs) {
    const siren2015 = contractOfQpv(policy, qpv)!.siren_epci_2015
    expect([qpv.code_qp, nextOf.get(siren2015) ?? siren2015]).toEqual([qpv.code_qp, qpv.siren_epci_2022])
  }
})

test('quand deux contrats conviennent et que rien ne tranche, le quartier n’est rattaché à aucun', () => {
  const policy = { ...readCityPolicy(), corrections: new Map() }
  const undecided = policy.qpvs.filter((qpv) => !contractOfQpv(policy, qpv)).map(({ code_qp }) => code_qp)
  expect(undecided).toHaveLength(8)
  const { rows } = qpvRows(policy, () => [])
  expect(
    rows.links.filter(({ childId, parentId }) => childId === 'qpv-QP030001' && parentId.startsWith('cv-')),
  ).toEqual([])
})

test('les liens d’un territoire vers un même parent ne se chevauchent jamais', () => {
  const policy = readCityPolicy()
  const links = [...contractRows(policy, new Set()).rows.links, ...qpvRows(policy, () => []).rows.links]
  const keys = links.map(({ childId, parentId }) => `${childId} ${parentId}`)
  expect(new Set(keys).size).toBe(keys.length)
  for (const { validFrom, validTo } of links) expect(validFrom! <= validTo!).toBe(true)
})
