import { constants } from 'node:fs'
import { access, chmod, mkdir, statfs } from 'node:fs/promises'
import path from 'node:path'
import { isErrno, StartupError } from './startup-error.ts'

const ENOUGH_TO_START = 32 * 1024 * 1024
const ENOUGH_TO_CREATE = 150 * 1024 * 1024

/** Makes the data folder if needed, or says in one sentence why it cannot be used. */
export async function prepareDataFolder(dataDir: string): Promise<void> {
  try {
    const made = await mkdir(dataDir, { recursive: true })
    // Whatever root's umask: PostgreSQL's account must get through.
    if (made && process.getuid?.() === 0) await chmod(dataDir, 0o755)
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw explainFolderError(error, dataDir)
  }
}

export function explainFolderError(error: unknown, folder: string): unknown {
  if (isErrno(error, 'EACCES', 'EPERM')) {
    return new StartupError(
      `Le compte qui lance Maillage ne peut pas écrire dans le dossier ${folder} : donnez-lui ce droit ou choisissez un autre dossier (DATA_DIR).`,
    )
  }
  if (isErrno(error, 'EROFS')) {
    return new StartupError(`Le dossier ${folder} est en lecture seule : choisissez un autre dossier (DATA_DIR).`)
  }
  if (isErrno(error, 'ENOTDIR', 'EEXIST')) {
    return new StartupError(`${folder} n’est pas un dossier : choisissez un autre dossier (DATA_DIR).`)
  }
  if (isErrno(error, 'ENOSPC', 'EDQUOT')) return diskFull(folder)
  return error
}

export function diskFull(folder: string): StartupError {
  return new StartupError(`Le disque qui porte ${path.resolve(folder)} est plein : libérez de la place, puis relancez.`)
}

/** PostgreSQL that runs out of disk halfway leaves obscure messages: better to look before. */
export async function requireFreeSpace(folder: string, { creating }: { creating: boolean }): Promise<void> {
  const free = await freeBytes(folder)
  if (free < (creating ? ENOUGH_TO_CREATE : ENOUGH_TO_START)) throw diskFull(folder)
}

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
