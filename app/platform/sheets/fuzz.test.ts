import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CsvCutter } from './csv-cutter.ts'
import { bookOf, csvOf } from './fixtures.ts'
import { mergedRanges } from './merged-cells.server.ts'
import { readSheet } from './read-sheet.server.ts'
import { separators, SheetRefusal, type SheetRow } from './sheet.ts'
import type { Workbook } from './workbook.server.ts'
import { sheetRows } from './xlsx.server.ts'

const RUNS = { numRuns: 10_000, seed: 20221124 }

/** Rows, or a reason that has its sentence: nothing else, and never long. */
async function readOrRefused(rows: AsyncIterable<SheetRow>): Promise<void> {
  const start = performance.now()
  try {
    for await (const { line, cells } of rows) {
      expect(line).toBeGreaterThan(0)
      expect(cells.length).toBeLessThanOrEqual(256)
    }
  } catch (error) {
    if (!(error instanceof SheetRefusal)) throw error
  }
  expect(performance.now() - start).toBeLessThan(2000)
}

const csvText = fc
  .array(
    fc.constantFrom(
      'a',
      'é',
      '"',
      '""',
      ';',
      ',',
      '\t',
      '|',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '\u200b',
      '\ufeff',
      '12/31/22',
      '😀',
      '=',
    ),
    { maxLength: 60 },
  )
  .map((signs) => signs.join(''))

test('10 000 CSV faits au hasard : lus ou refusés, jamais une chute', async () => {
  const bytes = fc.oneof(
    { weight: 3, arbitrary: csvText.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: csvText.map((text) => Buffer.from(text, 'utf16le')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 120 }).map((array) => Buffer.from(array)) },
  )
  await fc.assert(
    fc.asyncProperty(bytes, (one) => readOrRefused(readSheet({ name: 'x.csv', bytes: one }))),
    RUNS,
  )
}, 60_000)

const value = fc.constantFrom(
  '<v>1</v>',
  '<v>x</v>',
  '<v>-1</v>',
  '<v>1e400</v>',
  '<is><t>é</t></is>',
  '<f>A1</f>',
  '<v/>',
  '<v>99999</v>',
  '<t>a</t><t>b</t>',
  '&#xD800;',
  '<c/>',
)
const cell = fc.record({
  ref: fc.constantFrom('', 'r="A1"', 'r="XFD1"', 'r="ZZZZ9"', 'r="1"', 'r="C2"'),
  type: fc.constantFrom('', 't="s"', 't="b"', 't="d"', 't="inlineStr"', 't="str"', 't="e"', 't="?"'),
  style: fc.constantFrom('', 's="1"', 's="-4"', 's="x"'),
  value,
})
const cellXml = cell.map(({ ref, type, style, value: inside }) => `<c ${ref} ${type} ${style}>${inside}</c>`)
const sheet = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: cellXml.map((one) => `<row>${one}</row>`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '<row r="-3">',
        '</row>',
        '<!DOCTYPE x>',
        '<row r="9999999"/>',
        ']]>',
        '<a:row/>',
        '&nope;',
      ),
    },
  ),
  { maxLength: 6 },
)

const merged = fc.constantFrom(
  '',
  '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
  '<mergeCells><mergeCell ref="B2:A1"/></mergeCells>',
)

const book: Workbook = { sheets: [], from1904: false, dates: [null, 'day'], shared: ['un'] }

test('10 000 feuilles faites au hasard : lues ou refusées, jamais une chute', async () => {
  const xml = fc.tuple(sheet, merged, fc.nat(400)).map(([rows, after, cut]) => {
    const bytes = Buffer.from(`<worksheet><sheetData>${rows.join('')}</sheetData>${after}</worksheet>`)
    return [bytes.subarray(0, cut), bytes.subarray(cut)]
  })
  const read = async function* (chunks: Buffer[]) {
    yield* chunks
  }
  await fc.assert(
    fc.asyncProperty(xml, async (chunks) => {
      const ranges = await mergedRanges(() => read(chunks))
      await readOrRefused(sheetRows(read(chunks), book, ranges))
    }),
    RUNS,
  )
}, 60_000)

test('des classeurs abîmés d’un octet ou coupés : lus ou refusés, jamais une chute', async () => {
  const file = fc.tuple(sheet, merged, fc.nat(2000), fc.nat(255)).map(([rows, after, at, byte]) => {
    const { bytes, name } = bookOf(rows.join(''), {
      after,
      shared: '<sst><si><t>un</t></si></sst>',
      stored: at % 4 !== 0,
    })
    const harmed = Buffer.from(bytes)
    harmed[at % harmed.length] = byte
    return { name, bytes: at % 3 === 0 ? harmed.subarray(0, at % harmed.length) : harmed }
  })
  await fc.assert(
    fc.asyncProperty(file, (one) => readOrRefused(readSheet(one))),
    { ...RUNS, numRuns: 400 },
  )
}, 60_000)

test('un texte coupé en morceaux quelconques donne les mêmes lignes', () => {
  fc.assert(
    fc.property(csvText, fc.array(fc.nat(20)), fc.constantFrom(...separators), (text, cuts, separator) => {
      const whole = cutAll(separator, [text])
      let at = 0
      const pieces = cuts.map((length) => text.slice(at, (at += length)))
      expect(cutAll(separator, [...pieces, text.slice(at)])).toEqual(whole)
    }),
    { numRuns: 2000, seed: 20221124 },
  )
})

function cutAll(separator: (typeof separators)[number], pieces: readonly string[]) {
  const cutter = new CsvCutter(separator)
  try {
    return [...pieces.flatMap((piece) => cutter.push(piece)), ...cutter.end()]
  } catch (error) {
    return error instanceof SheetRefusal ? error.problem : error
  }
}

test('des cases écrites selon les règles reviennent telles quelles', async () => {
  const cells = fc.array(
    fc.array(
      fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '' && !/\u0000/.test(text)),
      { minLength: 2, maxLength: 5 },
    ),
    { minLength: 1, maxLength: 5 },
  )
  await fc.assert(
    fc.asyncProperty(cells, async (rows) => {
      const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';')).join('\r\n')
      const read: string[][] = []
      for await (const row of readSheet(csvOf(text), { separator: ';', encoding: 'utf-8' })) read.push(row.cells)
      expect(read).toEqual(rows)
    }),
    { numRuns: 500, seed: 20221124 },
  )
})
