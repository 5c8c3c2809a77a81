import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { getConstructionPlans } from 'pg-boss'
import { from as copyFrom } from 'pg-copy-streams'
import { explainFolderError } from '../folders.server.ts'
import { StartupError } from '../startup-error.ts'
import { type BackedUpTable, type Entry, type Header, readArchive, type Sums } from './archive.server.ts'
import { describeJobs, fixTextFormats, listForeignKeys, listTables } from './catalogue.server.ts'
import { applyMigrations, type MigrationFile, readMigrations } from './migrations.server.ts'
import { type Verified, verifyBackup, wholeOf } from './verify-backup.server.ts'

export type RestoreOptions = {
  /** Called once the file is known to be good: opening a database may create it. */
  connect: () => Promise<pg.PoolConfig>
  filesDir: string
  file: string
  migrationsFolder: string
}

export type RestoreReport = { header: Header; rows: number; files: number; jobsKept: boolean }

/** Puts a backup back into an empty place: all of it, or nothing. */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const migrations = readMigrations(options.migrationsFolder)
  const verified = await verifyBackup(options.file, migrations)
  await requireNoFiles(options.filesDir)
  const client = new pg.Client(await options.connect())
  client.on('error', () => {})
  await client.connect()
  const draftFiles = `${options.filesDir}-restauration`
  try {
    await requireEmptyDatabase(client)
    const jobsKept = await restoreAll(client, options, verified, migrations, draftFiles)
    const rows = Object.values(verified.sums.tables).reduce((total, table) => total + table.rows, 0)
    return { header: verified.header, rows, files: Object.keys(verified.sums.files).length, jobsKept }
  } catch (error) {
    await rm(draftFiles, { recursive: true, force: true })
    throw explainFolderError(error, path.dirname(options.filesDir))
  } finally {
    await client.end()
  }
}

async function requireNoFiles(filesDir: string): Promise<void> {
  const found = await readdir(filesDir).catch(() => [])
  if (found.length > 0) {
    throw new StartupError(
      `Le dossier ${filesDir} contient déjà des fichiers : une sauvegarde ne se restaure que dans un endroit vide. Rien n’a été modifié.`,
    )
  }
}

async function requireEmptyDatabase(client: pg.Client): Promise<void> {
  if ((await listTables(client)).length === 0) return
  throw new StartupError(
    'La base de données contient déjà des tables : une sauvegarde ne se restaure que dans un endroit vide (autre DATA_DIR ou autre base). Rien n’a été modifié.',
  )
}

async function restoreAll(
  client: pg.Client,
  { file, filesDir }: RestoreOptions,
  { header, sums }: Verified,
  migrations: MigrationFile[],
  draftFiles: string,
): Promise<boolean> {
  const last = header.migrations.at(-1)?.createdAt ?? 0
  await client.query('begin')
  try {
    await fixTextFormats(client)
    await applyMigrations(
      client,
      migrations.filter(({ folderMillis }) => folderMillis <= last),
    )
    const jobsKept = await prepareJobs(client, header.jobs)
    const tables = header.tables.filter(({ name }) => jobsKept || !name.startsWith('pgboss.'))
    await fill(client, file, tables, sums, draftFiles)
    await applyMigrations(client, migrations)
    await placeFiles(draftFiles, filesDir)
    await client.query('commit')
    await client.query('analyze')
    return jobsKept
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Waiting jobs come back when this version keeps them as that one did; else the durable events beside them do. */
async function prepareJobs(client: pg.Client, jobs: Header['jobs']): Promise<boolean> {
  if (!jobs) return true
  await client.query('savepoint jobs')
  // Its own transaction and its time limits are not ours: the restoration is one transaction, as long as it takes.
  const plan = getConstructionPlans('pgboss').replaceAll(/^\s*(BEGIN|COMMIT|SET LOCAL \w+ = \d+);/gm, '')
  await client.query(plan)
  if ((await describeJobs(client))?.version !== jobs.version) {
    await client.query('rollback to savepoint jobs')
    return false
  }
  return true
}

/** Keys are checked once, when they are put back: no order between tables to find, no superuser needed. */
async function fill(
  client: pg.Client,
  file: string,
  tables: BackedUpTable[],
  sums: Sums,
  draftFiles: string,
): Promise<void> {
  const keys = await listForeignKeys(client)
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of tables) {
    await client.query(`truncate ${name}`)
    await client.query(`alter table ${name} disable trigger user`)
  }
  await copyEntries(client, file, new Map(tables.map((table) => [table.name, table])), sums, draftFiles)
  for (const { name } of tables) await client.query(`alter table ${name} enable trigger user`)
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
  for (const [name, value] of Object.entries(sums.sequences)) {
    const known = await client.query<{ known: boolean }>('select to_regclass($1) is not null as known', [name])
    if (known.rows[0]?.known) await client.query('select setval($1, $2)', [name, value])
  }
}

async function copyEntries(
  client: pg.Client,
  file: string,
  tables: Map<string, BackedUpTable>,
  sums: Sums,
  draftFiles: string,
): Promise<void> {
  await mkdir(draftFiles, { recursive: true })
  const entries = readArchive(file)
  let next = await entries.next()
  while (!next.done) {
    const { name } = next.value
    const table = name.startsWith('tables/') ? tables.get(wholeOf(name).slice('tables/'.length)) : undefined
    if (table) {
      const rows = Readable.from(piecesOf(wholeOf(name)))
      await pipeline(rows, client.query(copyFrom(`copy ${table.name} (${table.columns.join(', ')}) from stdin`)))
      continue
    }
    if (name.startsWith('fichiers/')) await writeFile(next.value, draftFiles, sums)
    else for await (const _ of next.value.body);
    next = await entries.next()
  }

  async function* piecesOf(whole: string): AsyncGenerator<Buffer> {
    while (!next.done && wholeOf(next.value.name) === whole) {
      yield* next.value.body
      next = await entries.next()
    }
  }
}

async function writeFile({ name, body }: Entry, draftFiles: string, sums: Sums): Promise<void> {
  const relative = name.slice('fichiers/'.length)
  const target = path.resolve(draftFiles, relative)
  if (!sums.files[relative] || !target.startsWith(draftFiles + path.sep)) throw new Error(`unexpected file ${name}`)
  await mkdir(path.dirname(target), { recursive: true })
  await pipeline(body, createWriteStream(target, { mode: 0o600 }))
}

async function placeFiles(draftFiles: string, filesDir: string): Promise<void> {
  await rm(filesDir, { recursive: true, force: true })
  await rename(draftFiles, filesDir)
}
