import { reportAndFail } from '#app/platform/postgres/startup-error.ts'
import { backupCommand } from './backup.ts'
import { type Command, UsageError } from './command.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { migrateCommand } from './migrate.ts'
import { inform, print } from './output.ts'
import { restoreCommand } from './restore.ts'
import { userAddCommand } from './user-add.ts'
import { userUnlockCommand } from './user-unlock.ts'
import { loadEnvFile, readSettings, version } from '../settings.ts'

const commands: Command[] = [
  migrateCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
  userAddCommand,
  userUnlockCommand,
  demoCommand,
]

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  const [first] = args
  if (!first || ['help', '--help', '-h'].includes(first)) return help(args.slice(1))
  if (['--version', '-v'].includes(first)) return say(`Maillage ${version}`)
  const command = find(args)
  if (!command) {
    inform(`La commande « ${first} » n’existe pas. Tapez « maillage --help » pour voir les commandes.`)
    return 2
  }
  const rest = args.slice(command.name.split(' ').length)
  if (rest.some((arg) => arg === '--help' || arg === '-h')) return describe(command)
  try {
    return await command.run(rest, () => {
      loadEnvFile()
      return readSettings()
    })
  } catch (error) {
    return explain(error, command)
  }
}

function find(args: string[]): Command | undefined {
  return commands.find(({ name }) => args.slice(0, name.split(' ').length).join(' ') === name)
}

function help(args: string[]): number {
  const command = find(args)
  if (command) return describe(command)
  print(`Maillage ${version} — la ligne de commande\n\nUsage : maillage COMMANDE\n`)
  const width = Math.max(...commands.map(({ name, usage }) => `${name} ${usage}`.length))
  for (const { name, usage, summary } of commands) print(`  ${`${name} ${usage}`.padEnd(width)}  ${summary}`)
  print(
    '\nRéglages par variables d’environnement : DATA_DIR, DATABASE_URL, BASE_URL, SMTP_URL, BACKUP_DIR, BACKUP_KEEP.',
  )
  return say('« maillage COMMANDE --help » dit le détail d’une commande.')
}

function describe({ name, usage, summary, details }: Command): number {
  return say(
    `Usage : maillage ${`${name} ${usage}`.trim()}\n\n${summary[0]?.toUpperCase()}${summary.slice(1)}.\n${details}`,
  )
}

function say(text: string): number {
  print(text)
  return 0
}

function explain(error: unknown, { name, usage }: Command): number {
  if (error instanceof UsageError) {
    inform(`${error.message} Usage : maillage ${`${name} ${usage}`.trim()}`)
    return 2
  }
  reportAndFail(error)
  return 1
}
