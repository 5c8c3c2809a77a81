import { findOrMakePerson } from '#app/features/directory/index.server.ts'
import { type AppContext, systemActor, userActor } from '#app/platform/context.ts'
import type { Role } from '#app/platform/permissions.ts'
import { hashPassword } from './passwords.server.ts'
import { users } from './schema.server.ts'

export const PASSWORD = 'quatre rames vertes'
const hash = hashPassword(PASSWORD)

let made = 0

interface Wanted {
  givenName: string
  familyName: string
  email: string
  role: Role
  status: 'active' | 'suspended'
  /** false: invited, has not chosen a password yet. */
  joined: boolean
}

/** A member of the team, with an account; `ctx` is the context in which that person acts. */
export async function someMember(ctx: AppContext, wanted: Partial<Wanted> = {}) {
  made += 1
  const { givenName = 'Camille', familyName = `Essai${made}`, role = 'lecture', joined = true } = wanted
  const { email = `camille.essai${made}@example.org`, status = 'active' } = wanted
  const system = { ...ctx, actor: systemActor('Essais') }
  const { personId } = await findOrMakePerson(ctx.db, system, { givenName, familyName, email, source: 'test' })
  const account = { personId, email, role, status, passwordHash: joined ? await hash : null, createdAt: ctx.now() }
  const [row] = await ctx.db.insert(users).values(account).returning({ id: users.id })
  const userId = row!.id
  const label = `${givenName} ${familyName}`
  // Just signed in: what asks who one is again does not, until a quarter of an hour is over.
  const actor = userActor({ userId, personId, label, role, provenAt: ctx.now() })
  return { userId, personId, email, label, ctx: { ...ctx, actor } }
}
