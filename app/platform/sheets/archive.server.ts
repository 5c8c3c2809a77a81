import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { refuse, type SheetFile, sheetLimits, SheetRefusal } from './sheet.ts'

const MAX_ENTRIES = 5000

/** The parts of an Excel file, each read as a stream whose bytes are counted as they unpack: what the file says of itself is not believed. */
export class Archive {
  readonly #zip: yauzl.ZipFile
  readonly #entries: ReadonlyMap<string, yauzl.Entry>

  private constructor(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>) {
    this.#zip = zip
    this.#entries = entries
  }

  static async open(file: SheetFile): Promise<Archive> {
    const zip = await openZip(file)
    try {
      return new Archive(zip, await entriesOf(zip))
    } catch (error) {
      zip.close()
      throw asRefusal(error)
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  close(): void {
    this.#zip.close()
  }

  async *read(name: string, most: number): AsyncIterable<Uint8Array> {
    const entry = this.#entries.get(name)
    if (!entry) return refuse({ type: 'unreadable' })
    if (entry.isEncrypted()) refuse({ type: 'encrypted' })
    let bytes = 0
    try {
      const stream = await openEntry(this.#zip, entry)
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        bytes += chunk.length
        const swollen = bytes > 16 * 1024 * 1024 && bytes > entry.compressedSize * sheetLimits.packing
        if (bytes > most || swollen) refuse({ type: 'unpacks-too-large' })
        yield chunk
      }
    } catch (error) {
      throw asRefusal(error)
    }
  }

  /** A small part, as text; null when it is not there. */
  async text(name: string): Promise<string | null> {
    if (!this.has(name)) return null
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of this.read(name, sheetLimits.partBytes)) text += decoder.decode(chunk, { stream: true })
    return text + decoder.decode()
  }
}

const asRefusal = (error: unknown) => (error instanceof SheetRefusal ? error : new SheetRefusal({ type: 'unreadable' }))

const options = { lazyEntries: true, autoClose: false, validateEntrySize: true } as const

function openZip(file: SheetFile): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip?: yauzl.ZipFile) => (zip ? resolve(zip) : reject(asRefusal(error)))
    if ('bytes' in file) yauzl.fromBuffer(Buffer.from(file.bytes), options, done)
    else yauzl.open(file.path, options, done)
  })
}

function entriesOf(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry)
      if (entries.size > MAX_ENTRIES) reject(new SheetRefusal({ type: 'unpacks-too-large' }))
      else zip.readEntry()
    })
    zip.readEntry()
  })
}

const openEntry = (zip: yauzl.ZipFile, entry: yauzl.Entry) =>
  new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (stream ? resolve(stream) : reject(error)))
  })
