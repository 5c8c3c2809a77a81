import { readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { OWNER } from './cluster.server.ts'
import type { Endpoint } from './place.server.ts'
import { StartupError } from './startup-error.ts'

const { Client } = pg
export const DATABASE = 'maillage'

export type Running = { pid: number; endpoint: Endpoint }

/** What the server wrote about itself in its folder (`postmaster.pid`): process, port, socket folder. */
export function readPidFile(cluster: string): Running | null {
  try {
    const [pid, , , port, socketDir, address] = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    if (!Number(pid) || !Number(port)) return null
    const host = socketDir || address?.split(',')[0] || '127.0.0.1'
    return { pid: Number(pid), endpoint: { host, port: Number(port), socketDir: socketDir || null } }
  } catch {
    return null
  }
}

export function removePidFile(cluster: string): void {
  rmSync(path.join(cluster, 'postmaster.pid'), { force: true })
}

const CANNOT_CONNECT_NOW = '57P03'
const TOO_MANY_CONNECTIONS = '53300'

/** Its lock, too, holds a process number that another program may have got since. */
export function removeSocket({ socketDir, port }: Endpoint): void {
  if (!socketDir) return
  for (const name of [`.s.PGSQL.${port}`, `.s.PGSQL.${port}.lock`]) rmSync(path.join(socketDir, name), { force: true })
}

/** A folder made for a socket whose path was too long goes with it. */
export function leaveSocketFolder({ socketDir }: Endpoint): void {
  if (socketDir && path.dirname(socketDir) === tmpdir()) rmSync(socketDir, { recursive: true, force: true })
}

export type Answer = 'ready' | 'starting' | 'none'

/** Asks the server whether it serves, and makes the application's database when it is not there yet. */
export async function ask(endpoint: Endpoint, password: string, cluster: string): Promise<Answer> {
  const client = new Client({
    ...address(endpoint),
    user: OWNER,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ dir: string; known: boolean }>(
      "select current_setting('data_directory') as dir, exists (select from pg_database where datname = $1) as known",
      [DATABASE],
    )
    if (rows[0]?.dir !== cluster && realpath(rows[0]?.dir) !== realpath(cluster)) return 'none'
    if (!rows[0]?.known) await client.query(`create database ${DATABASE}`)
    return 'ready'
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === CANNOT_CONNECT_NOW || code === TOO_MANY_CONNECTIONS) return 'starting'
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE') return 'none'
    if (error instanceof Error && /Connection terminated|timeout/.test(error.message)) return 'none'
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartupError(`La base de données refuse la connexion : « ${reason} ».`)
  } finally {
    await client.end().catch(() => {})
  }
}

function realpath(dir = ''): string {
  try {
    return realpathSync(dir)
  } catch {
    return dir
  }
}

export function address({ host, port }: Endpoint): { host: string; port: number } {
  return { host, port }
}

/** Waits for a server to serve; false as soon as `gone` says it will not. */
export async function waitUntilReady(
  endpoint: Endpoint,
  password: string,
  cluster: string,
  gone: () => boolean,
  onRecovery: () => void,
): Promise<boolean> {
  let told = false
  const start = Date.now()
  for (;;) {
    if (gone()) return false
    const answer = await ask(endpoint, password, cluster)
    if (answer === 'ready') return true
    if (answer === 'starting' && !told && Date.now() - start > 2_000) {
      told = true
      onRecovery()
    }
    await wait(15)
  }
}
