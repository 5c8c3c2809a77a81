import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { type AppContext, systemActor } from '#app/platform/context.ts'
import { StartupError } from '#app/platform/postgres/startup-error.ts'
import { readOrMakeSecret } from '#app/platform/settings.server.ts'
import type { Settings } from '../settings.ts'

/** A mistyped folder must not become a new, empty house with one account. */
export function requireData({ databaseUrl, dataDir }: Settings): void {
  if (databaseUrl || existsSync(path.join(dataDir, 'postgres'))) return
  throw new StartupError(
    `Il n’y a pas de données dans ${dataDir} : lancez d’abord « npm start », ou réglez DATA_DIR ou DATABASE_URL.`,
  )
}

/** The house itself, from the machine. */
export async function contextOf(db: AppContext['db'], { baseUrl, port, filesDir }: Settings): Promise<AppContext> {
  return {
    db,
    actor: systemActor('Ligne de commande'),
    now: () => new Date(),
    baseUrl: baseUrl ?? `http://localhost:${port}`,
    secret: await readOrMakeSecret(db, () => randomBytes(48).toString('base64url')),
    filesDir,
  }
}
