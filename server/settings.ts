import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { StartupError } from '#app/platform/postgres/startup-error.ts'

export const projectDir = path.resolve(import.meta.dirname, '..')
export const migrationsFolder = path.join(projectDir, 'migrations')

export const version = (JSON.parse(readFileSync(path.join(projectDir, 'package.json'), 'utf8')) as { version: string })
  .version

const isAddress = (text: string, ...protocols: string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol)

const wholeNumber = (name: string, min: number, max: number, usual: number) =>
  z
    .string()
    .default(String(usual))
    .refine((text) => /^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `${name} doit être un nombre entier de ${min} à ${max}.`,
    })
    .transform(Number)

/** Every setting of the process, each with its sentence; read once. An empty variable is an absent one. */
const schema = z.object({
  DATABASE_URL: z
    .string()
    .refine((text) => isAddress(text, 'postgres:', 'postgresql:'), {
      error:
        'DATABASE_URL n’est pas une adresse PostgreSQL : attendu « postgresql://compte:motdepasse@serveur:5432/base ».',
    })
    .optional(),
  DATA_DIR: z.string().default('data'),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber('PORT', 0, 65_535, 3000),
  BASE_URL: z
    .string()
    .refine((text) => isAddress(text, 'http:', 'https:') && new URL(text).pathname === '/' && !new URL(text).search, {
      error: 'BASE_URL n’est pas une adresse de site : attendu « https://reseau.example.org », sans rien après le nom.',
    })
    .transform((text) => new URL(text).origin)
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => isAddress(text, 'smtp:', 'smtps:') && new URL(text).hostname !== '', {
      error:
        'SMTP_URL n’est pas une adresse de serveur de courrier : attendu « smtps://compte:motdepasse@serveur:465 ».',
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .max(320)
    .refine((text) => /^([^<>@\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(text), {
      error: 'MAIL_FROM n’est pas une adresse d’expéditeur : attendu « Réseau <contact@example.org> ».',
    })
    .optional(),
  BACKUP_DIR: z.string().optional(),
  BACKUP_KEEP: wholeNumber('BACKUP_KEEP', 1, 1000, 14),
  TRUST_PROXY: z
    .enum(['0', '1'], { error: 'TRUST_PROXY vaut 1 derrière un serveur web qui transmet X-Forwarded-For, 0 sinon.' })
    .default('0'),
  DEMO: z.string().optional(),
})

export type Settings = ReturnType<typeof readSettings>

export function readSettings(env: NodeJS.ProcessEnv = process.env) {
  const known = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(known)
  if (!parsed.success) throw new StartupError(parsed.error.issues[0]!.message)
  const { DATABASE_URL, DATA_DIR, HOST, PORT, BASE_URL, SMTP_URL, MAIL_FROM, BACKUP_DIR, BACKUP_KEEP, ...rest } =
    parsed.data
  const dataDir = path.resolve(projectDir, DATA_DIR)
  return {
    databaseUrl: DATABASE_URL,
    dataDir,
    filesDir: path.join(dataDir, 'files'),
    host: HOST,
    port: PORT,
    baseUrl: BASE_URL,
    smtpUrl: SMTP_URL,
    mailFrom: MAIL_FROM,
    backupDir: BACKUP_DIR && path.resolve(projectDir, BACKUP_DIR),
    backupKeep: BACKUP_KEEP,
    trustProxy: rest.TRUST_PROXY === '1',
    demo: rest.DEMO === '1',
  }
}

/** Settings may also stand in a `.env` beside the program; the environment wins. */
export function loadEnvFile(file = path.join(projectDir, '.env')): void {
  if (!existsSync(file)) return
  try {
    process.loadEnvFile(file)
  } catch {
    throw new StartupError(`Le fichier de réglages ${file} ne peut pas être lu : vérifiez ses droits et son contenu.`)
  }
}
