import { unlockAccount } from '#app/features/accounts/index.server.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { StartupError } from '#app/platform/postgres/startup-error.ts'
import { migrateDatabase } from '../migrate.ts'
import { type Command, requireOne } from './command.ts'
import { contextOf, requireData } from './house-context.ts'
import { inform, print } from './output.ts'
import { withStore } from './store.ts'

export const userUnlockCommand: Command = {
  name: 'user unlock',
  usage: 'E-MAIL',
  summary: 'retire la double authentification d’un compte et donne un lien pour entrer',
  details:
    'Pour la dernière administration restée dehors : application de codes, codes de secours et clés d’accès retirés, sessions fermées, trace dans le journal, message à la personne. Possible pendant que Maillage tourne. Le lien sert une fois, dans les 15 minutes.',
  async run(args, settings) {
    const email = requireOne(args, 'l’adresse électronique')
    const known = settings()
    requireData(known)
    const link = await withStore(known, async (connection) => {
      await migrateDatabase(connection)
      const handle = openDatabase(connection, { max: 2 })
      try {
        const ctx = await contextOf(handle.db, known)
        const unlocked = await unlockAccount(ctx, { email })
        return unlocked.ok ? ctx.baseUrl + unlocked.value.path : refuse(unlocked.error.type, email)
      } finally {
        await handle.close()
      }
    })
    inform(`Double authentification retirée pour ${email}. Ce lien ouvre le bureau une fois, dans les 15 minutes.`)
    print(link)
    return 0
  },
}

function refuse(why: 'not-allowed' | 'not-found' | 'suspended', email: string): never {
  switch (why) {
    case 'not-found':
      throw new StartupError(`L’adresse ${email} n’a pas de compte.`)
    case 'suspended':
      throw new StartupError(`Le compte ${email} est suspendu : une administration peut le rétablir.`)
    case 'not-allowed':
      throw new Error(why)
    default:
      return why satisfies never
  }
}
