import { expect, test } from 'vitest'
import { bookOf, bookParts, csvOf, zipOf } from './fixtures.ts'
import { describeSheet, firstRows, readSheet } from './read-sheet.server.ts'
import { type SheetFile, SheetRefusal } from './sheet.ts'

async function rowsOf(file: SheetFile, sheet?: string): Promise<string[][]> {
  const rows: string[][] = []
  for await (const { cells } of readSheet(file, sheet ? { sheet } : {})) rows.push(cells)
  return rows
}

async function problemOf(file: SheetFile) {
  try {
    await rowsOf(file)
    return null
  } catch (error) {
    if (error instanceof SheetRefusal) return error.problem
    throw error
  }
}

const bytes = (text: string): SheetFile => ({ name: 'liste.xlsx', bytes: Buffer.from(text, 'latin1') })

test('un CSV se lit dans tous ses habits : UTF-8 avec ou sans marque, UTF-16, Windows-1252', async () => {
  const text = 'Nom;Prénom\r\nDupé;Éa\r\n'
  const expected = [
    ['Nom', 'Prénom'],
    ['Dupé', 'Éa'],
  ]
  expect(await rowsOf(csvOf(text))).toEqual(expected)
  expect(await rowsOf(csvOf(`\ufeff${text}`))).toEqual(expected)
  expect(await rowsOf(csvOf(`\ufeff${text}`, 'utf16le'))).toEqual(expected)
  expect(await rowsOf(csvOf(text, 'latin1'))).toEqual(expected)
  expect(await rowsOf({ name: 'x', bytes: Buffer.from(`\ufeff${text}`, 'utf16le').swap16() })).toEqual(expected)
})

test('le séparateur se devine, même quand les cases en contiennent un autre', async () => {
  for (const sign of [';', ',', '\t', '|']) {
    const text = ['a', 'b', 'c'].join(sign) + `\n"1${sign}1"${sign}2, 2;2${sign === ',' ? '' : sign}3\n`
    const file = csvOf(sign === ',' ? 'a,b,c\n"1,1",2;2,3\n' : text)
    expect((await rowsOf(file))[1]![0]).toBe(`1${sign}1`)
  }
  expect(await rowsOf(csvOf('sep=|\na|b\n'))).toEqual([['a', 'b']])
})

test('les lignes inégales, les guillemets au milieu, les retours à la ligne et les titres au-dessus ne gênent pas', async () => {
  expect(await rowsOf(csvOf('Liste 2022\n\nNom;Note\n"Le ""Mas""";dit "oui"\n"a\nb";;;;\nseul\n'))).toEqual([
    ['Liste 2022'],
    ['Nom', 'Note'],
    ['Le "Mas"', 'dit "oui"'],
    ['a\nb'],
    ['seul'],
  ])
})

test('un guillemet jamais refermé est dit avec sa ligne', async () => {
  expect(await problemOf(csvOf('Nom;Note\nA;b\n"C;d\nE;f\n'))).toEqual({ type: 'unclosed-quotes', line: 3 })
  expect(await problemOf(csvOf(`Nom;Note\n"C;d\n${'E;f\n'.repeat(100_000)}`))).toEqual({
    type: 'unclosed-quotes',
    line: 2,
  })
})

test('ce qui n’est pas un tableau est refusé par une raison claire, quel que soit son nom', async () => {
  expect(await problemOf(bytes(''))).toEqual({ type: 'empty' })
  expect(await problemOf(bytes('\xd0\xcf\x11\xe0 vieux classeur'))).toEqual({ type: 'old-excel' })
  const locked = Buffer.concat([
    Buffer.from('\xd0\xcf\x11\xe0', 'latin1'),
    Buffer.alloc(100_000),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ])
  expect(await problemOf({ name: 'x.xlsx', bytes: locked })).toEqual({ type: 'encrypted' })
  expect(await problemOf(bytes('%PDF-1.7'))).toEqual({ type: 'not-a-table' })
  expect(await problemOf(bytes('<html><table><tr><td>Nom'))).toEqual({ type: 'web-page' })
  expect(await problemOf(bytes('PK\x03\x04 coupé'))).toEqual({ type: 'unreadable' })
  expect(await problemOf(bytes('a\x00b\x01\x00c'))).toEqual({ type: 'not-a-table' })
  expect(await problemOf({ name: 'x', bytes: zipOf({ mimetype: 'x', 'content.xml': 'y' }) })).toEqual({
    type: 'not-a-table',
  })
  expect(await problemOf({ name: 'x', bytes: zipOf(bookParts(''), { encrypted: true }) })).toEqual({
    type: 'encrypted',
  })
})

