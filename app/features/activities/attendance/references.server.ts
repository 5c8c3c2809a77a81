import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'

interface References {
  profileId: string | null
  organisationId: string | null
  departementId?: string | null
}

export type UnknownReference = { type: 'unknown-reference'; field: keyof References }

/** The first reference that leads nowhere: a forged form, or a record gone since the page was opened. */
export async function unknownReference(db: Database, refs: References): Promise<UnknownReference | null> {
  const { rows } = await db.execute<Record<keyof References, boolean>>(sql`select
    exists (select 1 from platform.term where id = ${refs.profileId} and vocabulary = 'profil') as "profileId",
    exists (select 1 from directory.organisation_card where id = ${refs.organisationId}) as "organisationId",
    exists (select 1 from territory.territory_card where id = ${refs.departementId ?? null} and kind = 'departement') as "departementId"`)
  const fields = ['profileId', 'organisationId', 'departementId'] as const
  const field = fields.find((name) => refs[name] && !rows[0]![name])
  return field ? { type: 'unknown-reference', field } : null
}
