import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { copyFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import { reportError } from '#app/platform/log.server.ts'
import { scheduleDailyBackup } from '#app/platform/postgres/backup/daily-backup.server.ts'
import { startEmbeddedPostgres } from '#app/platform/postgres/embedded.server.ts'
import { reachServer } from '#app/platform/postgres/server-url.server.ts'
import { explainListenError, reportAndFail, StartupError } from '#app/platform/postgres/startup-error.ts'
import type { Store } from './cli/store.ts'
import { count } from './cli/output.ts'
import { migrateDatabase } from './migrate.ts'
import { openPages, type Pages } from './pages.ts'
import { loadEnvFile, readSettings, type Settings, version } from './settings.ts'
import { closeServer, listen, webListener } from './web.ts'

/** SIGTERM to the end: 10 seconds in all, of which this for requests under way. */
const DRAIN = 4_000
const LAST = 9_500

const say = (sentence: string) => process.stdout.write(`${sentence}\n`)
const started = Date.now()

async function main() {
  const development = process.argv.includes('--dev')
  loadEnvFile()
  const settings = readSettings()
  const door: { listener: RequestListener } = { listener: notReady }
  const server = await openDoor(door, settings)
  const stopping = stopOnSignal()
  try {
    const baseUrl = settings.baseUrl ?? `http://localhost:${(server.address() as AddressInfo).port}`
    const store = await openStore(settings)
    try {
      await serveUntil(stopping, { settings, store, baseUrl, development, door, server })
    } finally {
      await store.close()
    }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

interface Serving {
  settings: Settings
  store: Store
  baseUrl: string
  development: boolean
  door: { listener: RequestListener }
  server: Server
}

async function serveUntil(stopping: Promise<void>, { settings, store, baseUrl, development, door, server }: Serving) {
  const { connection } = store
  const applied = await migrateDatabase(connection)
  if (applied > 0) say(`${count(applied, 'migration appliquée', 'migrations appliquées')}.`)
  const pages = await openPages({ ...settings, baseUrl, connection, alone: !settings.databaseUrl, development, say })
  door.listener = webListener({ baseUrl, trustProxy: settings.trustProxy, ...pages })
  announce(baseUrl, pages)
  const stopBackups = startBackups(settings, store)
  await stopping
  stopBackups()
  await closeServer(server, DRAIN)
  await pages.close()
}

async function openDoor(door: { listener: RequestListener }, { host, port }: Settings): Promise<Server> {
  try {
    return await listen((request, response) => door.listener(request, response), host, port)
  } catch (error) {
    throw explainListenError(error, port)
  }
}

/** Between the opening of the port and the first page, a second or two. */
const notReady: RequestListener = (_request, response) => {
  response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' })
  response.end('Maillage démarre : rechargez la page dans un instant.\n')
}

async function openStore({ databaseUrl, dataDir }: Settings): Promise<Store> {
  if (databaseUrl) return { connection: (await reachServer(databaseUrl)).connection, close: async () => {} }
  const embedded = await startEmbeddedPostgres({ dataDir, onProgress: say, onLost: giveUp })
  return { connection: embedded.connection, close: () => embedded.stop() }
}

/** The database keeps dying: whoever supervises us must know. */
function giveUp(reason: unknown) {
  reportAndFail(reason ?? new StartupError('La base de données s’arrête sans cesse : voyez postgres.log.'))
  process.exit(1)
}

function announce(baseUrl: string, { setUpPath }: Pages) {
  const seconds = ((Date.now() - started) / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })
  const ready = `Maillage ${version} est prêt (${seconds} s) : ${baseUrl}`
  say(setUpPath ? `${ready}\nPour créer le premier compte, une seule fois : ${baseUrl}${setUpPath}` : ready)
}

function startBackups({ backupDir, backupKeep, filesDir }: Settings, { connection }: Store): () => void {
  if (!backupDir) return () => {}
  return scheduleDailyBackup({
    connection,
    filesDir,
    version,
    dir: backupDir,
    keep: backupKeep,
    now: () => new Date(),
    onDone: ({ file }) => {
      say(`Sauvegarde du jour écrite : ${path.basename(file)}.`)
      copyErasureList(filesDir, path.dirname(file))
    },
    onError: (error) => reportError(error),
  })
}

/** A backup goes with the list of who was erased: whoever restores an older one erases them again. */
function copyErasureList(filesDir: string, dir: string) {
  const list = path.join(path.dirname(filesDir), 'effacements.jsonl')
  if (existsSync(list)) copyFileSync(list, path.join(dir, 'effacements.jsonl'))
}

/** Resolves at the first signal; the second one, or too long an end, cuts short. */
function stopOnSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const stop = () => {
      if (asked) process.exit(1)
      asked = true
      say('Arrêt demandé : fin des demandes en cours…')
      setTimeout(() => process.exit(1), LAST).unref()
      resolve()
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })
}

await main().catch((error: unknown) => {
  reportAndFail(error)
  process.exit(1)
})
