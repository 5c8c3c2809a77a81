import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from 'node:fs'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, expect } from 'vitest'

export const root = path.resolve(import.meta.dirname, '../..')
export const isRoot = process.getuid?.() === 0
/** An ordinary account to run under when the tests themselves run as root. */
export const ordinary = isRoot ? { uid: 65534, gid: 65534 } : {}

const folders: string[] = []
const held: Holder[] = []

export type Holder = {
  child: ChildProcess
  said: string[]
  adopted: boolean
  serverPid: number
  connection: pg.PoolConfig
  error?: string
  exit: Promise<number | null>
}

afterAll(async () => {
  for (const { child, serverPid, exit } of held) {
    child.kill('SIGKILL')
    await exit
    if (serverPid) killServer(serverPid)
  }
  for (const folder of folders) removeFolder(folder)
}, 60_000)

export function temporaryFolder({ as = {} as { uid?: number; gid?: number }, mode = 0o755 } = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'maillage-essai-'))
  folders.push(folder)
  chmodSync(folder, mode)
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid)
  return folder
}

/** With what was placed elsewhere for it. */
function removeFolder(folder: string): void {
  for (const name of ['postgres', 'data/postgres']) {
    const link = path.join(folder, name)
    if (isLink(link)) rmSync(path.dirname(readlinkSync(link)), { recursive: true, force: true })
  }
  rmSync(folder, { recursive: true, force: true })
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink()
  } catch {
    return false
  }
}

type HoldOptions = { as?: { uid?: number; gid?: number }; program?: string; env?: NodeJS.ProcessEnv }

/** Starts a holder and waits until it serves or has said why it does not. */
export function hold(dataDir: string, { as = {}, program, env }: HoldOptions = {}): Promise<Holder> {
  const child = spawn(process.execPath, [program ?? path.join(import.meta.dirname, 'holder.ts'), dataDir], {
    cwd: '/',
    env: { ...process.env, HOME: '/', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...as,
  })
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const holder: Holder = { child, said: [], adopted: false, serverPid: 0, connection: {}, exit }
  held.push(holder)
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const fact = JSON.parse(line) as { said?: string } & Partial<Holder>
      if (fact.said) holder.said.push(fact.said)
      else resolve(Object.assign(holder, fact))
    })
    child.once('exit', () => reject(new Error('the holder ended without a word')))
  })
}

export async function stop(holder: Holder): Promise<void> {
  holder.child.kill('SIGTERM')
  expect(await holder.exit).toBe(0)
  holder.serverPid = 0
}

export async function killAlone(holder: Holder): Promise<void> {
  holder.child.kill('SIGKILL')
  await holder.exit
}

export async function query<Row extends pg.QueryResultRow>(holder: Holder, text: string): Promise<Row[]> {
  const client = new pg.Client(holder.connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

export function childrenOf(pid: number): number[] {
  return spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)
    .map(Number)
}

export function killServer(pid: number): void {
  for (const one of [pid, ...childrenOf(pid)]) kill(one)
}

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Already gone.
  }
}

/** Gone, or a zombie nobody has reaped yet. */
export function isGone(pid: number): boolean {
  if (!existsSync(`/proc/${pid}`)) return true
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

export function postgresProcessesIn(cluster: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === cluster
      } catch {
        return false
      }
    })
}
