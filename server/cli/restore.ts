import path from 'node:path'
import { restoreBackup } from '#app/platform/postgres/backup/restore-backup.server.ts'
import { type Command, requireOne } from './command.ts'
import { count, print } from './output.ts'
import { migrationsFolder } from '../settings.ts'
import { openStore, type Store } from './store.ts'

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'FICHIER',
  summary: 'remet une sauvegarde dans un endroit vide',
  details:
    'Le fichier est d’abord vérifié en entier. L’endroit (DATA_DIR, et DATABASE_URL s’il y en a un) doit être vide : rien n’est jamais écrasé.',
  async run(args, settings) {
    const file = path.resolve(requireOne(args, 'le nom du fichier à lire'))
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
    } finally {
      await store?.close()
    }
    return 0
  },
}
