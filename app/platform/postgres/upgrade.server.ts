import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { PoolConfig } from 'pg'
import { restoreBackup } from './backup/restore-backup.server.ts'
import { isEmpty, writeBackup } from './backup/write-backup.server.ts'
import type { Binaries } from './binaries.server.ts'
import { clusterVersion, createCluster, finishUpgrade, MAJOR_VERSION, OWNER, upgradeDraft } from './cluster.server.ts'
import { fetchOldBinaries } from './old-binaries.server.ts'
import { chooseEndpoint, type Place } from './place.server.ts'
import { endOrphans, stopServer } from './processes.server.ts'
import { address, DATABASE, removePidFile, removeSocket, waitUntilReady } from './running-server.server.ts'
import { explainFailure, spawnServer } from './server-process.server.ts'

export type UpgradeOptions = {
  dataDir: string
  place: Place
  password: string
  binaries: Binaries
  say: (sentence: string) => void
}

const migrationsFolder = path.resolve(import.meta.dirname, '../../../migrations')

/**
 * A new major PostgreSQL does not read the folder of the one before: everything goes through a backup, taken with the old
 * programs and restored beside. The folders are exchanged at the very end; the old one is kept.
 */
export async function upgradeCluster(options: UpgradeOptions): Promise<void> {
  const { place, dataDir, say } = options
  const old = clusterVersion(place.cluster)
  say(`Passage de PostgreSQL ${old} à ${MAJOR_VERSION} : sauvegarde de la base…`)
  const oldBinaries = await fetchOldBinaries(old, place, say)
  await endOrphans(place.cluster)
  removePidFile(place.cluster)
  const file = path.join(dataDir, `avant-postgresql-${MAJOR_VERSION}.tar.gz`)
  rmSync(file, { force: true })
  const saved = await withServer(options, place, oldBinaries, (connection) => save(connection, file, dataDir))
  const draft = { ...place, cluster: upgradeDraft(place.cluster) }
  rmSync(draft.cluster, { recursive: true, force: true })
  await createCluster(draft, options.binaries, dataDir)
  say('Restauration dans la nouvelle base…')
  if (saved)
    await withServer(options, draft, options.binaries, (connection) => putBack(connection, file, draft.cluster))
  const kept = freeName(`${place.cluster}-${old}`)
  renameSync(place.cluster, kept)
  finishUpgrade(place.cluster)
  say(`La base est passée à PostgreSQL ${MAJOR_VERSION} ; celle d’avant est gardée dans ${kept}.`)
}

async function save(connection: PoolConfig, file: string, dataDir: string): Promise<boolean> {
  if (await isEmpty(connection)) return false
  // Uploaded files stay where they are.
  const filesDir = path.join(dataDir, 'postgres-sans-fichiers')
  await writeBackup({ connection, filesDir, file, version: `PostgreSQL ${MAJOR_VERSION}`, now: () => new Date() })
  return true
}

async function putBack(connection: PoolConfig, file: string, cluster: string): Promise<void> {
  const filesDir = `${cluster}-fichiers`
  await restoreBackup({ connect: async () => connection, filesDir, file, migrationsFolder })
  rmSync(filesDir, { recursive: true, force: true })
}

async function withServer<Value>(
  { dataDir, password }: UpgradeOptions,
  place: Place,
  binaries: Binaries,
  work: (connection: PoolConfig) => Promise<Value>,
): Promise<Value> {
  const endpoint = await chooseEndpoint(place)
  removeSocket(endpoint)
  const server = await spawnServer(binaries, place, endpoint, dataDir, clusterVersion(place.cluster))
  const gone = () => server.child.exitCode !== null || server.child.signalCode !== null
  try {
    if (!(await waitUntilReady(endpoint, password, place.cluster, gone, () => {}))) throw explainFailure(server, place)
    return await work({ ...address(endpoint), user: OWNER, password, database: DATABASE })
  } finally {
    await stopServer(server.pid, binaries, place.cluster)
    if (endpoint.socketDir) rmSync(endpoint.socketDir, { recursive: true, force: true })
  }
}

function freeName(wanted: string): string {
  if (!existsSync(wanted)) return wanted
  let n = 2
  while (existsSync(`${wanted}-${n}`)) n += 1
  return `${wanted}-${n}`
}
