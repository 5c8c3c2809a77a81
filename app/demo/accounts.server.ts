import { choosePassword, closeAllSessions, inviteMember } from '#app/features/accounts/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { type Role, roleLabels } from '#app/platform/permissions.ts'

/** Of the demonstration only: it is printed. */
export const demoPassword = 'garrigue et micocoulier'

export const demoTeam: readonly { role: Role; givenName: string; familyName: string; email: string }[] = [
  {
    role: 'administration',
    givenName: 'Bérénice',
    familyName: 'Astruc',
    email: 'administration@demo.maillage.example',
  },
  { role: 'direction', givenName: 'Mireille', familyName: 'Cazalis', email: 'direction@demo.maillage.example' },
  { role: 'charge-de-mission', givenName: 'Estelle', familyName: 'Gounelle', email: 'mission@demo.maillage.example' },
  { role: 'communication', givenName: 'Bastien', familyName: 'Oustric', email: 'communication@demo.maillage.example' },
  { role: 'gestion', givenName: 'Latifa', familyName: 'Boukhris', email: 'gestion@demo.maillage.example' },
  { role: 'lecture', givenName: 'Romain', familyName: 'Foulquier', email: 'lecture@demo.maillage.example' },
]

/** One account per role, with the password above. Answers the person of each. */
export async function openDemoAccounts(ctx: AppContext): Promise<Map<Role, string>> {
  const people = new Map<Role, string>()
  for (const member of demoTeam) people.set(member.role, await openAccount(ctx, member))
  return people
}

async function openAccount(ctx: AppContext, member: (typeof demoTeam)[number]): Promise<string> {
  const invited = await inviteMember(ctx, { ...member, personId: null }, { byMail: false })
  if (!invited.ok) throw new Error(`demonstration account refused: ${invited.error.type}`)
  const token = invited.value.path.split('/').at(-1)!
  const chosen = await choosePassword(ctx, {
    purpose: 'invitation',
    token,
    password: demoPassword,
    ip: '127.0.0.1',
    device: null,
    formerSession: null,
  })
  if (!chosen.ok) throw new Error(`demonstration password refused: ${chosen.error.type}`)
  await closeAllSessions(ctx.db, invited.value.userId)
  return invited.value.userId
}

/** What the terminal says, once the demonstration is loaded. */
export const demoWelcome = (): string[] => [
  `Comptes de la démonstration, mot de passe « ${demoPassword} » :`,
  ...demoTeam.map(({ role, email }) => `  ${email.padEnd(42)} ${roleLabels[role]}`),
]
