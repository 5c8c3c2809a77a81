import { createHash } from 'node:crypto'
import { isErrno, StartupError } from '../startup-error.ts'
import { type Entry, FORMAT, HEADER, type Header, readArchive, readJson, SUMS, type Sums } from './archive.server.ts'
import type { MigrationFile } from './migrations.server.ts'

export type Verified = { header: Header; sums: Sums }

/** Reads the whole file and answers only if every byte is the one that was written and this version can read it. */
export async function verifyBackup(file: string, migrations: MigrationFile[]): Promise<Verified> {
  const { header, sums, found } = await readThrough(file)
  if (header.format > FORMAT || isNewer(header, migrations)) {
    throw new StartupError(
      `La sauvegarde ${file} vient d’une version plus récente de Maillage (${header.version}) : mettez ce Maillage à jour, puis recommencez. Rien n’a été modifié.`,
    )
  }
  if (!agree(header, sums, found)) throw damaged(file)
  return { header, sums }
}

type Found = { tables: Map<string, string>; files: Map<string, string> }

async function readThrough(file: string): Promise<Verified & { found: Found }> {
  let header: Header | undefined
  let sums: Sums | undefined
  const digests = new Map<string, ReturnType<typeof createHash>>()
  try {
    for await (const entry of readArchive(file)) {
      if (sums) throw damaged(file)
      if (!header && entry.name !== HEADER) throw notABackup(file)
      if (entry.name === HEADER) header = await readJson<Header>(entry)
      else if (entry.name === SUMS) sums = await readJson<Sums>(entry)
      else await digest(entry, digests)
    }
  } catch (error) {
    throw explainReadError(error, file, header)
  }
  if (!header) throw notABackup(file)
  if (!sums) throw damaged(file)
  return { header, sums, found: sortOut(digests) }
}

async function digest(entry: Entry, digests: Map<string, ReturnType<typeof createHash>>): Promise<void> {
  const name = wholeOf(entry.name)
  const hash = digests.get(name) ?? createHash('sha256')
  digests.set(name, hash)
  for await (const chunk of entry.body) hash.update(chunk)
}

/** `tables/a.b/000002` is a piece of `tables/a.b`. */
export function wholeOf(name: string): string {
  return name.startsWith('tables/') ? name.slice(0, name.lastIndexOf('/')) : name
}

function sortOut(digests: Map<string, ReturnType<typeof createHash>>): Found {
  const found: Found = { tables: new Map(), files: new Map() }
  for (const [name, hash] of digests) {
    const kind = name.startsWith('tables/') ? found.tables : found.files
    kind.set(name.slice(name.indexOf('/') + 1), hash.digest('hex'))
  }
  return found
}

function agree(header: Header, sums: Sums, found: Found): boolean {
  const nothing = createHash('sha256').digest('hex')
  const tables = Object.entries(sums.tables)
  const files = Object.entries(sums.files)
  return (
    header.tables.length === tables.length &&
    header.tables.every(({ name }) => sums.tables[name] !== undefined) &&
    tables.every(([name, { sha256 }]) => sha256 === (found.tables.get(name) ?? nothing)) &&
    files.length === found.files.size &&
    files.every(([name, { sha256 }]) => sha256 === found.files.get(name))
  )
}

function isNewer(header: Header, migrations: MigrationFile[]): boolean {
  const known = new Set(migrations.map(({ folderMillis }) => folderMillis))
  return header.migrations.some(({ createdAt }) => !known.has(createdAt))
}

function explainReadError(error: unknown, file: string, header: Header | undefined): unknown {
  if (error instanceof StartupError) return error
  if (isErrno(error, 'ENOENT')) return new StartupError(`Le fichier ${file} n’existe pas.`)
  if (isErrno(error, 'EACCES', 'EPERM'))
    return new StartupError(`Le fichier ${file} ne peut pas être lu par ce compte.`)
  if (isErrno(error, 'EISDIR')) return notABackup(file)
  if (isErrno(error, 'EIO')) return damaged(file)
  return header || isErrno(error, 'Z_BUF_ERROR') ? damaged(file) : notABackup(file)
}

function damaged(file: string): StartupError {
  return new StartupError(
    `La sauvegarde ${file} est abîmée ou incomplète : utilisez-en une autre. Rien n’a été modifié.`,
  )
}

function notABackup(file: string): StartupError {
  return new StartupError(`Le fichier ${file} n’est pas une sauvegarde de Maillage. Rien n’a été modifié.`)
}
