import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { PoolConfig } from 'pg'
import { type Binaries, findBinaries } from './binaries.server.ts'
import { createCluster, hasCluster, OWNER, readOrMakePassword, requireSameVersion } from './cluster.server.ts'
import { lockDataFolder } from './data-lock.server.ts'
import { explainFolderError, prepareDataFolder, requireFreeSpace } from './folders.server.ts'
import { chooseEndpoint, choosePlace, type Endpoint, type Place } from './place.server.ts'
import {
  address,
  ask,
  DATABASE,
  isOurServer,
  readPidFile,
  removePidFile,
  waitUntilReady,
} from './running-server.server.ts'
import { explainFailure, spawnServer, stopServer } from './server-process.server.ts'
import { StartupError } from './startup-error.ts'

export type EmbeddedOptions = { dataDir: string; onProgress?: (sentence: string) => void }

export type EmbeddedPostgres = {
  connection: PoolConfig
  /** The server was already running, left by a process that was killed. */
  adopted: boolean
  serverPid: number
  stop(): Promise<void>
}

type Session = { dataDir: string; place: Place; password: string; say: (sentence: string) => void }

/** Starts the PostgreSQL of this data folder, or adopts the one that still runs there, and owns the folder until `stop`. */
export async function startEmbeddedPostgres({
  dataDir,
  onProgress = () => {},
}: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = path.resolve(dataDir)
  await prepareDataFolder(folder)
  const lock = await lockDataFolder(folder)
  if (!lock) throw alreadyInUse(folder)
  try {
    const started = await startOrAdopt(openSession(folder, onProgress))
    return {
      ...started,
      stop: async () => {
        await started.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw explainFolderError(error, folder)
  }
}

/** For the command line: the server of the application that runs, if it does; else one of our own, stopped by `stop`. */
export async function joinEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = path.resolve(options.dataDir)
  for (;;) {
    try {
      return await startEmbeddedPostgres(options)
    } catch (error) {
      if (!(error instanceof StartupError && error.cause === 'in-use')) throw error
    }
    const joined = await joinRunning(openSession(folder, options.onProgress))
    if (joined) return joined
    await wait(50)
  }
}

function openSession(dataDir: string, say: (sentence: string) => void = () => {}): Session {
  return { dataDir, place: choosePlace(dataDir, say), password: readOrMakePassword(dataDir), say }
}

function alreadyInUse(folder: string): StartupError {
  return new StartupError(
    `Un autre Maillage utilise déjà le dossier ${folder} : arrêtez-le, ou choisissez un autre dossier (DATA_DIR).`,
    { cause: 'in-use' },
  )
}

async function startOrAdopt(session: Session): Promise<EmbeddedPostgres> {
  const { place, say } = session
  const binaries = findBinaries(place.runAs, place.programs)
  if (binaries.moved) say(`Les programmes de PostgreSQL sont copiés dans ${binaries.nativeDir}.`)
  if (hasCluster(place.cluster)) {
    requireSameVersion(place.cluster)
    const running = await adopt(session, binaries)
    if (running) return running
    await requireFreeSpace(place.cluster, { creating: false })
  } else {
    say('Création de la base de données…')
    await createCluster(place, binaries, session.dataDir)
  }
  return start(session, binaries)
}

async function adopt(session: Session, binaries: Binaries): Promise<EmbeddedPostgres | null> {
  const { cluster } = session.place
  const running = readPidFile(cluster)
  if (!running) return null
  const ours = () => isOurServer(running.pid, cluster)
  if (!ours()) {
    // It answers, yet is no process of this machine: another container shares the folder.
    if ((await ask(running.endpoint, session.password, cluster)) !== 'none') throw alreadyInUse(session.dataDir)
    removePidFile(cluster)
    return null
  }
  const ready = await waitUntilReady(
    running.endpoint,
    session.password,
    cluster,
    () => !ours(),
    () => sayRecovery(session),
  )
  return ready ? serving(session, running.endpoint, true, running.pid, binaries) : null
}

async function joinRunning(session: Session): Promise<EmbeddedPostgres | null> {
  const { cluster } = session.place
  const running = readPidFile(cluster)
  if (!running || (await ask(running.endpoint, session.password, cluster)) !== 'ready') return null
  const connection = connectionTo(session, running.endpoint)
  return { connection, adopted: true, serverPid: running.pid, stop: async () => {} }
}

async function start(session: Session, binaries: Binaries): Promise<EmbeddedPostgres> {
  const endpoint = await chooseEndpoint(session.place)
  const server = await spawnServer(binaries, session.place, endpoint, session.dataDir)
  const gone = () => server.child.exitCode !== null || server.child.signalCode !== null
  const ready = await waitUntilReady(endpoint, session.password, session.place.cluster, gone, () =>
    sayRecovery(session),
  )
  if (!ready) throw explainFailure(server, session.place)
  return serving(session, endpoint, false, server.pid, binaries)
}

function sayRecovery({ say }: Session): void {
  say('La base de données se remet d’un arrêt brutal…')
}

function serving(
  session: Session,
  endpoint: Endpoint,
  adopted: boolean,
  serverPid: number,
  binaries: Binaries,
): EmbeddedPostgres {
  const stop = () => stopServer(serverPid, binaries, session.place.cluster)
  return { connection: connectionTo(session, endpoint), adopted, serverPid, stop }
}

function connectionTo({ password }: Session, endpoint: Endpoint): PoolConfig {
  return { ...address(endpoint), user: OWNER, password, database: DATABASE }
}
