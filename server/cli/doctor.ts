import { constants, readdirSync, statSync } from 'node:fs'
import { access } from 'node:fs/promises'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import type pg from 'pg'
import { readMigrations } from '#app/platform/postgres/backup/migrations.server.ts'
import { freeBytes } from '#app/platform/postgres/folders.server.ts'
import { StartupError } from '#app/platform/postgres/startup-error.ts'
import { type Command, requireNone } from './command.ts'
import { count, print, size } from './output.ts'
import { migrationsFolder, type Settings, version } from '../settings.ts'
import { withClient, withStore } from './store.ts'

type Finding = { level: '✓' | '!' | '✗'; sentence: string }

const fine = (sentence: string): Finding => ({ level: '✓', sentence })
const notice = (sentence: string): Finding => ({ level: '!', sentence })
const wrong = (sentence: string): Finding => ({ level: '✗', sentence })

const LITTLE_SPACE = 1_000_000_000
const DAY = 24 * 60 * 60 * 1000

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '',
  summary: 'vérifie l’installation et dit ce qui ne va pas',
  details: 'Chaque ligne commence par ✓ (bon), ! (à savoir) ou ✗ (à corriger). Le code de sortie est 1 s’il y a un ✗.',
  async run(args, settings) {
    requireNone(args)
    let findings = 0
    const show = ({ level, sentence }: Finding) => {
      print(`${level} ${sentence}`)
      if (level === '✗') findings += 1
    }
    show(checkNode())
    let known: Settings
    try {
      known = settings()
    } catch (error) {
      show(wrong(sentenceOf(error)))
      return 1
    }
    for (const check of [checkFolder, checkSpace, checkDatabase, checkAddress, checkMail, checkBackups]) {
      for (const finding of await check(known).catch((error: unknown) => [wrong(sentenceOf(error))])) show(finding)
    }
    print(findings === 0 ? 'Tout est en ordre.' : `${count(findings, 'point')} à corriger.`)
    return findings === 0 ? 0 : 1
  },
}

function sentenceOf(error: unknown): string {
  return error instanceof StartupError
    ? error.message
    : `Vérification impossible : « ${error instanceof Error ? error.message : error} ».`
}

function checkNode(): Finding {
  const found = process.versions.node
  const sentence = `Maillage ${version}, Node.js ${found}.`
  return Number(found.split('.')[0]) >= 24
    ? fine(sentence)
    : wrong(`${sentence} Il faut Node.js 24 : lancez « npm start ».`)
}

async function checkFolder({ dataDir }: Settings): Promise<Finding[]> {
  if (!exists(dataDir))
    return [notice(`Le dossier de données ${dataDir} n’existe pas encore : le premier démarrage le créera.`)]
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    return [fine(`Le dossier de données ${dataDir} peut être lu et écrit.`)]
  } catch {
    return [wrong(`Le dossier de données ${dataDir} ne peut pas être écrit par ce compte.`)]
  }
}

async function checkSpace({ dataDir }: Settings): Promise<Finding[]> {
  const free = await freeBytes(nearestFolder(dataDir))
  const sentence = `Place libre sur le disque : ${size(free)}.`
  return [free < LITTLE_SPACE ? wrong(`${sentence} Libérez-en : il en faut au moins 1 Go.`) : fine(sentence)]
}

async function checkDatabase(settings: Settings): Promise<Finding[]> {
  if (!settings.databaseUrl && !exists(path.join(settings.dataDir, 'postgres'))) {
    return [notice('La base de données n’existe pas encore : le premier démarrage la créera.')]
  }
  return withStore(settings, (connection) =>
    withClient(connection, async (client) => [
      await checkServer(client, settings),
      await checkMigrations(client),
      await checkClock(client),
    ]),
  )
}

async function checkServer(client: pg.Client, { databaseUrl }: Settings): Promise<Finding> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version")
  return fine(
    `La base de données répond (PostgreSQL ${rows[0]?.version}, ${databaseUrl ? 'serveur de DATABASE_URL' : 'embarqué'}).`,
  )
}

