import { createHash } from 'node:crypto'
import { stat, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isErrno } from './startup-error.ts'

export type DataLock = { release(): Promise<void> }

/**
 * One process at a time owns a data folder. The lock is a name the operating system gives back by itself when its holder
 * dies, even by `kill -9`: an abstract socket on Linux, a named pipe on Windows. Returns null when somebody holds it.
 */
export async function lockDataFolder(dataDir: string): Promise<DataLock | null> {
  const name = await lockName(dataDir)
  const server = await listen(name)
  if (server) return heldBy(server)
  // Elsewhere the name is a file, which outlives its holder.
  if (!name.startsWith(tmpdir()) || (await answers(name))) return null
  await unlink(name).catch(() => {})
  const second = await listen(name)
  return second && heldBy(second)
}

/** The folder's identity, not its path: two paths may lead to one folder. */
async function lockName(dataDir: string): Promise<string> {
  const { dev, ino } = await stat(dataDir, { bigint: true })
  const id = createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24)
  if (process.platform === 'linux') return `\0maillage-${id}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\maillage-${id}`
  return path.join(tmpdir(), `maillage-${id}.lock`)
}

function listen(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error) => (isErrno(error, 'EADDRINUSE', 'EACCES') ? resolve(null) : reject(error)))
    server.listen(name, () => {
      server.unref()
      resolve(server)
    })
  })
}

function answers(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(name, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function heldBy(server: Server): DataLock {
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}
