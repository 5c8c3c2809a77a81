import { spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { chooseAccount, spawnIdentity } from '#app/platform/postgres/run-as.server.ts'

const home = '/usr/lib/postgresql'

/** The programs of the machine's own PostgreSQL (15 on Debian 12), when it has one. */
export const debianServer = newestWithPrograms()

function newestWithPrograms(): string | null {
  try {
    const versions = readdirSync(home).sort((a, b) => Number(a) - Number(b))
    const folders = versions.map((version) => path.join(home, version, 'bin'))
    return folders.findLast((folder) => readdirSync(folder).includes('initdb')) ?? null
  } catch {
    return null
  }
}

export type DebianServer = { connection: pg.PoolConfig; stop(): Promise<void> }

/** A server of that PostgreSQL on a folder of its own, as somebody's DATABASE_URL would be. */
export async function startDebianServer(near: string): Promise<DebianServer | null> {
  const data = mkdtempSync(path.join(tmpdir(), 'maillage-debian-'))
  const account = chooseAccount(near, near)
  const identity = { cwd: '/', ...spawnIdentity(account) }
  if (account) chownSync(data, account.uid, account.gid)
  const cluster = path.join(data, 'base')
  const made = spawnSync(
    path.join(debianServer!, 'initdb'),
    ['-D', cluster, '-U', 'maillage', '-E', 'UTF8', '--locale=C'],
    identity,
  )
  if (made.status !== 0) return null
  const options = ['-D', cluster, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${data}`]
  const server = spawn(path.join(debianServer!, 'postgres'), options, { ...identity, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const connection = { host: data, port: 5432, user: 'maillage', database: 'postgres' }
  while (server.exitCode === null && !(await answers(connection)));
  const stop = async () => {
    server.kill('SIGINT')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
  return server.exitCode === null ? { connection, stop } : null
}

async function answers(connection: pg.PoolConfig): Promise<boolean> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  return client.connect().then(
    () => client.end().then(() => true),
    () => new Promise((resolve) => setTimeout(resolve, 50, false)),
  )
}
