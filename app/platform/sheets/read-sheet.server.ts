import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { err, ok, type Result } from '../result.ts'
import { type Chunks, csvRows, type CsvShape, csvShape } from './csv.server.ts'
import {
  type ReadOptions,
  refuse,
  type SheetDescription,
  type SheetFile,
  sheetLimits,
  type SheetProblem,
  SheetRefusal,
  type SheetRow,
} from './sheet.ts'
import { sheetNames, xlsxRows } from './xlsx.server.ts'

const PREVIEW = 40

/**
 * The rows of a CSV or of a sheet of an Excel file, one after the other, empty ones left out: memory does not grow with the file.
 * What cannot be read, at whatever line it shows, is thrown as a `SheetRefusal` (`sheetSentence` says it in French).
 */
export async function* readSheet(file: SheetFile, options: ReadOptions = {}): AsyncIterable<SheetRow> {
  const kind = await kindOfSheet(file)
  if (kind === 'xlsx') yield* xlsxRows(file, options.sheet)
  else yield* csvRows(chunksOf(file), await csvShape(chunksOf(file), options))
}

/** What the file is and its first rows, so that somebody can say how to read it. */
export async function describeSheet(
  file: SheetFile,
  options: ReadOptions = {},
): Promise<Result<SheetDescription, SheetProblem>> {
  try {
    const kind = await kindOfSheet(file)
    const shape: CsvShape | null = kind === 'csv' ? await csvShape(chunksOf(file), options) : null
    const sheets = kind === 'xlsx' ? await sheetNames(file) : []
    const rows = shape ? csvRows(chunksOf(file), shape) : xlsxRows(file, options.sheet)
    const preview = await firstRows(rows, PREVIEW)
    if (preview.length === 0) return err({ type: 'empty' })
    return ok({ kind, encoding: shape?.encoding ?? null, separator: shape?.separator ?? null, sheets, preview })
  } catch (error) {
    if (error instanceof SheetRefusal) return err(error.problem)
    throw error
  }
}

export async function firstRows(rows: AsyncIterable<SheetRow>, count: number): Promise<SheetRow[]> {
  const first: SheetRow[] = []
  for await (const row of rows) {
    first.push(row)
    if (first.length >= count) break
  }
  return first
}

function chunksOf(file: SheetFile): Chunks {
  if ('path' in file) return () => createReadStream(file.path, { highWaterMark: 256 * 1024 })
  const { bytes } = file
  return async function* () {
    yield bytes
  }
}

/** By its bytes: neither its name nor the browser's word is believed. */
async function kindOfSheet(file: SheetFile): Promise<'csv' | 'xlsx'> {
  const head = await headOf(file)
  if (head.length === 0) refuse({ type: 'empty' })
  const starts = (signature: string) => head.subarray(0, signature.length).toString('latin1') === signature
  if (starts('PK\x03\x04')) return isOpenDocument(head) ? refuse({ type: 'open-document' }) : 'xlsx'
  if (starts('\xd0\xcf\x11\xe0')) return refuse({ type: (await holds(file, PACKAGE)) ? 'encrypted' : 'old-excel' })
  if (starts('%PDF-') || starts('{\\rtf') || starts('\x89PNG') || starts('\xff\xd8\xff') || starts('PK'))
    refuse({ type: 'not-a-table' })
  if (isWebPage(head)) refuse({ type: 'web-page' })
  return 'csv'
}

/** How a protected Excel file names what it hides. */
const PACKAGE = Buffer.from('EncryptedPackage', 'utf16le')

/** Wherever it stands: that format keeps its table of contents anywhere. */
async function holds(file: SheetFile, mark: Buffer): Promise<boolean> {
  let rest = Buffer.alloc(0)
  for await (const chunk of chunksOf(file)()) {
    const bytes = Buffer.concat([rest, chunk])
    if (bytes.includes(mark)) return true
    rest = bytes.subarray(-mark.length)
  }
  return false
}

const isOpenDocument = (head: Buffer) =>
  head.subarray(30, 130).toString('latin1').startsWith('mimetypeapplication/vnd.oasis.opendocument')

const isWebPage = (head: Buffer) =>
  /^(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|table|meta|\?xml|\?mso)/i.test(head.subarray(0, 400).toString('latin1'))

const HEAD = 64 * 1024

async function headOf(file: SheetFile): Promise<Buffer> {
  if ('bytes' in file) {
    if (file.bytes.length > sheetLimits.bytes) refuse({ type: 'too-large' })
    return Buffer.from(file.bytes.buffer, file.bytes.byteOffset, Math.min(HEAD, file.bytes.length))
  }
  if ((await stat(file.path)).size > sheetLimits.bytes) refuse({ type: 'too-large' })
  const handle = await open(file.path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
