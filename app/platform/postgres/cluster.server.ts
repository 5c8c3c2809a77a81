import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Binaries, MAJOR_VERSION } from './binaries.server.ts'
import { diskFull, requireFreeSpace } from './folders.server.ts'
import type { Place } from './place.server.ts'
import { accountName, spawnIdentity } from './run-as.server.ts'
import { StartupError } from './startup-error.ts'

export { MAJOR_VERSION }
export const OWNER = 'maillage'

export function hasCluster(cluster: string): boolean {
  return existsSync(path.join(cluster, 'PG_VERSION'))
}

export function clusterVersion(cluster: string): string {
  return readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim()
}

/** True when the folder comes from an older PostgreSQL; a newer one cannot be read at all. */
export function isOutdated(cluster: string): boolean {
  const version = clusterVersion(cluster)
  if (Number(version) <= Number(MAJOR_VERSION)) return version !== MAJOR_VERSION
  throw new StartupError(
    `La base de données de ${cluster} vient de PostgreSQL ${version}, plus récent que celui de ce Maillage (${MAJOR_VERSION}) : mettez Maillage à jour.`,
  )
}

export const upgradeDraft = (cluster: string) => `${cluster}-${MAJOR_VERSION}-nouveau`

/** An upgrade cut between its two last steps: the new folder was complete. */
export function finishUpgrade(cluster: string): void {
  if (!existsSync(cluster) && existsSync(upgradeDraft(cluster))) renameSync(upgradeDraft(cluster), cluster)
}

/** Made beside and renamed when complete: a creation that is interrupted leaves nothing to repair. */
export async function createCluster(place: Place, binaries: Binaries, dataDir: string): Promise<void> {
  const { cluster, runAs } = place
  if (existsSync(cluster) && readdirSync(cluster).length > 0) {
    throw new StartupError(
      `Le dossier ${cluster} contient autre chose qu’une base de données : videz-le ou choisissez un autre dossier (DATA_DIR).`,
    )
  }
  await requireFreeSpace(path.dirname(cluster), { creating: true })
  const draft = `${cluster}-nouveau`
  const passwordFile = `${draft}.secret`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, readOrMakePassword(dataDir), { mode: 0o600 })
  if (runAs) for (const made of [draft, passwordFile]) chownSync(made, runAs.uid, runAs.gid)
  try {
    await initdb(binaries, place, draft, passwordFile)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, cluster)
}

/** Only used on loopback; a Unix socket is guarded by its folder's rights. */
export function readOrMakePassword(dataDir: string): string {
  const file = path.join(dataDir, 'postgres.secret')
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (known) return known
  const password = randomBytes(24).toString('base64url')
  writeFileSync(file, password, { mode: 0o600 })
  return password
}

async function initdb(binaries: Binaries, place: Place, folder: string, passwordFile: string): Promise<void> {
  const options = [
    `--pgdata=${folder}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--text-search-config=simple',
  ]
  const { code, output } = await run(binaries.initdb, options, place)
  if (code === 0) return
  rmSync(folder, { recursive: true, force: true })
  if (/No space left|Disk quota/i.test(output)) throw diskFull(folder)
  const account = accountName(place.runAs)
  const reason = output.trim().split('\n').at(-1) ?? ''
  throw new StartupError(
    `La base de données n’a pas pu être créée dans ${place.cluster} (compte ${account}) : « ${reason} ».`,
  )
}

function run(program: string, args: string[], { runAs }: Place): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: '/', env: postgresEnvironment(), ...spawnIdentity(runAs) })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

/** None of the caller's PG… variables, messages in English (we read them), clock in UTC. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env
  return { PATH, SystemRoot, TEMP, LC_ALL: 'C', TZ: 'UTC' }
}
