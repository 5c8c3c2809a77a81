import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { Connection } from './settle.ts'

/** Everything the lists in force say of an activity; `draft`: as if that one were validated, `without`: as if it were not. */
export async function liveConnections(
  db: Database,
  activityId: string,
  { draft = null, without = [] }: { draft?: string | null; without?: readonly string[] } = {},
): Promise<Connection[]> {
  const { rows } = await db.execute<Connection & Record<string, unknown>>(sql`
    select c.id, c.import_id as "importId", c.key, c.heads, c.joins, c.said_seconds as "saidSeconds", c.decision,
      p.identity_id as "personId"
    from activities.connection_participant c join activities.connection_import i on i.id = c.import_id
    left join directory.person_card p on p.id = c.person_id
    where i.activity_id = ${activityId} and (i.state = 'applied' or i.id = ${draft})
      and not (i.id = any(${sql.param([...without])}::uuid[]))
    order by c.id`)
  return rows
}
