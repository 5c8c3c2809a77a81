import { randomBytes } from 'node:crypto'
import { demoWelcome, loadDemo } from '#app/demo/demo.server.ts'
import { systemActor } from '#app/platform/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { StartupError } from '#app/platform/postgres/startup-error.ts'
import { readOrMakeSecret } from '#app/platform/settings.server.ts'
import { migrateDatabase } from '../migrate.ts'
import { type Command, requireNone } from './command.ts'
import { inform, print } from './output.ts'
import { withStore } from './store.ts'

export const demoCommand: Command = {
  name: 'demo',
  usage: '',
  summary: 'charge l’année de démonstration dans une maison vide',
  details:
    'Une année 2022 complète : activités, personnes inventées, présences, comptes par rôle. Refusé si la base contient déjà\ndes activités, des personnes ou des comptes. Donnez-lui un dossier à part : DATA_DIR=data-demo maillage demo.',
  async run(args, settings) {
    requireNone(args)
    const known = settings()
    const loaded = await withStore(known, async (connection) => {
      await migrateDatabase(connection)
      const handle = openDatabase(connection, { max: 2 })
      try {
        return await loadDemo(
          {
            db: handle.db,
            actor: systemActor('Ligne de commande'),
            now: () => new Date(),
            baseUrl: known.baseUrl ?? `http://localhost:${known.port}`,
            secret: await readOrMakeSecret(handle.db, () => randomBytes(48).toString('base64url')),
            filesDir: known.filesDir,
          },
          inform,
        )
      } finally {
        await handle.close()
      }
    })
    if (!loaded)
      throw new StartupError(
        'Cette maison n’est pas vide : la démonstration ne se charge que dans une base neuve. Réglez DATA_DIR sur un autre dossier.',
      )
    for (const line of demoWelcome()) print(line)
    return 0
  },
}
