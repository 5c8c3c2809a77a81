import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'

interface References {
  profileId: string | null
  departementId: string | null
}

/** What a forged form could point at: a profile or a département that do not exist. */
export async function referenceProblems(db: Database, { profileId, departementId }: References) {
  if (!profileId && !departementId) return []
  const { rows } = await executePrepared<{ profile: boolean; departement: boolean }>(
    db,
    sql`
    select exists (select 1 from platform.term where id = ${profileId} and vocabulary = 'profil') as profile,
      exists (select 1 from territory.territory_card where id = ${departementId} and kind = 'departement') as departement`,
  )
  const found = rows[0]!
  return [
    ...(profileId && !found.profile ? [{ field: 'profileId', problem: 'unknown' as const }] : []),
    ...(departementId && !found.departement ? [{ field: 'departementId', problem: 'unknown' as const }] : []),
  ]
}
