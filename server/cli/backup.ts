import { existsSync } from 'node:fs'
import path from 'node:path'
import { writeBackup } from '#app/platform/postgres/backup/write-backup.server.ts'
import { StartupError } from '#app/platform/postgres/startup-error.ts'
import { type Command, requireOne } from './command.ts'
import { count, print, size } from './output.ts'
import { type Settings, version } from '../settings.ts'
import { withStore } from './store.ts'

export const backupCommand: Command = {
  name: 'backup',
  usage: 'FICHIER',
  summary: 'enregistre tout (base, fichiers déposés) dans un seul fichier',
  details:
    'Possible pendant que Maillage tourne. Le fichier contient des données personnelles : gardez-le en lieu sûr.',
  async run(args, settings) {
    const file = path.resolve(requireOne(args, 'le nom du fichier à écrire'))
    const known = settings()
    requireData(known)
    const report = await withStore(known, (connection) =>
      writeBackup({ connection, filesDir: known.filesDir, file, version, now: () => new Date() }),
    )
    const content = `${count(report.tables, 'table')}, ${count(report.rows, 'ligne')}, ${count(report.files, 'fichier')}`
    print(`Sauvegarde écrite dans ${file} (${content}, ${size(report.bytes)}).`)
    return 0
  },
}

/** A mistyped folder must not become a new, empty one, proudly saved. */
function requireData({ databaseUrl, dataDir }: Settings): void {
  if (databaseUrl || existsSync(path.join(dataDir, 'postgres'))) return
  throw new StartupError(`Il n’y a pas de données à sauvegarder dans ${dataDir} : réglez DATA_DIR ou DATABASE_URL.`)
}
