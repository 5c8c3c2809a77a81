import { applyMigrations, readMigrations } from '#app/platform/postgres/backup/migrations.server.ts'
import { type Command, requireNone } from './command.ts'
import { count, print } from './output.ts'
import { migrationsFolder } from './settings.ts'
import { withClient, withStore } from './store.ts'

/** Two processes that start together migrate one after the other. */
const LOCK = 728_401_552

export const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  summary: 'met la base de données au niveau de cette version',
  details: 'Sans effet si elle l’est déjà. « npm start » le fait de lui-même.',
  async run(args, settings) {
    requireNone(args)
    const applied = await withStore(settings(), (connection) =>
      withClient(connection, async (client) => {
        await client.query('begin')
        await client.query('select pg_advisory_xact_lock($1)', [LOCK])
        const done = await applyMigrations(client, readMigrations(migrationsFolder))
        await client.query('commit')
        return done
      }),
    )
    print(
      applied === 0
        ? 'La base de données est à jour.'
        : `${count(applied, 'migration appliquée', 'migrations appliquées')}.`,
    )
    return 0
  },
}
