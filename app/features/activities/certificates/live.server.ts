import { isDeepStrictEqual } from 'node:util'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { Candidate } from './candidates.server.ts'
import { certificates } from './schema.server.ts'
import type { Subject } from './subject.server.ts'

export type Live = typeof certificates.$inferSelect

export const ofSubject = ({ kind, id }: Subject) =>
  kind === 'activity' ? eq(certificates.activityId, id) : eq(certificates.seriesId, id)

/** The good certificate of each of these people. */
export async function liveByPerson(db: Database, subject: Subject, people: string[]): Promise<Map<string, Live>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .select()
    .from(certificates)
    .where(and(ofSubject(subject), isNull(certificates.revokedAt), inArray(certificates.personId, people)))
  return new Map(rows.map((row) => [row.personId, row]))
}

/** Whether a certificate still says what would be said today. */
export const saysTheSame = (live: Live, { holder, facts, minutes, attendanceIds }: Candidate): boolean =>
  live.holder === holder &&
  live.minutes === minutes &&
  isDeepStrictEqual(new Set(live.attendanceIds), new Set(attendanceIds)) &&
  isDeepStrictEqual(live.facts, JSON.parse(JSON.stringify(facts)))
