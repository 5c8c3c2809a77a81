import { and, eq, sql } from 'drizzle-orm'
import { personCards } from '#app/features/directory/index.server.ts'
import { type AppContext, userActor } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { users } from './schema.server.ts'

const account = {
  id: users.id,
  personId: users.personId,
  email: users.email,
  role: users.role,
  status: users.status,
  passwordHash: users.passwordHash,
  lastSeenAt: users.lastSeenAt,
  givenName: personCards.givenName,
  familyName: personCards.familyName,
  fullName: personCards.fullName,
}

/** For the functions of this feature only: it carries the hash of the password. */
export async function accountById(db: Database, userId: string) {
  const [found] = await db
    .select(account)
    .from(users)
    .innerJoin(personCards, eq(personCards.id, users.personId))
    .where(eq(users.id, userId))
  return found ?? null
}

export async function accountByEmail(db: Database, email: string) {
  const [found] = await db
    .select(account)
    .from(users)
    .innerJoin(personCards, eq(personCards.id, users.personId))
    .where(eq(sql`lower(${users.email})`, email.trim().toLowerCase()))
  return found ?? null
}

export type Account = NonNullable<Awaited<ReturnType<typeof accountById>>>

/** Held until the end of the transaction: the account does not change meanwhile. Null when it is no longer active. */
export async function lockActiveAccount(tx: Database, userId: string) {
  const [found] = await tx
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.status, 'active')))
    .for('update')
  return found ?? null
}

/** What the person does on the door, before there is a session, is theirs in the journal. */
export const actingAs = (ctx: AppContext, { id, personId, fullName, role }: Account): AppContext => ({
  ...ctx,
  actor: userActor({ userId: id, personId, label: fullName, role }),
})
