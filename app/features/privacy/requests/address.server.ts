import { eq } from 'drizzle-orm'
import { personCards } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'

/** Where to write to a person; null: they gave no address. */
export async function addressOf({ db }: AppContext, personId: string): Promise<string | null> {
  const [card] = await db.select({ email: personCards.email }).from(personCards).where(eq(personCards.id, personId))
  return card?.email ?? null
}
