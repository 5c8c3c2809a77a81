import { stringify } from 'csv-stringify/sync'
import writeXlsx, { type Cell, type Row } from 'write-excel-file/node'

/** The datum of a cell, before any dressing. */
export type CellValue = string | number | boolean | Date | null | undefined

/** What an export needs of a column: the declaration of the screen’s table fits (app/ui/table.ts). */
export interface ExportColumn<Item> {
  key: string
  label: string
  value: (row: Item) => CellValue
  kind?: 'text' | 'number' | 'percent' | 'day' | 'datetime'
  /** false: on screen only. */
  exported?: boolean
}

export interface Export {
  filename: string
  contentType: string
  body: Uint8Array
}

const BOM = '\ufeff'
const RISKY = /^[\s\u00a0\u202f\ufeff]*[=+\-@|%]|^[\t\r\n]|^[＝＋－＠]/u
const PHONE = /^\+\d[\d .()-]*$/

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe before it; a telephone number in +33 is left as it is:
 * digits, spaces, points, brackets and hyphens only, with a sign, so nothing to run but a number.
 */
export function safeText(text: string): string {
  const clean = text.replaceAll('\u0000', '')
  return RISKY.test(clean) && !isPhone(clean) ? `'${clean}` : clean
}

const isPhone = (text: string) =>
  PHONE.test(text) && !/[-+.(]\s*\(|\d\s*-\s*-|--/.test(text) && text.replace(/\D/g, '').length >= 8

const paris = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

function clock(date: Date): Record<string, string> {
  return Object.fromEntries(paris.formatToParts(date).map(({ type, value }) => [type, value]))
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

function csvCell(value: CellValue, kind: ExportColumn<unknown>['kind']): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (typeof value === 'number') return String(value).replace('.', ',')
  if (value instanceof Date) {
    const { year, month, day, hour, minute } = clock(value)
    return kind === 'day' ? `${day}/${month}/${year}` : `${day}/${month}/${year} ${hour}:${minute}`
  }
  const day = kind === 'day' ? DAY.exec(value) : null
  return day ? `${day[3]}/${day[2]}/${day[1]}` : safeText(value)
}

const exported = <Item>(columns: readonly ExportColumn<Item>[]) => columns.filter((column) => column.exported !== false)

/** CSV as a French Excel opens it: UTF-8 with its mark, semicolons, decimal commas. */
export function toCsv<Item>(columns: readonly ExportColumn<Item>[], rows: readonly Item[]): string {
  const shown = exported(columns)
  const head = shown.map(({ label }) => safeText(label))
  const lines = rows.map((row) => shown.map((column) => csvCell(column.value(row), column.kind)))
  return BOM + stringify([head, ...lines], { delimiter: ';', record_delimiter: '\r\n', quoted_match: /[\r\n;"]/ })
}

/** A day or a clock of Paris, as the date of a spreadsheet, which knows no zone. */
function sheetDate(value: Date | string): Date | null {
  const day = typeof value === 'string' ? DAY.exec(value) : null
  if (day) return new Date(`${value}T00:00:00Z`)
  if (typeof value === 'string') return null
  const { year, month, day: date, hour, minute } = clock(value)
  return new Date(`${year}-${month}-${date}T${hour}:${minute}:00Z`)
}

function xlsxCell(value: CellValue, kind: ExportColumn<unknown>['kind']): Cell {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return { type: String, value: value ? 'oui' : 'non' }
  if (typeof value === 'number')
    return Number.isFinite(value) ? { type: Number, value, format: kind === 'percent' ? '0.0 %' : undefined } : null
  const date = kind === 'day' || value instanceof Date ? sheetDate(value) : null
  if (date) return { type: Date, value: date, format: kind === 'day' ? 'dd/mm/yyyy' : 'dd/mm/yyyy hh:mm' }
  // a cell typed as text is never run: its text stays as it was written
  return { type: String, value: printable(String(value)).slice(0, 32_767) }
}

/** XML knows neither control characters nor lone surrogates. */
const printable = (text: string) =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')

const sheetName = (title: string) =>
  printable(title)
    .replace(/[\\/?*[\]:]/g, ' ')
    .slice(0, 31)
    .trim() || 'Liste'

export async function toXlsx<Item>(
  columns: readonly ExportColumn<Item>[],
  rows: readonly Item[],
  title: string,
): Promise<Uint8Array> {
  const shown = exported(columns)
  const head: Row = shown.map(({ label }) => ({ type: String, value: label, fontWeight: 'bold' }))
  const lines: Row[] = rows.map((row) => shown.map((column) => xlsxCell(column.value(row), column.kind)))
  const widths = shown.map((column) => ({ width: widthOf(column, rows) }))
  return writeXlsx([head, ...lines], { sheet: sheetName(title), columns: widths, stickyRowsCount: 1 }).toBuffer()
}

function widthOf<Item>(column: ExportColumn<Item>, rows: readonly Item[]): number {
  if (column.kind === 'day') return 12
  if (column.kind === 'datetime') return 17
  const longest = Math.max(
    column.label.length,
    ...rows.slice(0, 200).map((row) => String(column.value(row) ?? '').length),
  )
  return Math.min(60, longest + 2)
}

/** A name that every system keeps as it is: « presence-journee-d-etude.xlsx ». */
export const fileName = (title: string, extension: string) => {
  const plain = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${plain.toLowerCase().slice(0, 80) || 'export'}.${extension}`
}

/** The same list as a file; `format` is the end of the address. */
export async function exportRows<Item>(
  format: 'csv' | 'xlsx',
  title: string,
  columns: readonly ExportColumn<Item>[],
  rows: readonly Item[],
): Promise<Export> {
  if (format === 'csv') {
    return {
      filename: fileName(title, 'csv'),
      contentType: 'text/csv; charset=utf-8',
      body: Buffer.from(toCsv(columns, rows)),
    }
  }
  return {
    filename: fileName(title, 'xlsx'),
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: await toXlsx(columns, rows, title),
  }
}

/** The answer of an export route. */
export const exportResponse = ({ filename, contentType, body }: Export): Response =>
  new Response(Buffer.from(body), {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${filename}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
