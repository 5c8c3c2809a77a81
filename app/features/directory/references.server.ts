import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'

/** What a record points at, as a form sent it. */
interface References {
  departementId?: string | null
  territoryId?: string | null
  kindId?: string | null
  profileId?: string | null
  organisationId?: string | null
}

export type UnknownReference = { type: 'unknown-reference'; field: keyof References }

/** The first reference that leads nowhere: a forged form, or a record gone since the page was opened. */
export async function unknownReference(db: Database, refs: References): Promise<UnknownReference | null> {
  const term = (id: string | null | undefined, vocabulary: string) =>
    sql`exists (select 1 from platform.term where id = ${id ?? null} and vocabulary = ${vocabulary})`
  const { rows } = await db.execute<Record<keyof References, boolean>>(sql`select
    exists (select 1 from territory.territory_card where id = ${refs.departementId ?? null} and kind = 'departement') as "departementId",
    exists (select 1 from territory.territory_card where id = ${refs.territoryId ?? null}) as "territoryId",
    ${term(refs.kindId, 'organisation')} as "kindId",
    ${term(refs.profileId, 'profil')} as "profileId",
    exists (select 1 from directory.organisation where id = ${refs.organisationId ?? null}) as "organisationId"`)
  const field = (Object.keys(refs) as (keyof References)[]).find((name) => refs[name] && rows[0]![name] === false)
  return field ? { type: 'unknown-reference', field } : null
}
