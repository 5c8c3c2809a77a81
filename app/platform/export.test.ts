import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportRows, type ExportColumn, safeText, toCsv, toXlsx } from './export.server.ts'

interface Row {
  text: string | null
  amount: number
  day: string
  at: Date
}
const columns: ExportColumn<Row>[] = [
  { key: 'text', label: 'Nom', value: (row) => row.text },
  { key: 'amount', label: 'Montant', value: (row) => row.amount, kind: 'number' },
  { key: 'day', label: 'Le', value: (row) => row.day, kind: 'day' },
  { key: 'at', label: 'À', value: (row) => row.at, kind: 'datetime' },
  { key: 'x', label: 'Écran', value: () => 'jamais', exported: false },
]
const row = (text: string | null): Row => ({
  text,
  amount: 1234.5,
  day: '2022-11-24',
  at: new Date('2022-11-24T08:30:00Z'),
})
const cells = (csv: string): string[][] => parse(csv, { delimiter: ';', bom: true, relax_column_count: true })

describe('CSV', () => {
  test('opens in a French Excel: mark, semicolons, decimal commas, days and hours of Paris', () => {
    expect(toCsv(columns, [row('Nadia ; Serrano')])).toBe(
      '\ufeffNom;Montant;Le;À\r\n"Nadia ; Serrano";1234,5;24/11/2022;24/11/2022 09:30\r\n',
    )
  })
  test('a telephone number survives', () => {
    for (const phone of ['+33 6 12 34 56 78', '+33612345678', '+33 (0)6.12.34.56.78'])
      expect(safeText(phone)).toBe(phone)
  })
  test('known formulas are disarmed', () => {
    for (const text of [
      '=1+1',
      '+cmd|calc',
      '-2+3',
      '@SUM(A1)',
      ' =1',
      '\t=1',
      '\r=1',
      '\ufeff=1',
      '+33-1+cmd',
      '＝1+1',
      '+1-1+12345678',
    ])
      expect(safeText(text)).toBe(`'${text}`)
  })
  test('no text whatever can begin a formula, unless it is a telephone number', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '=',
            '+',
            '-',
            '@',
            '|',
            '%',
            ';',
            '"',
            '\r',
            '\n',
            '\t',
            ' ',
            '\u00a0',
            '1',
            '33',
            'A',
            '(',
            ')',
            'cmd',
          ),
        ),
        (parts) => {
          const text = parts.join('')
          const [, line] = cells(toCsv(columns, [row(text)]))
          const shown = (line?.[0] ?? '').trimStart()
          const phone = /^\+\d[\d .()-]*$/.test(shown) && shown.replace(/\D/g, '').length >= 8
          expect(phone || !/^[=+\-@|%]/.test(shown)).toBe(true)
        },
      ),
      { numRuns: 500 },
    ))
  test('any text comes back from the file, with an apostrophe at most', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [, line] = cells(toCsv(columns, [row(text)]))
        expect([text.replaceAll('\u0000', ''), `'${text.replaceAll('\u0000', '')}`]).toContain(line?.[0])
      }),
    ))
})

describe('XLSX', () => {
  test('is a zip archive, whatever the texts hold', async () => {
    const file = await toXlsx(
      columns,
      [row('=1+1'), row('a\u0000\u0008\ud800<b>&'), row(null)],
      'Année [2022] : tout/rien ?',
    )
    expect(Buffer.from(file).subarray(0, 2).toString()).toBe('PK')
  })
  test('the file has a plain name', async () => {
    expect((await exportRows('xlsx', 'Activités de l’année 2022', columns, [])).filename).toBe(
      'activites-de-l-annee-2022.xlsx',
    )
    expect((await exportRows('csv', '…', columns, [])).filename).toBe('export.csv')
  })
})
