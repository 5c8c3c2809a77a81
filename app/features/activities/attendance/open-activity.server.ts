import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { ActivityStatus, Mode } from '../labels.ts'

export interface OpenActivity {
  id: string
  status: ActivityStatus
  mode: Mode
  /** The day of Paris it began, on which everyone’s situation is read; null while it has no date. */
  day: string | null
}

/** The activity being ticked, held so that it is not cancelled between the check and the writing; ticks do not wait for each other. */
export async function openActivity(tx: Database, id: string): Promise<OpenActivity | null> {
  const { rows } = await tx.execute<OpenActivity & Record<string, unknown>>(sql`
    select id, status, mode, to_char(starts_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day
    from activities.activity where id = ${id} for share`)
  return rows[0] ?? null
}
