import { sql } from 'drizzle-orm'
import { organisationByName } from '#app/features/directory/index.server.ts'
import type { Database } from '#app/platform/database.server.ts'

interface Named {
  organisationId: string | null
  organisationName: string | null
}

/** The organisation said, with its name of today: chosen, else found by its name in the directory, else the text as it was typed. */
export async function namedOrganisation(tx: Database, said: Named): Promise<Named> {
  const { organisationId, organisationName } = said
  if (!organisationId) {
    const known = organisationName ? await organisationByName(tx, organisationName) : null
    return known
      ? { organisationId: known.id, organisationName: known.name }
      : { organisationId: null, organisationName }
  }
  const { rows } = await tx.execute<{ name: string }>(
    sql`select name from directory.organisation_card where id = ${organisationId}`,
  )
  return { organisationId, organisationName: rows[0]?.name ?? null }
}
