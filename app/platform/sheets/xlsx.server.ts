import { Archive } from './archive.server.ts'
import { boundedRow } from './csv-cutter.ts'
import { columnNumber, mergedRanges, mergeFiller, type Range } from './merged-cells.server.ts'
import { refuse, type SheetFile, sheetLimits, type SheetRow } from './sheet.ts'
import { readWorkbook, type Workbook } from './workbook.server.ts'
import { xmlReader } from './xml.server.ts'

export async function sheetNames(file: SheetFile): Promise<string[]> {
  const archive = await Archive.open(file)
  try {
    return (await readWorkbook(archive)).sheets.map(({ name }) => name)
  } finally {
    archive.close()
  }
}

/** The rows of one sheet: values as they were computed, dates written as ISO days, merged cells filled. */
export async function* xlsxRows(file: SheetFile, sheet?: string): AsyncIterable<SheetRow> {
  const archive = await Archive.open(file)
  try {
    const book = await readWorkbook(archive)
    const asked = sheet === undefined ? book.sheets[0] : book.sheets.find(({ name }) => name === sheet)
    const { part } = asked ?? refuse({ type: 'no-such-sheet', sheet: sheet ?? '' })
    const ranges = await mergedRanges(() => archive.read(part, sheetLimits.sheetBytes))
    yield* sheetRows(archive.read(part, sheetLimits.sheetBytes), book, ranges)
  } finally {
    archive.close()
  }
}

/** The rows of a sheet from its XML, merged cells filled as they come. */
export async function* sheetRows(
  chunks: AsyncIterable<Uint8Array>,
  book: Workbook,
  ranges: readonly Range[],
): AsyncIterable<SheetRow> {
  const filled = mergeFiller(ranges)
  const reader = sheetReader(book)
  let count = 0
  for await (const chunk of chunks) {
    for (const row of reader.write(chunk)) {
      const kept = boundedRow(row.line, filled(row).cells)
      if (!kept) continue
      count += 1
      if (count > sheetLimits.rows) refuse({ type: 'too-many-rows' })
      yield kept
    }
  }
  reader.end()
}

interface Cell {
  column: number
  type: string
  style: number
  text: string
}

/** Gathers the rows that end in each piece of the sheet. */
function sheetReader(book: Workbook) {
  let rows: SheetRow[] = []
  let row: SheetRow = { line: 0, cells: [] }
  let cell: Cell | null = null
  let [reading, inNote, column] = [false, false, 0]
  const place = (done: Cell) => {
    const value = cellText(done, book)
    if (value === '') return
    if (done.column > 16_383 || (done.column >= sheetLimits.columns && row.cells.length >= sheetLimits.columns))
      refuse({ type: 'too-many-columns', line: row.line })
    while (row.cells.length < done.column) row.cells.push('')
    row.cells[done.column] = value
  }
  const parser = xmlReader({
    open: (name, attributes) => {
      if (name === 'row') {
        row = { line: lineAfter(row.line, attributes.r), cells: [] }
        column = 0
      } else if (name === 'c') {
        const letters = /^[A-Z]{1,3}/.exec(attributes.r ?? '')?.[0]
        column = letters ? columnNumber(letters) : column
        cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), text: '' }
        column += 1
      } else if (name === 'rPh') inNote = true
      else reading = cell !== null && !inNote && (name === 'v' || name === 't')
    },
    close: (name) => {
      if (name === 'rPh') inNote = false
      else if (name === 'c' && cell) {
        place(cell)
        cell = null
      } else if (name === 'row') rows.push(row)
      reading = false
    },
    text: (text) => {
      if (reading && cell && cell.text.length <= sheetLimits.cell) cell.text += text
    },
  })
  return {
    write: (chunk: Uint8Array): SheetRow[] => {
      rows = []
      parser.write(chunk)
      return rows
    },
    end: () => parser.end(),
  }
}

/** Lines only grow, whatever a file says of itself. */
function lineAfter(before: number, said: string | undefined): number {
  const line = Number(said)
  return Number.isInteger(line) && line > before && line <= 1_048_576 ? line : before + 1
}

function cellText({ type, style, text }: Cell, { shared, dates, from1904 }: Workbook): string {
  if (type === 's') return shared[Number(text)] ?? ''
  if (type === 'b') return text === '' ? '' : text === '1' ? 'VRAI' : 'FAUX'
  if (type === 'd') return text.replace('T', ' ').replace(/(:\d\d):\d\d(\.\d+)?Z?$/, '$1')
  if (type !== 'n') return text
  const number = Number(text)
  if (text === '' || !Number.isFinite(number)) return text
  const kind = dates[style] ?? null
  return (kind && serialDate(number, kind, from1904)) ?? plainNumber(number)
}

/** Without the tail that binary fractions leave (0.1 + 0.2), and never as a power of ten. */
function plainNumber(number: number): string {
  const rounded = Number(number.toPrecision(15))
  return Math.abs(rounded) < 1e21 && Math.abs(rounded) >= 1e-6
    ? String(rounded)
    : rounded === 0
      ? '0'
      : rounded.toFixed(10)
}

const DAY = 86_400_000

/** Excel believes that 1900 was a leap year: its day 60 does not exist, earlier ones are one day late. */
function serialDate(serial: number, kind: 'day' | 'moment', from1904: boolean): string | null {
  if (serial < 0 || serial > 2_958_465) return null
  const days = from1904 ? serial + 1462 : serial
  if (days < 1) return kind === 'moment' ? clock(Math.round(days * 1440)) : null
  const date = new Date(Math.round(((days < 60 ? days + 1 : days) - 25_569) * 1440) * 60_000)
  const day = date.toISOString().slice(0, 10)
  return kind === 'day' || date.getTime() % DAY === 0 ? day : `${day} ${date.toISOString().slice(11, 16)}`
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
