import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { instantOrNull } from '../instant.server.ts'
import type { ConnectionState, ConnectionTool } from '../labels.ts'

export interface ListSummary {
  id: string
  fileName: string
  tool: ConnectionTool
  state: ConnectionState
  createdAt: Date
  createdBy: string
  connections: number
  recognised: number
  unidentified: number
  undecided: number
}

/** The lists of an activity, the latest first. */
export async function connectionLists(ctx: AppContext, activityId: string): Promise<ListSummary[]> {
  if (!can(ctx.actor, 'attendance:write')) return []
  const { rows } = await ctx.db.execute<Omit<ListSummary, 'createdAt'> & { createdAt: string }>(sql`
    select i.id, i.file_name as "fileName", i.tool, i.state, i.created_at as "createdAt", i.created_by as "createdBy",
      count(c.id)::int as connections, count(c.id) filter (where c.decision = 'person')::int as recognised,
      count(c.id) filter (where c.decision = 'unidentified')::int as unidentified,
      count(c.id) filter (where c.decision is null)::int as undecided
    from activities.connection_import i left join activities.connection_participant c on c.import_id = i.id
    where i.activity_id = ${activityId} group by i.id order by i.created_at desc, i.id limit 100`)
  return rows.map((row) => ({ ...row, createdAt: instantOrNull(row.createdAt)! }))
}
