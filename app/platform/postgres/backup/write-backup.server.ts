import { readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { explainFolderError } from '../folders.server.ts'
import { isErrno, StartupError } from '../startup-error.ts'
import { ArchiveWriter, type BackedUpTable, FORMAT, HEADER, type Header, SUMS, type Sums } from './archive.server.ts'
import { describeJobs, fixTextFormats, listMigrations, listSequences, listTables } from './catalogue.server.ts'

export type BackupOptions = {
  connection: pg.PoolConfig
  /** The folder of uploaded files. */
  filesDir: string
  file: string
  version: string
  now: () => Date
}

export type BackupReport = { tables: number; rows: number; files: number; bytes: number }

/** Writes one consistent file while the application runs. It takes its name only when it is complete. */
export async function writeBackup(options: BackupOptions): Promise<BackupReport> {
  const draft = `${options.file}.partiel`
  if (await exists(options.file))
    throw new StartupError(`Le fichier ${options.file} existe déjà : choisissez un autre nom.`)
  await rm(draft, { force: true }).catch(() => {})
  const client = new pg.Client(options.connection)
  client.on('error', () => {})
  await client.connect()
  try {
    const sums = await writeDraft(client, draft, options)
    await rename(draft, options.file)
    return report(sums, (await stat(options.file)).size)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    if (isErrno(error, 'ENOENT')) throw new StartupError(`Le dossier ${path.dirname(options.file)} n’existe pas.`)
    throw explainFolderError(error, path.dirname(path.resolve(options.file)))
  } finally {
    await client.end()
  }
}

async function writeDraft(client: pg.Client, draft: string, options: BackupOptions): Promise<Sums> {
  const archive = new ArchiveWriter(draft)
  try {
    // One snapshot for everything that is read below.
    await client.query('begin isolation level repeatable read read only')
    await fixTextFormats(client)
    await requireContent(client)
    const header = await describe(client, options)
    await archive.addJson(HEADER, header)
    const tables: Sums['tables'] = {}
    for (const table of header.tables) tables[table.name] = await addTable(archive, client, table)
    const sequences = await listSequences(client)
    await client.query('commit')
    // Files are never rewritten: those the snapshot knows are there.
    const files = await addFiles(archive, options.filesDir)
    const sums = { tables, sequences, files }
    await archive.addJson(SUMS, sums)
    await archive.end()
    return sums
  } catch (error) {
    await archive.abandon()
    throw error
  }
}

async function requireContent(client: pg.Client): Promise<void> {
  if (!(await hasContent(client))) throw new StartupError('La base de données est vide : il n’y a rien à sauvegarder.')
}

async function hasContent(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  )
  return rows[0]?.there ?? false
}

export async function isEmpty(connection: pg.PoolConfig): Promise<boolean> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return !(await hasContent(client))
  } finally {
    await client.end()
  }
}

async function describe(client: pg.Client, { version, now }: BackupOptions): Promise<Header> {
  const { rows } = await client.query<{ postgres: string }>("select current_setting('server_version') as postgres")
  return {
    format: FORMAT,
    version,
    createdAt: now().toISOString(),
    postgres: rows[0]?.postgres ?? '',
    migrations: await listMigrations(client),
    tables: await listTables(client),
    jobs: await describeJobs(client),
  }
}

async function addTable(
  archive: ArchiveWriter,
  client: pg.Client,
  table: BackedUpTable,
): Promise<Sums['tables'][string]> {
  const rows = client.query(copyTo(`copy (select ${table.columns.join(', ')} from ${table.name}) to stdout`))
  const sha256 = await archive.addInPieces(`tables/${table.name}`, rows as AsyncIterable<Buffer>)
  return { rows: rows.rowCount, sha256 }
}

async function addFiles(archive: ArchiveWriter, filesDir: string): Promise<Sums['files']> {
  const files: Sums['files'] = {}
  for (const file of await listFiles(filesDir)) {
    const full = path.join(filesDir, file)
    const { size } = await stat(full)
    const name = file.split(path.sep).join('/')
    files[name] = { size, sha256: await archive.addFile(`fichiers/${name}`, full, size) }
  }
  return files
}

async function listFiles(filesDir: string): Promise<string[]> {
  if (!(await exists(filesDir))) return []
  const entries = await readdir(filesDir, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  return files.map((file) => path.relative(filesDir, file)).sort()
}

export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

function report({ tables, files }: Sums, bytes: number): BackupReport {
  const rows = Object.values(tables).reduce((total, table) => total + table.rows, 0)
  return { tables: Object.keys(tables).length, rows, files: Object.keys(files).length, bytes }
}
