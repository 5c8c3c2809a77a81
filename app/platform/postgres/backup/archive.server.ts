import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import tar from 'tar-stream'

/**
 * One backup file, a compressed tar that any computer opens:
 *   maillage.json            what it is: version, migrations, tables
 *   tables/<table>/<n>       rows as PostgreSQL's COPY writes them, in pieces, so that nothing is held in memory
 *   fichiers/<path>          uploaded files
 *   sommes.json              written last: rows and checksum of each table and file; a cut file has none
 */
export const HEADER = 'maillage.json'
export const SUMS = 'sommes.json'
export const FORMAT = 1

export type BackedUpTable = { name: string; columns: string[] }

export type Header = {
  format: number
  version: string
  createdAt: string
  postgres: string
  migrations: { hash: string; createdAt: number }[]
  tables: BackedUpTable[]
  /** Version of pg-boss's tables, which it makes itself. */
  jobs: { version: number } | null
}

export type Sums = {
  tables: Record<string, { rows: number; sha256: string }>
  sequences: Record<string, string>
  files: Record<string, { size: number; sha256: string }>
}

export type Entry = { name: string; body: AsyncIterable<Buffer> }

const PIECE = 1024 * 1024

export class ArchiveWriter {
  readonly #pack = tar.pack()
  readonly #written: Promise<void>
  #failure: unknown

  constructor(file: string) {
    this.#written = pipeline(
      this.#pack,
      createGzip({ level: 4 }),
      createWriteStream(file, { flags: 'wx', mode: 0o600 }),
    )
    this.#written.catch((error: unknown) => {
      this.#failure = error
    })
  }

  async addJson(name: string, value: unknown): Promise<void> {
    await this.#add(name, Buffer.from(`${JSON.stringify(value, null, 1)}\n`))
  }

  /** Returns the checksum of the whole. */
  async addInPieces(name: string, chunks: AsyncIterable<Buffer>): Promise<string> {
    const hash = createHash('sha256')
    let piece = 0
    let waiting: Buffer[] = []
    let size = 0
    const flush = async () => {
      piece += 1
      await this.#add(`${name}/${String(piece).padStart(6, '0')}`, Buffer.concat(waiting))
      waiting = []
      size = 0
    }
    for await (const chunk of chunks) {
      hash.update(chunk)
      waiting.push(chunk)
      size += chunk.length
      if (size >= PIECE) await flush()
    }
    if (size > 0) await flush()
    return hash.digest('hex')
  }

  async addFile(name: string, file: string, size: number): Promise<string> {
    const hash = createHash('sha256')
    await this.#entry(name, size, (entry) => pipeline(createReadStream(file), hashing(hash), entry))
    return hash.digest('hex')
  }

  async end(): Promise<void> {
    this.#pack.finalize()
    await this.#written
  }

  abandon(): Promise<void> {
    this.#pack.destroy()
    return this.#written.catch(() => {})
  }

  #add(name: string, content: Buffer): Promise<void> {
    return this.#entry(name, content.length, async (entry) => void entry.end(content))
  }

  /** The entry's end is called when the disk has followed; a failure of the disk ends the wait too. */
  async #entry(name: string, size: number, fill: (entry: Writable) => Promise<unknown>): Promise<void> {
    const added = new Promise<void>((resolve, reject) => {
      const entry = this.#pack.entry({ name, size, mode: 0o600 }, (error) => (error ? reject(error) : resolve()))
      fill(entry as unknown as Writable).catch(reject)
    })
    try {
      await Promise.race([added, this.#written.then(() => added)])
    } catch (error) {
      // The disk's own words rather than the archive's.
      throw this.#failure ?? error
    }
  }
}

function hashing(hash: Hash) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
}

export async function* readArchive(file: string): AsyncGenerator<Entry> {
  const extract = tar.extract()
  const read = pipeline(createReadStream(file), createGunzip(), extract)
  read.catch(() => {})
  for await (const entry of extract) yield { name: entry.header.name, body: entry as AsyncIterable<Buffer> }
  await read
}

export async function readJson<Value>(entry: Entry): Promise<Value> {
  const chunks: Buffer[] = []
  for await (const chunk of entry.body) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString()) as Value
}
