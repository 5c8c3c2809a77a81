import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { err, ok, type Result } from './result.ts'

/** A form with one file, written to disk as it comes: memory does not grow with it. */
export interface Upload {
  fields: Record<string, string>
  /** null when none was chosen. The caller moves it or removes it. */
  file: { path: string; name: string; size: number } | null
}

export type UploadError = { type: 'too-large' } | { type: 'unreadable' }

const MAX_FIELD = 10_000
const MAX_PARTS = 50
const MAX_HEAD = 8_000

export async function receiveUpload(
  request: Request,
  { folder, maxBytes }: { folder: string; maxBytes: number },
): Promise<Result<Upload, UploadError>> {
  const type = request.headers.get('content-type') ?? ''
  const boundary = /^multipart\/form-data.*?;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(type)
  if (!boundary || !request.body) return err({ type: 'unreadable' })
  await mkdir(folder, { recursive: true })
  const reader = new MultipartReader(boundary[1] ?? boundary[2]!, folder, maxBytes)
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>)
      await reader.push(Buffer.from(chunk))
    return ok(reader.finish())
  } catch (error) {
    await reader.drop()
    if (error instanceof Refused) return err({ type: error.reason })
    if ((error as { status?: number }).status === 413) return err({ type: 'too-large' })
    return err({ type: 'unreadable' })
  } finally {
    await reader.close()
  }
}

class Refused extends Error {
  readonly reason: UploadError['type']
  constructor(reason: UploadError['type']) {
    super(reason)
    this.reason = reason
  }
}

interface Part {
  name: string
  fileName: string | null
  value: Buffer[]
  size: number
}

/** RFC 7578, as browsers write it: each part between boundaries, its head before a blank line. */
class MultipartReader {
  readonly #mark: Buffer
  readonly #folder: string
  readonly #maxBytes: number
  readonly #upload: Upload = { fields: {}, file: null }
  #rest = Buffer.from('\r\n')
  #part: Part | null = null
  #handle: FileHandle | null = null
  #ended = false
  #parts = 0

  constructor(boundary: string, folder: string, maxBytes: number) {
    this.#mark = Buffer.from(`\r\n--${boundary}`, 'latin1')
    this.#folder = folder
    this.#maxBytes = maxBytes
  }

  async push(chunk: Buffer): Promise<void> {
    this.#rest = Buffer.concat([this.#rest, chunk])
    while (!this.#ended && (this.#part ? await this.#body() : await this.#head()));
    if (this.#ended) this.#rest = Buffer.alloc(0)
  }

  finish(): Upload {
    if (!this.#ended) throw new Refused('unreadable')
    return this.#upload
  }

  async close(): Promise<void> {
    await this.#handle?.close()
    this.#handle = null
  }

  async drop(): Promise<void> {
    await this.close()
    if (this.#upload.file) await rm(this.#upload.file.path, { force: true })
  }

  /** From a boundary to the blank line that opens the part. */
  async #head(): Promise<boolean> {
    const at = this.#rest.indexOf(this.#mark)
    const from = at + this.#mark.length
    if (at < 0 || this.#rest.length < from + 2) return this.#tooLong()
    if (this.#rest.subarray(from, from + 2).toString('latin1') === '--') {
      this.#ended = true
      return false
    }
    const end = this.#rest.indexOf('\r\n\r\n', from)
    if (end < 0) return this.#tooLong()
    const head = this.#rest.subarray(from, end).toString('utf8')
    this.#rest = this.#rest.subarray(end + 4)
    this.#parts += 1
    if (this.#parts > MAX_PARTS) throw new Refused('unreadable')
    await this.#open(head)
    return true
  }

  #tooLong(): false {
    if (this.#rest.length > MAX_HEAD + this.#mark.length) throw new Refused('unreadable')
    return false
  }

  async #open(head: string): Promise<void> {
    const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1]
    if (name === undefined) throw new Refused('unreadable')
    const fileName = /filename="([^"]*)"/i.exec(head)?.[1] ?? null
    this.#part = { name, fileName, value: [], size: 0 }
    if (!fileName || this.#upload.file) return
    const target = path.join(this.#folder, `${randomUUID()}.envoi`)
    this.#handle = await open(target, 'wx', 0o600)
    this.#upload.file = { path: target, name: displayName(fileName), size: 0 }
  }

  /** What surely belongs to the part; its last bytes may be the beginning of a boundary. */
  async #body(): Promise<boolean> {
    const end = this.#rest.indexOf(this.#mark)
    const sure = end >= 0 ? end : Math.max(0, this.#rest.length - this.#mark.length)
    await this.#keep(this.#rest.subarray(0, sure))
    this.#rest = this.#rest.subarray(sure)
    if (end < 0) return false
    await this.#closePart()
    return true
  }

  async #keep(bytes: Buffer): Promise<void> {
    const part = this.#part!
    part.size += bytes.length
    if (bytes.length === 0) return
    if (this.#handle) {
      if (part.size > this.#maxBytes) throw new Refused('too-large')
      await this.#handle.write(bytes)
    } else if (part.size > MAX_FIELD) throw new Refused('too-large')
    else part.value.push(Buffer.from(bytes))
  }

  async #closePart(): Promise<void> {
    const { name, fileName, value, size } = this.#part!
    this.#part = null
    if (this.#handle) {
      await this.#handle.sync()
      await this.close()
      this.#upload.file!.size = size
    } else if (fileName === null) this.#upload.fields[name] = Buffer.concat(value).toString('utf8')
  }
}

/** Shown, never used as a path. */
const displayName = (name: string) =>
  name
    .toWellFormed()
    .normalize('NFC')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<>"]/g, '')
    .trim()
    .slice(0, 120) || 'tableau'
