import { spawn } from 'node:child_process'
import { readdirSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Binaries } from './binaries.server.ts'

/** True when this process number is a PostgreSQL working in this folder, not another program that got the number since. */
export function isOurServer(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    // PostgreSQL works in its folder; a zombie, which nobody reaps in some containers, works nowhere.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    return false
  }
}

/**
 * A PostgreSQL whose main process was killed may leave sessions at work, and none may start on the same data until they
 * end. What they had not committed is undone at the next start.
 */
export async function endOrphans(cluster: string): Promise<void> {
  if (process.platform !== 'linux') return
  const orphans = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isPostgres(pid) && isOurServer(pid, cluster))
  for (const pid of orphans) signal(pid, 'SIGKILL')
  for (const pid of orphans) await ended(pid, cluster, 10_000)
}

function isPostgres(pid: number): boolean {
  try {
    return path.basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres')
  } catch {
    return false
  }
}

/** Clean stop (no new session, the current ones end), then the hard one, from which PostgreSQL recovers by itself. */
export async function stopServer(pid: number, binaries: Binaries, cluster: string): Promise<void> {
  if (process.platform === 'win32') {
    const stop = spawn(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-t', '8'])
    await new Promise((resolve) => stop.once('close', resolve))
    return
  }
  signal(pid, 'SIGINT')
  if (await ended(pid, cluster, 7_000)) return
  signal(pid, 'SIGQUIT')
  await ended(pid, cluster, 2_000)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Already gone.
  }
}

async function ended(pid: number, cluster: string, within: number): Promise<boolean> {
  const deadline = Date.now() + within
  while (Date.now() < deadline) {
    if (!isOurServer(pid, cluster)) return true
    await wait(20)
  }
  return false
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
