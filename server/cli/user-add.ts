import { parseArgs } from 'node:util'
import { z } from 'zod'
import { inviteMember } from '#app/features/accounts/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { fields } from '#app/platform/forms.server.ts'
import { type Role, roles } from '#app/platform/permissions.ts'
import { StartupError } from '#app/platform/postgres/startup-error.ts'
import { migrateDatabase } from '../migrate.ts'
import { type Command, UsageError } from './command.ts'
import { contextOf, requireData } from './house-context.ts'
import { inform, print } from './output.ts'
import { withStore } from './store.ts'

const options = ['prenom', 'nom', 'role'] as const

export const userAddCommand: Command = {
  name: 'user add',
  usage: 'E-MAIL --prenom PRÉNOM --nom NOM --role RÔLE',
  summary: 'ouvre un compte et donne le lien pour choisir son mot de passe',
  details: `Rôles : ${roles.join(', ')}.\nPossible pendant que Maillage tourne. Aucun message ne part : remettez vous-même le lien, il sert une fois, dans les 7 jours.`,
  async run(args, settings) {
    const input = readArguments(args)
    const known = settings()
    requireData(known)
    const link = await withStore(known, async (connection) => {
      await migrateDatabase(connection)
      const handle = openDatabase(connection, { max: 2 })
      try {
        return await invite(await contextOf(handle.db, known), input)
      } finally {
        await handle.close()
      }
    })
    inform(
      `Compte ouvert. Remettez ce lien à ${input.givenName} ${input.familyName} : il sert une fois, dans les 7 jours.`,
    )
    print(link)
    return 0
  },
}

interface Guest {
  email: string
  givenName: string
  familyName: string
  role: Role
}

const guest = z.object({
  email: fields.email(),
  givenName: fields.line(100, 'Il manque --prenom.'),
  familyName: fields.line(100, 'Il manque --nom.'),
  role: z.enum(roles),
})

/** Exported for its tests: each start of the program takes a second. */
export function readArguments(args: string[]): Guest {
  const { values, positionals } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    options: { prenom: { type: 'string' }, nom: { type: 'string' }, role: { type: 'string' } },
  })
  const stranger = Object.keys(values).find((name) => !(options as readonly string[]).includes(name))
  if (stranger) throw new UsageError(`L’option --${stranger} n’existe pas.`)
  const [email, ...more] = positionals
  if (!email) throw new UsageError('Il manque l’adresse électronique.')
  if (more.length > 0) throw new UsageError(`« ${more.join(' ')} » est en trop.`)
  const missing = options.find((name) => typeof values[name] !== 'string' || values[name] === '')
  if (missing) throw new UsageError(`Il manque --${missing}.`)
  if (!(roles as readonly unknown[]).includes(values.role))
    throw new UsageError(`Le rôle « ${values.role} » n’existe pas. Rôles possibles : ${roles.join(', ')}.`)
  const read = guest.safeParse({ email, givenName: values.prenom, familyName: values.nom, role: values.role })
  if (!read.success) throw new UsageError(read.error.issues[0]!.message)
  return read.data
}

async function invite(ctx: AppContext, input: Guest): Promise<string> {
  const invited = await inviteMember(ctx, { ...input, personId: null }, { byMail: false })
  if (invited.ok) return ctx.baseUrl + invited.value.path
  switch (invited.error.type) {
    case 'email-taken':
      throw new StartupError(
        `L’adresse ${input.email} a déjà un compte. Mot de passe oublié : ${ctx.baseUrl}/mot-de-passe.`,
      )
    case 'person-taken':
      throw new StartupError(`${input.givenName} ${input.familyName} a déjà un compte, sous une autre adresse.`)
    case 'person-unknown':
    case 'not-allowed':
      throw new Error(invited.error.type)
    default:
      return invited.error satisfies never
  }
}
