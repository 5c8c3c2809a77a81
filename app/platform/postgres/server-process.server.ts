import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Binaries, MAJOR_VERSION } from './binaries.server.ts'
import { postgresEnvironment } from './cluster.server.ts'
import { diskFull } from './folders.server.ts'
import type { Endpoint, Place } from './place.server.ts'
import { spawnIdentity } from './run-as.server.ts'
import { StartupError } from './startup-error.ts'

const LARGEST_LOG = 5 * 1024 * 1024
const SMALL_SHARED_MEMORY = 256 * 1024 * 1024

export type ServerProcess = { child: ChildProcess; pid: number; readLog(): string; logFile: string }

/**
 * Detached, so that Ctrl+C reaches us alone and requests under way end before the database does. Its log is a file, not a
 * pipe: the server may outlive us (`kill -9`) and is then adopted.
 */
export function spawnServer(
  binaries: Binaries,
  place: Place,
  endpoint: Endpoint,
  dataDir: string,
  version = MAJOR_VERSION,
): Promise<ServerProcess> {
  const logFile = path.join(dataDir, 'postgres.log')
  const log = openLog(logFile)
  const start = statSync(logFile).size
  const child = spawn(binaries.postgres, ['-D', place.cluster, ...settings(endpoint, Number(version))], {
    cwd: place.cluster,
    env: postgresEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
    windowsHide: true,
    ...spawnIdentity(place.runAs),
  })
  closeSync(log)
  child.unref()
  const readLog = () => readFileSync(logFile).subarray(start).toString()
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => resolve({ child, pid: child.pid!, readLog, logFile }))
  })
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

function settings({ socketDir, port }: Endpoint, version: number): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: socketDir ? '' : '127.0.0.1',
    unix_socket_directories: socketDir ?? '',
    unix_socket_permissions: '0700',
    port,
    // two services of twenty connections each, the command line, and room for those who look: idle ones cost nothing
    max_connections: 120,
    shared_buffers: '48MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    random_page_cost: 1.1,
    jit: 'off',
    ...(version >= 18 ? { io_method: 'sync' } : {}),
    dynamic_shared_memory_type: sharedMemoryKind(),
    max_worker_processes: 4,
    max_parallel_workers: 4,
    max_parallel_workers_per_gather: 2,
    autovacuum_max_workers: 2,
    max_logical_replication_workers: 0,
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '512MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: -1,
    log_line_prefix: '%m [%p] ',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Containers often get 64 MB of /dev/shm, too little for parallel queries. */
function sharedMemoryKind(): string {
  if (process.platform === 'win32') return 'windows'
  if (process.platform !== 'linux') return 'posix'
  try {
    const { blocks, bsize } = statfsSync('/dev/shm')
    return blocks * bsize >= SMALL_SHARED_MEMORY ? 'posix' : 'sysv'
  } catch {
    return 'sysv'
  }
}

export function explainFailure({ readLog, logFile }: ServerProcess, place: Place): StartupError {
  const log = readLog()
  const { bavail, bsize } = statfsSync(place.cluster)
  if (/No space left on device|Disk quota exceeded/.test(log) || bavail * bsize === 0) return diskFull(place.cluster)
  if (/could not (create|resize|map).*shared memory/.test(log)) {
    return new StartupError(
      'La mémoire manque pour démarrer la base de données : fermez d’autres programmes, puis relancez.',
    )
  }
  if (/wrong ownership|Permission denied/.test(log)) {
    return new StartupError(
      `Le dossier ${place.cluster} appartient à un autre compte : lancez Maillage sous ce compte ou rendez-lui le dossier.`,
    )
  }
  const last = log.split('\n').findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? ''
  return new StartupError(
    `La base de données n’a pas démarré${last && ` : « ${last.replace(/^.*?(FATAL|PANIC|ERROR): +/, '')} »`} (détails dans ${logFile}).`,
  )
}
