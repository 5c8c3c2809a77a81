import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { Obstacle, PersonalData } from '#app/platform/personal-data.server.ts'

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`

const union = (parts: readonly SQL[]) => sql.join([...parts], sql` union all `)

/** « entity:id » of everything in the trail and among the mails that is about these records, by record. */
export async function tracesOf(
  db: Database,
  sources: readonly PersonalData[],
  records: readonly string[],
): Promise<{ personId: string; entity: string; trace: string }[]> {
  const parts = sources.flatMap(({ traces }) =>
    traces
      ? [sql`select entity, entity_id, person_id from (${traces}) t where person_id = any(${uuids(records)})`]
      : [],
  )
  if (parts.length === 0) return []
  const { rows } = await db.execute<{ personId: string; entity: string; trace: string }>(
    sql`select person_id as "personId", entity, entity || ':' || entity_id as trace from (${union(parts)}) all_traces`,
  )
  return rows
}

/** Why some of these records cannot be erased now. */
export async function obstaclesOf(
  db: Database,
  sources: readonly PersonalData[],
  records: readonly string[],
): Promise<Map<string, Obstacle>> {
  const parts = sources.flatMap(({ obstacles }) => (obstacles ? [obstacles(records)] : []))
  if (parts.length === 0) return new Map()
  const { rows } = await db.execute<{ person_id: string; why: Obstacle }>(union(parts))
  return new Map(rows.map(({ person_id, why }) => [person_id, why]))
}
