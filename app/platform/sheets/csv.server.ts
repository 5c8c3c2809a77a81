import { CsvCutter } from './csv-cutter.ts'
import {
  type ReadOptions,
  refuse,
  type Separator,
  separators,
  type SheetEncoding,
  sheetLimits,
  type SheetRow,
} from './sheet.ts'

export type Chunks = () => AsyncIterable<Uint8Array>

export interface CsvShape {
  encoding: SheetEncoding
  separator: Separator
}

/** How the text is written: asked, or guessed. A whole reading tells UTF-8 from an old French Excel. */
export async function csvShape(chunks: Chunks, asked: ReadOptions = {}): Promise<CsvShape> {
  const encoding = asked.encoding ?? (await guessEncoding(chunks))
  return { encoding, separator: asked.separator ?? guessSeparator(await beginning(chunks, encoding)) }
}

export async function* csvRows(chunks: Chunks, { encoding, separator }: CsvShape): AsyncIterable<SheetRow> {
  const decoder = new TextDecoder(encoding)
  const cutter = new CsvCutter(separator)
  let [count, bytes] = [0, 0]
  const counted = (rows: SheetRow[]) => {
    count += rows.length
    return count > sheetLimits.rows ? refuse({ type: 'too-many-rows' }) : rows
  }
  for await (const chunk of chunks()) {
    bytes += chunk.length
    if (bytes > sheetLimits.bytes) refuse({ type: 'too-large' })
    yield* counted(cutter.push(decoder.decode(chunk, { stream: true })))
  }
  yield* counted(cutter.push(decoder.decode()))
  yield* counted(cutter.end())
}

async function guessEncoding(chunks: Chunks): Promise<SheetEncoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [first, bytes, utf8] = [true, 0, true]
  for await (const chunk of chunks()) {
    bytes += chunk.length
    if (bytes > sheetLimits.bytes) refuse({ type: 'too-large' })
    if (first) {
      const wide = wideEncoding(chunk)
      if (wide) return wide
      first = false
    }
    if (chunk.includes(0)) refuse({ type: 'not-a-table' })
    utf8 &&= decodes(decoder, chunk)
  }
  if (bytes === 0) refuse({ type: 'empty' })
  return utf8 && decodes(decoder) ? 'utf-8' : 'windows-1252'
}

function decodes(decoder: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}

/** By its mark, or by the empty half of its signs. */
function wideEncoding(chunk: Uint8Array): SheetEncoding | null {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
  const sample = chunk.subarray(0, 512)
  const zeros = (odd: number) => sample.filter((byte, i) => i % 2 === odd && byte === 0).length / (sample.length / 2)
  if (sample.length >= 8 && zeros(1) > 0.7 && zeros(0) < 0.1) return 'utf-16le'
  if (sample.length >= 8 && zeros(0) > 0.7 && zeros(1) < 0.1) return 'utf-16be'
  return null
}

const SAMPLE = 64 * 1024

async function beginning(chunks: Chunks, encoding: SheetEncoding): Promise<string> {
  const decoder = new TextDecoder(encoding)
  let text = ''
  for await (const chunk of chunks()) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length >= SAMPLE) break
  }
  return text.slice(0, SAMPLE)
}

/** The one that cuts the first lines into the most alike rows of several cells. */
export function guessSeparator(sample: string): Separator {
  const noted = /^\ufeff?sep=(.)\r?\n/i.exec(sample)?.[1]
  if (separators.includes(noted as Separator)) return noted as Separator
  const scored = separators.map((separator) => ({ separator, score: scoreOf(sample, separator) }))
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).separator
}

function scoreOf(sample: string, separator: Separator): number {
  let rows: SheetRow[]
  try {
    rows = new CsvCutter(separator).push(sample.slice(0, sheetLimits.record)).slice(0, 50)
    if (rows.length === 0) rows = new CsvCutter(separator).push(`${sample}\n`)
  } catch {
    return 0
  }
  const widths = rows.map(({ cells }) => cells.length).sort((a, b) => a - b)
  const usual = widths[Math.floor(widths.length / 2)] ?? 0
  const alike = widths.filter((width) => Math.abs(width - usual) <= Math.max(1, usual / 4)).length
  return usual <= 1 ? Math.max(0, (widths.at(-1) ?? 0) - 1) / 1000 : usual * (alike / widths.length)
}
