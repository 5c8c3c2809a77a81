import { sheetLimits, type SheetRow } from './sheet.ts'

export interface Range {
  top: number
  left: number
  bottom: number
  right: number
}

const MAX_RANGES = 100_000
const MARK = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g

/** Merged cells stand after the rows in the file: they are looked for first, as text, without reading the XML. */
export async function mergedRanges(chunks: () => AsyncIterable<Uint8Array>): Promise<Range[]> {
  const decoder = new TextDecoder('latin1')
  const ranges: Range[] = []
  let rest = ''
  for await (const chunk of chunks()) {
    const text = rest + decoder.decode(chunk, { stream: true })
    let after = 0
    if (text.includes('mergeCell')) {
      for (const found of text.matchAll(MARK)) {
        after = found.index + found[0].length
        if (ranges.length < MAX_RANGES) ranges.push(rangeOf(found))
      }
    }
    rest = text.slice(Math.max(after, text.length - 80))
  }
  return ranges.sort((a, b) => a.top - b.top)
}

const rangeOf = (found: RegExpExecArray): Range => ({
  left: columnNumber(found[1]!),
  top: Number(found[2]),
  right: Math.min(columnNumber(found[3]!), sheetLimits.columns - 1),
  bottom: Number(found[4]),
})

/** « A » is 0, « AA » 26. */
export function columnNumber(letters: string): number {
  let number = 0
  for (let i = 0; i < letters.length; i += 1) number = number * 26 + letters.charCodeAt(i) - 64
  return number - 1
}

/** Gives every cell of a merged block the text of its first one, row after row. */
export function mergeFiller(ranges: readonly Range[]): (row: SheetRow) => SheetRow {
  let next = 0
  let open: { range: Range; text: string }[] = []
  return (row) => {
    while (next < ranges.length && ranges[next]!.top <= row.line) {
      const range = ranges[next]!
      next += 1
      // the row that held its text was empty
      if (range.top === row.line) open.push({ range, text: row.cells[range.left] ?? '' })
    }
    open = open.filter(({ range }) => range.bottom >= row.line)
    for (const { range, text } of open) fill(row, range, text)
    return row
  }
}

function fill(row: SheetRow, { left, right }: Range, text: string) {
  if (text === '') return
  while (row.cells.length <= right) row.cells.push('')
  for (let column = left; column <= right; column += 1) row.cells[column] = text
}
