import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { PoolConfig } from 'pg'
import { eraseAgain, type ErasureMark, parseErasureList } from '#app/features/privacy/index.server.ts'
import { allPersonalData } from '#app/personal-data.server.ts'
import { systemActor } from '#app/platform/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { StartupError } from '#app/platform/postgres/startup-error.ts'
import { restoreBackup } from '#app/platform/postgres/backup/restore-backup.server.ts'
import { type Command, requireOne, UsageError } from './command.ts'
import { contextOf } from './house-context.ts'
import { count, print } from './output.ts'
import { migrationsFolder, type Settings } from '../settings.ts'
import { openStore, type Store } from './store.ts'

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'FICHIER [--effacements LISTE]',
  summary: 'remet une sauvegarde dans un endroit vide',
  details:
    'Le fichier est d’abord vérifié en entier. L’endroit (DATA_DIR, et DATABASE_URL s’il y en a un) doit être vide : rien n’est jamais écrasé.\nLes personnes effacées depuis la sauvegarde le sont de nouveau : leur liste, effacements.jsonl, est cherchée à côté du fichier, ou donnée par --effacements.',
  async run(args, settings) {
    const { rest, listFile } = readOption(args)
    const file = path.resolve(requireOne(rest, 'le nom du fichier à lire'))
    const list = readList(listFile ?? path.join(path.dirname(file), 'effacements.jsonl'), listFile !== null)
    const known = settings()
    let store: Store | undefined
    const connect = async () => {
      store = await openStore(known)
      return store.connection
    }
    try {
      const { header, rows, files, jobsKept } = await restoreBackup({
        connect,
        filesDir: known.filesDir,
        file,
        migrationsFolder,
      })
      const day = new Date(header.createdAt).toLocaleString('fr-FR', {
        timeZone: 'Europe/Paris',
        dateStyle: 'long',
        timeStyle: 'short',
      })
      print(`Sauvegarde du ${day} restaurée : ${count(rows, 'ligne')}, ${count(files, 'fichier')}.`)
      if (!jobsKept) print('Les tâches en attente de l’ancienne version n’ont pas été reprises.')
      await applyErasures(store!.connection, known, list)
    } finally {
      await store?.close()
    }
    return 0
  },
}

/** `--effacements LISTE`, wherever it stands. */
function readOption(args: string[]): { rest: string[]; listFile: string | null } {
  const at = args.indexOf('--effacements')
  if (at === -1) return { rest: args, listFile: null }
  const listFile = args[at + 1]
  if (!listFile) throw new UsageError('Il manque le nom de la liste après --effacements.')
  return { rest: args.toSpliced(at, 2), listFile: path.resolve(listFile) }
}

/** Read before anything is restored: a list that cannot be read stops everything. null: there is none. */
function readList(file: string, asked: boolean): ErasureMark[] | null {
  if (!existsSync(file)) {
    if (asked) throw new StartupError(`La liste d’effacements ${file} n’existe pas. Rien n’a été modifié.`)
    return null
  }
  const list = parseErasureList(readFileSync(file, 'utf8'))
  if (!list) throw new StartupError(`${file} n’est pas une liste d’effacements lisible. Rien n’a été modifié.`)
  return list
}

async function applyErasures(connection: PoolConfig, known: Settings, list: ErasureMark[] | null): Promise<void> {
  if (!list) {
    print(
      'Aucune liste d’effacements à côté du fichier : les personnes effacées depuis cette sauvegarde sont revenues avec elle.',
    )
    return
  }
  const handle = openDatabase(connection, { max: 2 })
  try {
    const ctx = { ...(await contextOf(handle.db, known)), actor: systemActor('Restauration') }
    const { known: all, erased } = await eraseAgain(ctx, allPersonalData, list)
    print(`Effacements refaits : ${count(erased, 'personne')} sur une liste de ${count(all, 'effacement')}.`)
  } finally {
    await handle.close()
  }
}
