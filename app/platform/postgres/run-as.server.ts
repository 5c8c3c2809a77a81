import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { StartupError } from './startup-error.ts'

/** The account PostgreSQL runs under. */
export type RunAs = { uid: number; gid: number; name: string } | null

/**
 * PostgreSQL refuses to run as root. As an ordinary user there is nothing to do (null); as root, the owner of the existing
 * database or data folder, else the system's `postgres` account, else an account made for it.
 */
export function chooseAccount(dataDir: string, clusterDir: string): RunAs {
  if (process.getuid?.() !== 0) return null
  return (
    ownerOf(clusterDir) ?? knownOwnerOf(dataDir) ?? findAccount('postgres') ?? findAccount('maillage') ?? newAccount()
  )
}

export function spawnIdentity(runAs: RunAs): { uid?: number; gid?: number } {
  return runAs ? { uid: runAs.uid, gid: runAs.gid } : {}
}

export function accountName(runAs: RunAs): string {
  return runAs?.name ?? userInfo().username
}

function ownerOf(clusterDir: string): RunAs {
  const owner = statSync(clusterDir, { throwIfNoEntry: false })
  if (!owner || owner.uid === 0) return null
  return {
    uid: owner.uid,
    gid: owner.gid,
    name: accounts().find(({ uid }) => uid === owner.uid)?.name ?? `n° ${owner.uid}`,
  }
}

/** initdb wants an account that has a name. */
function knownOwnerOf(dataDir: string): RunAs {
  const { uid } = statSync(dataDir)
  return accounts().find((account) => account.uid === uid) ?? null
}

function findAccount(name: string): RunAs {
  return accounts().find((account) => account.name === name) ?? null
}

function accounts(): NonNullable<RunAs>[] {
  const lines = spawnSync('getent', ['passwd'], { encoding: 'utf8' }).stdout || readPasswd()
  return lines
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && fields[2] !== '0')
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8')
  } catch {
    return ''
  }
}

function newAccount(): RunAs {
  const options = ['--system', '--no-create-home', '--home-dir', '/var/lib/maillage', '--shell', '/bin/false']
  spawnSync('useradd', [...options, 'maillage'])
  const account = findAccount('maillage') ?? findAccount('nobody')
  if (account) return account
  throw new StartupError(
    'PostgreSQL refuse de tourner sous le compte root et aucun autre compte n’a pu être créé : lancez Maillage sous un compte ordinaire.',
  )
}
