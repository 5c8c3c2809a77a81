import { readFileSync } from 'node:fs'
import path from 'node:path'

export const projectDir = path.resolve(import.meta.dirname, '../..')
export const migrationsFolder = path.join(projectDir, 'migrations')

export const version = (JSON.parse(readFileSync(path.join(projectDir, 'package.json'), 'utf8')) as { version: string })
  .version

export type Settings = {
  databaseUrl: string | undefined
  dataDir: string
  filesDir: string
  smtpUrl: string | undefined
  baseUrl: string | undefined
  backupDir: string | undefined
}

export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const dataDir = path.resolve(projectDir, env.DATA_DIR || 'data')
  return {
    databaseUrl: env.DATABASE_URL || undefined,
    dataDir,
    filesDir: path.join(dataDir, 'files'),
    smtpUrl: env.SMTP_URL || undefined,
    baseUrl: env.BASE_URL || undefined,
    backupDir: env.BACKUP_DIR || undefined,
  }
}
