import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { PoolConfig } from 'pg'
import { type Binaries, findBinaries } from './binaries.server.ts'
import { createCluster, finishUpgrade, hasCluster, OWNER, readOrMakePassword, isOutdated } from './cluster.server.ts'
import { type DataLock, lockDataFolder } from './data-lock.server.ts'
import { explainFolderError, prepareDataFolder, requireFreeSpace } from './folders.server.ts'
import { chooseEndpoint, choosePlace, type Endpoint, type Place } from './place.server.ts'
import { endOrphans, isOurServer, stopServer } from './processes.server.ts'
import {
  address,
  ask,
  DATABASE,
  leaveSocketFolder,
  readPidFile,
  removePidFile,
  removeSocket,
  waitUntilReady,
} from './running-server.server.ts'
import { explainFailure, spawnServer } from './server-process.server.ts'
import { StartupError } from './startup-error.ts'
import { watchServer } from './watch.server.ts'

export type EmbeddedOptions = {
  dataDir: string
  onProgress?: (sentence: string) => void
  /** The server died and could not be started again. */
  onLost?: (reason: unknown) => void
}

export type EmbeddedPostgres = {
  connection: PoolConfig
  /** The server was already running, left by a process that was killed. */
  adopted: boolean
  /** Changes when the server died and was started again. */
  readonly serverPid: number
  stop(): Promise<void>
}

type Session = { dataDir: string; place: Place; password: string; say: (sentence: string) => void }
type Serving = { endpoint: Endpoint; pid: number; adopted: boolean }

/** Starts the PostgreSQL of this data folder, or adopts the one that still runs there, and owns the folder until `stop`. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = path.resolve(options.dataDir)
  await prepareDataFolder(folder)
  const lock = await lockDataFolder(folder)
  if (!lock) throw alreadyInUse(folder)
  try {
    const session = openSession(folder, options.onProgress)
    const binaries = prepareBinaries(session)
    await upgradeIfOutdated(session, binaries)
    const serving = (await adopt(session, true)) ?? (await createAndStart(session, binaries))
    return own(session, binaries, serving, lock, options)
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
  const sentence = `Un autre Maillage utilise déjà le dossier ${folder} : arrêtez-le, ou choisissez un autre dossier (DATA_DIR).`
  return new StartupError(sentence, { cause: 'in-use' })
}

function prepareBinaries({ place, say }: Session): Binaries {
  const binaries = findBinaries(place.runAs, place.programs)
  if (binaries.moved) say(`Les programmes de PostgreSQL sont utilisés depuis ${binaries.nativeDir}.`)
  return binaries
}

/** What an upgrade needs is only loaded for one. */
async function upgradeIfOutdated(session: Session, binaries: Binaries): Promise<void> {
  const { cluster } = session.place
  finishUpgrade(cluster)
  if (!hasCluster(cluster) || !isOutdated(cluster)) return
  const { upgradeCluster } = await import('./upgrade.server.ts')
  await upgradeCluster({ ...session, binaries })
}

/** A live server of this folder is adopted; what a dead one left behind is cleared. */
async function adopt(session: Session, first: boolean): Promise<Serving | null> {
  const { cluster } = session.place
  if (!hasCluster(cluster)) return null
  const running = readPidFile(cluster)
  const ours = () => running !== null && isOurServer(running.pid, cluster)
  if (running && ours()) {
    const ready = await waitUntilReady(
      running.endpoint,
      session.password,
      cluster,
      () => !ours(),
      () => sayRecovery(session),
    )
    if (ready) return { ...running, adopted: true }
  } else if (running && first && (await ask(running.endpoint, session.password, cluster)) !== 'none') {
    // It answers, yet is no process of this machine: another container shares the folder.
    throw alreadyInUse(session.dataDir)
  }
  await endOrphans(cluster)
  removePidFile(cluster)
  return null
}

async function createAndStart(session: Session, binaries: Binaries): Promise<Serving> {
  const { place, say } = session
  if (hasCluster(place.cluster)) {
    await requireFreeSpace(place.cluster, { creating: false })
  } else {
    say('Création de la base de données…')
    await createCluster(place, binaries, session.dataDir)
  }
  return start(session, binaries, await chooseEndpoint(place))
}

async function start(session: Session, binaries: Binaries, endpoint: Endpoint): Promise<Serving> {
  removeSocket(endpoint)
  const server = await spawnServer(binaries, session.place, endpoint, session.dataDir)
  const gone = () => server.child.exitCode !== null || server.child.signalCode !== null
  const ready = await waitUntilReady(endpoint, session.password, session.place.cluster, gone, () =>
    sayRecovery(session),
  )
  if (!ready) throw explainFailure(server, session.place)
  return { endpoint, pid: server.pid, adopted: false }
}

function sayRecovery({ say }: Session): void {
  say('La base de données se remet d’un arrêt brutal…')
}

function own(
  session: Session,
  binaries: Binaries,
  first: Serving,
  lock: DataLock,
  options: EmbeddedOptions,
): EmbeddedPostgres {
  const { cluster } = session.place
  let { pid } = first
  const watch = watchServer({
    alive: () => isOurServer(pid, cluster),
    restart: async () => {
      session.say('La base de données s’est arrêtée : redémarrage…')
      pid = ((await adopt(session, false)) ?? (await start(session, binaries, first.endpoint))).pid
    },
    onLost: options.onLost,
  })
  const stop = async () => {
    await watch.end()
    await stopServer(pid, binaries, cluster)
    leaveSocketFolder(first.endpoint)
    await lock.release()
  }
  return {
    connection: connectionTo(session, first.endpoint),
    adopted: first.adopted,
    get serverPid() {
      return pid
    },
    stop,
  }
}

async function joinRunning(session: Session): Promise<EmbeddedPostgres | null> {
  const { cluster } = session.place
  const running = readPidFile(cluster)
  if (!running || (await ask(running.endpoint, session.password, cluster)) !== 'ready') return null
  const connection = connectionTo(session, running.endpoint)
  return { connection, adopted: true, serverPid: running.pid, stop: async () => {} }
}

function connectionTo({ password }: Session, endpoint: Endpoint): PoolConfig {
  return { ...address(endpoint), user: OWNER, password, database: DATABASE }
}
