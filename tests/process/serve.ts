import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type pg from 'pg'

export interface Served {
  child: ChildProcess
  url: string
  /** Path of the link that makes the first account; null once it exists. */
  setUp: string | null
  said: string[]
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>
}

export interface ServeOptions {
  env?: NodeJS.ProcessEnv
  as?: { uid?: number; gid?: number }
}

export interface Ended {
  code: number | null
  out: string
  err: string
}

const environment = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production',
  PORT: '0',
  ...env,
})

const root = path.resolve(import.meta.dirname, '../..')
const program = path.join(root, 'server/main.ts')

/** Starts the whole program as `npm start` does once all is built; waits until it says that it is ready. */
export async function serve({ env, as = {} }: ServeOptions): Promise<Served> {
  const child = spawn(process.execPath, [program], {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...as,
  })
  const said: string[] = []
  let trouble = ''
  child.stderr!.on('data', (chunk: Buffer) => (trouble += chunk.toString()))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const ready = new Promise<string>((resolve) => {
    createInterface(child.stdout!).on('line', (line) => {
      said.push(line)
      const address = / est prêt .* : (http\S+)$/.exec(line)?.[1]
      if (address) resolve(address)
    })
  })
  const url = await Promise.race([
    ready,
    ended.then((code) => Promise.reject(new Error(`exit ${code}: ${trouble || said.join('\n')}`))),
  ])
  // The set-up link comes on the line after, in the same write.
  await new Promise(setImmediate)
  const setUp = said.map((line) => /premier compte.*(\/installation\/\S+)$/.exec(line)?.[1]).find(Boolean) ?? null
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { child, url, setUp, said, stop }
}

/** Starts the program where it is expected to refuse. */
export async function refused({ env, as = {} }: ServeOptions): Promise<Ended> {
  const child = spawn(process.execPath, [program], {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...as,
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

/** A connection as somebody would write it in DATABASE_URL. */
export function urlOf({ connectionString, host, port, user, password, database }: pg.PoolConfig): string {
  if (connectionString) return connectionString
  const query = new URLSearchParams({ host: host ?? '', port: String(port) })
  return `postgresql://${user}:${encodeURIComponent(String(password))}@localhost/${database}?${query}`
}
