import { refuse, type Separator, sheetLimits, type SheetRow } from './sheet.ts'

const QUOTE = 34
const CR = 13
const LF = 10

/**
 * Cuts a text into rows, however it comes in pieces. Lenient as spreadsheets are: a quote inside a cell is a sign like another,
 * what follows a closing quote is kept; only a quote that never closes is refused, since it swallows the rest of the file.
 */
export class CsvCutter {
  readonly #separator: number
  #rest = ''
  #line = 0
  #start = true

  constructor(separator: Separator) {
    this.#separator = separator.charCodeAt(0)
  }

  push(text: string): SheetRow[] {
    this.#rest += text
    return this.#cut(false)
  }

  end(): SheetRow[] {
    return this.#cut(true)
  }

  #cut(last: boolean): SheetRow[] {
    const rows: SheetRow[] = []
    const text = this.#rest
    let at = 0
    while (at < text.length) {
      const record = readRecord(text, at, this.#separator, last)
      if (record === null) break
      if (record === 'unclosed') return refuse({ type: 'unclosed-quotes', line: this.#line + 1 })
      at = record.next
      this.#line += 1
      // « sep=; »: a note that Excel writes to itself
      const note = this.#start && /^\ufeff?sep=.?$/i.test(record.cells.join(''))
      this.#start = false
      if (!note) this.#keep(rows, record.cells)
    }
    this.#rest = text.slice(at)
    if (this.#rest.length > sheetLimits.record) this.#refuseRest()
    return rows
  }

  #refuseRest(): never {
    const quoted = this.#rest.includes('"')
    return refuse({ type: quoted ? 'unclosed-quotes' : 'line-too-long', line: this.#line + 1 })
  }

  #keep(rows: SheetRow[], cells: string[]) {
    const row = boundedRow(this.#line, cells)
    if (row) rows.push(row)
  }
}

/** The row without its empty end; null when it says nothing. */
export function boundedRow(line: number, cells: string[]): SheetRow | null {
  let length = cells.length
  while (length > 0 && cells[length - 1]!.trim() === '') length -= 1
  if (length === 0) return null
  if (length > sheetLimits.columns) return refuse({ type: 'too-many-columns', line })
  const kept = length === cells.length ? cells : cells.slice(0, length)
  if (kept.some((cell) => cell.length > sheetLimits.cell)) return refuse({ type: 'cell-too-long', line })
  return { line, cells: kept }
}

type Record = { cells: string[]; next: number } | 'unclosed' | null

/** One record from `at`; null when its end is not there yet. */
function readRecord(text: string, at: number, separator: number, last: boolean): Record {
  const cells: string[] = []
  let position = at
  for (;;) {
    const cell =
      text.charCodeAt(position) === QUOTE ? quotedCell(text, position, separator) : plainCell(text, position, separator)
    if (cell === null) return last ? 'unclosed' : null
    const end = text.charCodeAt(cell.end)
    if (cell.end >= text.length && !last) return null
    // a line end cut in two by the piece
    if (end === CR && cell.end + 1 === text.length && !last) return null
    cells.push(cell.value)
    if (end !== separator) {
      const both = end === CR && text.charCodeAt(cell.end + 1) === LF
      return { cells, next: Math.min(text.length, cell.end + (both ? 2 : 1)) }
    }
    position = cell.end + 1
  }
}

interface Cell {
  value: string
  /** Where the separator or the line end is, or the end of the text. */
  end: number
}

function plainCell(text: string, at: number, separator: number): Cell {
  const end = endOfCell(text, at, separator)
  return { value: text.slice(at, end), end }
}

function endOfCell(text: string, at: number, separator: number): number {
  let end = at
  for (; end < text.length; end += 1) {
    const sign = text.charCodeAt(end)
    if (sign === separator || sign === LF || sign === CR) break
  }
  return end
}

/** null when the closing quote is not in the text. */
function quotedCell(text: string, at: number, separator: number): Cell | null {
  let value = ''
  let from = at + 1
  for (;;) {
    const close = text.indexOf('"', from)
    if (close < 0) return null
    value += text.slice(from, close)
    if (text.charCodeAt(close + 1) !== QUOTE) {
      const end = endOfCell(text, close + 1, separator)
      return { value: value + text.slice(close + 1, end), end }
    }
    value += '"'
    from = close + 2
  }
}
