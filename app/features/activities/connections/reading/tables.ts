import { type Columns, columnsOf, isHeader } from './columns.ts'
import { plain } from './plain.ts'

/** One block of a report: its title, its header, its rows. */
export interface Table {
  title: string
  headers: readonly string[]
  columns: Columns
  rows: (readonly string[])[]
}

const filled = (cells: readonly string[]) => cells.filter((cell) => cell.trim() !== '')

/** « 2. Participants », « Host Details »: a line of its own above a header. */
const isTitle = (cells: readonly string[]) => filled(cells).length === 1 && (cells[0] ?? '').trim() !== ''

const NUMBERED = /^\d{1,2}\s?[.)]\s?\p{L}/u

/** The blocks of a report that name people; what stands above, between and below them is left out. */
export function tablesIn(rows: readonly (readonly string[])[]): Table[] {
  const tables: Table[] = []
  let [table, title]: [Table | null, string] = [null, '']
  const known: Parameters<typeof columnsOf>[1] = new Map()
  for (const cells of rows) {
    const columns = columnsOf(cells, known)
    if (isHeader(columns, cells)) {
      // the same header again, at the top of each printed page
      if (table && sameHeader(table.headers, cells)) continue
      table = { title, headers: cells, columns, rows: [] }
      tables.push(table)
    } else if (isTitle(cells) && (NUMBERED.test(cells[0]!.trim()) || isBlockName(cells[0]!))) {
      ;[table, title] = [null, cells[0]!]
    } else if (table && filled(cells).length > 0) table.rows.push(cells)
    else if (!table && isTitle(cells)) title = cells[0]!
  }
  return tables
}

const sameHeader = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((cell, index) => plain(cell) === plain(other[index]!))

const BLOCK =
  /^(hosts?|panelists?|attendees?|viewers?|registrants?|other attended) (details|list)$|^(informations|details|liste) (sur|des?|du|concernant) /

const isBlockName = (text: string) => BLOCK.test(plain(text))

/** The text of a cell; none where the row is shorter. */
export const cellOf = (cells: readonly string[], column: number | undefined): string =>
  column === undefined ? '' : (cells[column] ?? '').trim()

/** The whole of a report as one list of plain cells, for the words by which its tool is known. */
export const cellsOf = (rows: readonly (readonly string[])[], lines = 60): Set<string> =>
  new Set(rows.slice(0, lines).flatMap((cells) => cells.slice(0, 60).map((cell) => plain(cell))))
