import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { IdentityProvider } from '#app/platform/context.ts'
import { StartupError } from '#app/platform/postgres/startup-error.ts'

export const projectDir = path.resolve(import.meta.dirname, '..')
export const migrationsFolder = path.join(projectDir, 'migrations')

export const version = (JSON.parse(readFileSync(path.join(projectDir, 'package.json'), 'utf8')) as { version: string })
  .version

const isAddress = (text: string, ...protocols: string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol)

/** Plain HTTP, on this very machine only: a provider one tries with. */
const isLoopbackAddress = (text: string) =>
  isAddress(text, 'http:') && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(text).hostname)

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
  OIDC_ISSUER: z
    .string()
    .refine((text) => isAddress(text, 'https:') || isLoopbackAddress(text), {
      error: 'OIDC_ISSUER n’est pas une adresse de fournisseur d’identité : attendu « https://… ».',
    })
    .optional(),
  OIDC_CLIENT_ID: z.string().max(200).optional(),
  OIDC_CLIENT_SECRET: z.string().max(500).optional(),
  OIDC_LABEL: z.string().max(40, 'OIDC_LABEL est trop long (40 caractères au plus).').default('ProConnect'),
  OIDC_SCOPE: z
    .string()
    .regex(/^openid( [\w-]+)*$/, 'OIDC_SCOPE commence par « openid » : attendu « openid email given_name usual_name ».')
    .default('openid given_name usual_name email siret uid'),
  OIDC_ACR_VALUES: z.string().max(200).default('eidas1'),
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
    identityProvider: identityProviderOf(rest),
  }
}

type Known = Pick<
  z.output<typeof schema>,
  'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET' | 'OIDC_LABEL' | 'OIDC_SCOPE' | 'OIDC_ACR_VALUES'
>

/** All three, or none. */
function identityProviderOf(known: Known): IdentityProvider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = known
  if (!issuer && !clientId && !clientSecret) return null
  if (!issuer || !clientId || !clientSecret)
    throw new StartupError('OIDC_ISSUER, OIDC_CLIENT_ID et OIDC_CLIENT_SECRET vont ensemble : il en manque.')
  const { OIDC_LABEL: label, OIDC_SCOPE: scope, OIDC_ACR_VALUES: acrValues } = known
  return { issuer, clientId, clientSecret, label, scope, acrValues: acrValues === 'aucune' ? '' : acrValues }
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
