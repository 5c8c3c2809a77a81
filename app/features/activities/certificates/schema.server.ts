import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { personReference } from '#app/features/directory/index.server.ts'
import { activities, activitiesSchema, series } from '../schema.server.ts'
import type { CertificateFacts } from './facts.ts'

const moment = () => timestamp({ withTimezone: true })

export const certificateKinds = ['activity', 'series'] as const
/** `attendance`: a presence it rests on is no more; `renamed`: the name on it was corrected; `replaced`: a later version says otherwise. */
export const revocations = ['attendance', 'renamed', 'replaced'] as const

/**
 * A paper that was given: what it says is kept as it was said. Triggers revoke it in the transaction that unsays a presence or
 * corrects a name, and make it good again when the presence is (see the migration).
 */
export const certificates = activitiesSchema.table(
  'certificate',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Twelve signs without those one mistakes; opens the public page that verifies it. */
    code: text().notNull().unique(),
    kind: text({ enum: certificateKinds }).notNull(),
    activityId: uuid().references(() => activities.id, { onDelete: 'cascade' }),
    seriesId: uuid().references(() => series.id, { onDelete: 'cascade' }),
    personId: personReference().notNull(),
    /** The presences it rests on. */
    attendanceIds: uuid().array().notNull(),
    /** The name on the paper. */
    holder: text().notNull(),
    facts: jsonb().$type<CertificateFacts>().notNull(),
    minutes: integer().notNull(),
    issuedAt: moment().notNull(),
    /** When its link was last sent by mail. */
    sentAt: moment(),
    revokedAt: moment(),
    revokedFor: text({ enum: revocations }),
    /** The later version, when there is one. */
    replacedById: uuid(),
  },
  (table) => [
    uniqueIndex('certificate_activity_once')
      .on(table.activityId, table.personId)
      .where(sql`${table.revokedAt} is null and ${table.kind} = 'activity'`),
    uniqueIndex('certificate_series_once')
      .on(table.seriesId, table.personId)
      .where(sql`${table.revokedAt} is null and ${table.kind} = 'series'`),
    index('certificate_attendance_idx').using('gin', table.attendanceIds),
    index('certificate_person_idx').on(table.personId),
    check(
      'certificate_has_one_subject',
      sql`case ${table.kind} when 'activity' then ${table.activityId} is not null and ${table.seriesId} is null
        else ${table.seriesId} is not null and ${table.activityId} is null end`,
    ),
    check('certificate_revoked_for_a_reason', sql`(${table.revokedAt} is null) = (${table.revokedFor} is null)`),
    check('certificate_time_is_sensible', sql`${table.minutes} between 0 and 1000000`),
  ],
)
