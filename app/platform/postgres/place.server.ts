import { spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, renameSync } from 'node:fs'
import { cpSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chooseAccount, type RunAs, spawnIdentity } from './run-as.server.ts'
import { isErrno, StartupError } from './startup-error.ts'

/** Where what only root can reach is moved, so that PostgreSQL's own account can reach it. */
const SHARED_HOME = '/var/lib/maillage'
const SOCKET_PORT = 5432
/** The operating system's limit for a Unix socket's path (108 with its final zero). */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103

export type Place = {
  runAs: RunAs
  /** PostgreSQL's own folder. */
  cluster: string
  /** Where copies of its programs may go. */
  programs: string
}

export type Endpoint = { host: string; port: number; socketDir: string | null }

export function choosePlace(dataDir: string, say: (sentence: string) => void): Place {
  const link = path.join(dataDir, 'postgres')
  const runAs = chooseAccount(dataDir, link)
  if (!runAs) return { runAs, cluster: follow(link), programs: dataDir }
  if (!isLink(link) && !canEnter(dataDir, runAs)) {
    const moved = moveOut(link, runAs)
    say(`Seul root peut entrer dans ${dataDir} : la base de données est placée dans ${moved}.`)
  }
  return { runAs, cluster: follow(link), programs: SHARED_HOME }
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

function follow(link: string): string {
  if (!isLink(link)) return link
  const target = path.resolve(path.dirname(link), readlinkSync(link))
  if (existsSync(target)) return target
  throw new StartupError(
    `La base de données de ${path.dirname(link)} était dans ${target}, qui a disparu : remettez ce dossier en place, ou supprimez ${link} pour repartir d’une base vide.`,
  )
}

function canEnter(dir: string, runAs: RunAs): boolean {
  const script = 'cd "$1"'
  return spawnSync('/bin/sh', ['-c', script, 'sh', dir], { cwd: '/', ...spawnIdentity(runAs) }).status === 0
}

/** The link in the data folder says where the database went: without it, the data folder is a new one. */
function moveOut(link: string, runAs: NonNullable<RunAs>): string {
  const home = path.join(SHARED_HOME, randomUUID())
  const target = path.join(home, 'postgres')
  mkdirSync(SHARED_HOME, { recursive: true, mode: 0o755 })
  mkdirSync(home, { mode: 0o711 })
  chmodSync(home, 0o711)
  if (existsSync(link)) moveFolder(link, target)
  else mkdirSync(target, { mode: 0o700 })
  chownTree(target, runAs)
  symlinkSync(target, link)
  return target
}

function moveFolder(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!isErrno(error, 'EXDEV')) throw error
    cpSync(from, to, { recursive: true, preserveTimestamps: true })
    chmodSync(to, 0o700)
    rmSync(from, { recursive: true })
  }
}

function chownTree(dir: string, { uid, gid }: NonNullable<RunAs>): void {
  chownSync(dir, uid, gid)
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) chownSync(path.join(entry.parentPath, entry.name), uid, gid)
  }
}

/** A Unix socket in the data folder; in the temporary folder where its path is too long; loopback where there is none. */
export async function chooseEndpoint({ cluster, runAs }: Place): Promise<Endpoint> {
  const uid = runAs?.uid ?? process.getuid?.() ?? 0
  const short = createHash('sha256').update(cluster).digest('hex').slice(0, 12)
  for (const dir of [`${cluster}-socket`, path.join(tmpdir(), `maillage-${uid}-${short}`)]) {
    if (await usableForSockets(dir, runAs, uid)) return { host: dir, port: SOCKET_PORT, socketDir: dir }
  }
  return { host: '127.0.0.1', port: await freePort(), socketDir: null }
}

async function usableForSockets(dir: string, runAs: RunAs, uid: number): Promise<boolean> {
  if (process.platform === 'win32') return false
  if (Buffer.byteLength(path.join(dir, `.s.PGSQL.${SOCKET_PORT}`)) > LONGEST_SOCKET_PATH) return false
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    if (runAs) chownSync(dir, runAs.uid, runAs.gid)
    const found = lstatSync(dir)
    if (!found.isDirectory() || found.uid !== uid) return false
    chmodSync(dir, 0o700)
    return (await canListen(path.join(dir, 'essai'))) && statSync(dir).isDirectory()
  } catch {
    return false
  }
}

function canListen(socketPath: string): Promise<boolean> {
  rmSync(socketPath, { force: true })
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(socketPath, () => server.close(() => resolve(true)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