async function checkMigrations(client: pg.Client): Promise<Finding> {
  const known = readMigrations(migrationsFolder).map(({ folderMillis }) => folderMillis)
  const table = await client.query<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  )
  const applied = table.rows[0]?.there
    ? (await client.query<{ at: string }>('select created_at::text as at from drizzle.__drizzle_migrations')).rows
    : []
  const done = new Set(applied.map(({ at }) => Number(at)))
  if ([...done].some((at) => !known.includes(at))) {
    return wrong('La base de données vient d’une version plus récente de Maillage : mettez ce Maillage à jour.')
  }
  const waiting = known.filter((at) => !done.has(at)).length
  if (waiting === 0) return fine('La base de données est au niveau de cette version.')
  return wrong(`${count(waiting, 'migration')} à appliquer : lancez « maillage migrate » ou « npm start ».`)
}

async function checkClock(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now')
  const gap = Math.round(Math.abs(Date.now() - (rows[0]?.now.getTime() ?? 0)) / 1000)
  const shown = new Date().toLocaleString('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'short' })
  if (gap > 5)
    return wrong(`L’horloge de cette machine et celle de la base diffèrent de ${count(gap, 'seconde')} : réglez-les.`)
  return fine(`L’horloge et la base s’accordent : ${shown}, heure de Paris.`)
}

async function checkAddress({ baseUrl }: Settings): Promise<Finding[]> {
  if (!baseUrl) return [notice('BASE_URL n’est pas réglée : les liens des messages partent de l’adresse locale.')]
  if (!baseUrl.startsWith('https://')) return [notice(`L’adresse publique ${baseUrl} n’est pas en https.`)]
  return [fine(`L’adresse publique est ${baseUrl}.`)]
}

async function checkMail({ smtpUrl }: Settings): Promise<Finding[]> {
  if (!smtpUrl)
    return [notice('SMTP_URL n’est pas réglée : les messages ne partent pas, ils se lisent dans le bureau.')]
  const host = URL.canParse(smtpUrl) ? new URL(smtpUrl).host : ''
  if (!/^smtps?:\/\//.test(smtpUrl) || !host) {
    return [
      wrong(
        'SMTP_URL n’est pas une adresse de serveur de courrier : attendu « smtps://compte:motdepasse@serveur:465 ».',
      ),
    ]
  }
  const transport = createTransport(smtpUrl, { connectionTimeout: 8_000, greetingTimeout: 8_000 } as object)
  try {
    await transport.verify()
    return [fine(`Le serveur de courrier ${host} répond et accepte le compte.`)]
  } catch (error) {
    return [
      wrong(`Le serveur de courrier ${host} ne convient pas : « ${error instanceof Error ? error.message : error} ».`),
    ]
  } finally {
    transport.close()
  }
}

async function checkBackups({ backupDir }: Settings): Promise<Finding[]> {
  if (!backupDir) return [notice('La sauvegarde quotidienne n’est pas activée (BACKUP_DIR).')]
  if (!exists(backupDir)) return [wrong(`Le dossier des sauvegardes ${backupDir} n’existe pas encore.`)]
  const times = readdirSync(backupDir)
    .filter((name) => /^maillage-.*\.tar\.gz$/.test(name))
    .map((name) => statSync(path.join(backupDir, name)).mtimeMs)
  const newest = Math.max(0, ...times)
  if (newest === 0) return [notice(`Aucune sauvegarde dans ${backupDir} pour l’instant.`)]
  const days = Math.floor((Date.now() - newest) / DAY)
  if (days > 1) return [wrong(`La dernière sauvegarde date d’il y a ${count(days, 'jour')}.`)]
  return [
    fine(
      `La dernière sauvegarde a moins de deux jours (${count(times.length, 'sauvegarde gardée', 'sauvegardes gardées')}).`,
    ),
  ]
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined
}

function nearestFolder(dir: string): string {
  return exists(dir) ? dir : nearestFolder(path.dirname(dir))
}
