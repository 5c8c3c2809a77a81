import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { explainFolderError } from '../folders.server.ts'
import { type BackupOptions, type BackupReport, writeBackup } from './write-backup.server.ts'

export type DailyBackupOptions = Omit<BackupOptions, 'file'> & {
  /** Where backups go (BACKUP_DIR). */
  dir: string
  /** How many are kept (BACKUP_KEEP). */
  keep: number
}

export type DailyBackup = BackupReport & { file: string; removed: string[] }

const NAME = /^maillage-\d{4}-\d{2}-\d{2}\.tar\.gz$/
const QUARTER_OF_AN_HOUR = 15 * 60_000
const LOCK = 728_401_553

/** Writes the day's backup, unless it is there already, then removes the oldest beyond those to keep. */
export async function runDailyBackup(options: DailyBackupOptions): Promise<DailyBackup | null> {
  await mkdir(options.dir, { recursive: true }).catch((error: unknown) => {
    throw explainFolderError(error, options.dir)
  })
  const file = path.join(options.dir, `maillage-${parisDay(options.now())}.tar.gz`)
  return withLock(options.connection, async () => {
    if (await stat(file).catch(() => null)) return null
    const report = await writeBackup({ ...options, file })
    return { ...report, file, removed: await rotate(options.dir, options.keep) }
  })
}

/** Looks every quarter of an hour whether the day's backup is due (from `hour`, Paris time). Returns how to stop. */
export function scheduleDailyBackup(
  options: DailyBackupOptions & {
    hour?: number
    onDone?: (done: DailyBackup) => void
    onError?: (error: unknown) => void
  },
): () => void {
  const { hour = 3, onDone = () => {}, onError = () => {} } = options
  const look = async () => {
    if (parisHour(options.now()) < hour) return
    try {
      const done = await runDailyBackup(options)
      if (done) onDone(done)
    } catch (error) {
      onError(error)
    }
  }
  const timer = setInterval(look, QUARTER_OF_AN_HOUR)
  timer.unref()
  return () => clearInterval(timer)
}

/** Two processes on one database make one backup. */
async function withLock<Value>(connection: pg.PoolConfig, work: () => Promise<Value>): Promise<Value | null> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK])
    return rows[0]?.held ? await work() : null
  } finally {
    await client.end()
  }
}

async function rotate(dir: string, keep: number): Promise<string[]> {
  const found = (await readdir(dir)).filter((name) => NAME.test(name)).sort()
  const removed = found.slice(0, Math.max(0, found.length - Math.max(1, keep)))
  for (const name of removed) await rm(path.join(dir, name))
  return removed
}

function parisDay(now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(now)
}

function parisHour(now: Date): number {
  return Number(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', hour: '2-digit' }).format(now))
}
