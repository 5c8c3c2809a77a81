import { and, asc, eq, notInArray } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { fromParis } from '#app/ui/french.ts'
import { sessions } from '../schema.server.ts'
import type { SessionInput } from './inputs.server.ts'

type Session = typeof sessions.$inferSelect
export type SessionRow = Omit<Session, 'id' | 'activityId'> & { id: string | null }

/** What a form said, as the table holds it. */
export const sessionRow = ({ day, start, end, endDay, ...rest }: SessionInput): SessionRow => ({
  ...rest,
  startsAt: fromParis(day, start),
  endsAt: fromParis(endDay ?? day, end),
})

export const sessionsOf = (db: Database, activityId: string): Promise<Session[]> =>
  db
    .select()
    .from(sessions)
    .where(eq(sessions.activityId, activityId))
    .orderBy(asc(sessions.startsAt), asc(sessions.id))

/** The sessions become exactly these; one that is known keeps its identity, and so its line in people's calendars. */
export async function writeSessions(
  tx: Database,
  activityId: string,
  before: readonly Session[],
  rows: readonly SessionRow[],
): Promise<void> {
  const known = new Set(before.map(({ id }) => id))
  const kept = rows.flatMap(({ id }) => (id && known.has(id) ? [id] : []))
  const gone = kept.length > 0 ? notInArray(sessions.id, kept) : undefined
  await tx.delete(sessions).where(and(eq(sessions.activityId, activityId), gone))
  for (const { id, ...row } of rows) {
    if (id && known.has(id)) await tx.update(sessions).set(row).where(eq(sessions.id, id))
    else await tx.insert(sessions).values({ ...row, activityId })
  }
}

/** For the trace: when, without what the reader does not need. */
export const sessionTrace = (rows: readonly Pick<Session, 'startsAt' | 'endsAt'>[]): string[] =>
  rows.map(({ startsAt, endsAt }) => `${startsAt.toISOString()}/${endsAt.toISOString()}`).sort()
