import { migrateDatabase } from '../migrate.ts'
import { type Command, requireNone } from './command.ts'
import { count, print } from './output.ts'
import { withStore } from './store.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  summary: 'met la base de données au niveau de cette version',
  details: 'Sans effet si elle l’est déjà. « npm start » le fait de lui-même.',
  async run(args, settings) {
    requireNone(args)
    const applied = await withStore(settings(), migrateDatabase)
    print(
      applied === 0
        ? 'La base de données est à jour.'
        : `${count(applied, 'migration appliquée', 'migrations appliquées')}.`,
    )
    return 0
  },
}