test('une feuille se lit avec ses textes partagés ou sur place, ses dates, ses formules et ses cases fusionnées', async () => {
  const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="0&quot; jours&quot;"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`
  const shared = '<sst><si><t>Nom</t></si><si><r><t>Dé</t></r><r><t>but</t></r><rPh><t>non</t></rPh></si></sst>'
  const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
    <row r="3"><c r="A3" t="inlineStr"><is><t>L&#233;a &amp; co</t></is></c><c r="B3" s="1"><v>44889</v></c><c r="C3" s="2"><v>44889.5625</v></c></row>
    <row r="4"><c r="B4" t="str"><f>A1&amp;B1</f><v>calculé</v></c><c r="C4" s="3"><v>0.30000000000000004</v></c><c r="D4" t="b"><v>1</v></c><c r="E4"><v>6.12345678E8</v></c></row>`
  const after = '<mergeCells count="1"><mergeCell ref="A3:A4"/></mergeCells>'
  expect(await rowsOf(bookOf(rows, { shared, styles, after }))).toEqual([
    ['Nom', 'Début'],
    ['Léa & co', '2022-11-24', '2022-11-24 13:30'],
    ['Léa & co', 'calculé', '0.3', 'VRAI', '612345678'],
  ])
})

test('les jours d’un vieux Mac partent de 1904, et Excel croit au 29 février 1900', async () => {
  const styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
  const workbook = '<workbook><workbookPr date1904="1"/><sheets><sheet name="L" r:id="rId1"/></sheets></workbook>'
  const day = (serial: number) => `<row><c s="0"><v>${serial}</v></c></row>`
  expect(await rowsOf(bookOf(day(43_427), { styles, workbook }))).toEqual([['2022-11-24']])
  expect(await rowsOf(bookOf(day(1) + day(59) + day(61), { styles }))).toEqual([
    ['1900-01-01'],
    ['1900-02-28'],
    ['1900-03-01'],
  ])
})

test('plusieurs feuilles : on choisit, les cachées ne sont pas proposées', async () => {
  const workbook =
    '<workbook><sheets><sheet name="Cachée" state="hidden" r:id="rId1"/><sheet name="A" r:id="rId1"/><sheet name="B" r:id="rId2"/></sheets></workbook>'
  const more = {
    'xl/worksheets/sheet2.xml': '<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>',
  }
  const file = bookOf('<row><c><v>1</v></c></row>', { workbook, more })
  const described = await describeSheet(file)
  expect(described.ok && described.value.sheets).toEqual(['A', 'B'])
  expect(await rowsOf(file, 'B')).toEqual([['2']])
  expect(await describeSheet(file, { sheet: 'Cachée' })).toMatchObject({ ok: false, error: { type: 'no-such-sheet' } })
})

test('16 384 colonnes remplies, une bombe, des entités : refusées sans y passer la mémoire', async () => {
  const wide = Array.from({ length: 16_384 }, () => '<c><v>1</v></c>').join('')
  expect(await problemOf(bookOf(`<row r="1">${wide}</row>`))).toEqual({ type: 'too-many-columns', line: 1 })
  expect(await problemOf(csvOf('x;'.repeat(16_384)))).toEqual({ type: 'too-many-columns', line: 1 })
  expect(await rowsOf(csvOf(`a;b${';'.repeat(16_384)}\n`))).toEqual([['a', 'b']])
  const before = process.memoryUsage().rss
  const bomb = { ...bookParts(''), 'xl/worksheets/sheet1.xml': Buffer.alloc(60_000_000, ' ') as Uint8Array }
  expect(await problemOf({ name: 'x', bytes: zipOf(bomb) })).toEqual({ type: 'unpacks-too-large' })
  expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000)
  const laugh =
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'
  expect(await problemOf({ name: 'x', bytes: zipOf({ ...bookParts(''), 'xl/worksheets/sheet1.xml': laugh }) })).toEqual(
    { type: 'entities' },
  )
})

test('une case démesurée et trop de lignes sont dites', async () => {
  expect(await problemOf(csvOf(`a;b\n${'x'.repeat(40_000)};b\n`))).toEqual({ type: 'cell-too-long', line: 2 })
  expect(await problemOf(csvOf('a;b\n'.repeat(200_001)))).toEqual({ type: 'too-many-rows' })
})

test('lire le début d’un grand fichier n’en lit pas la fin', async () => {
  const rows = await firstRows(readSheet(csvOf('a;b\n'.repeat(100_000))), 3)
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 3])
})
