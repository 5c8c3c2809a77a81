import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { activities, activitiesSchema, attendances } from '../schema.server.ts'

const moment = () => timestamp({ withTimezone: true })

/** Whom a message is for, once the activity is over. */
export const audiences = ['present', 'absent', 'excused'] as const
export const followUpStatuses = ['draft', 'sending', 'sent'] as const

/** A message written after an activity to those who came, or to those who did not. One draft at a time for each of them. */
export const followUps = activitiesSchema.table(
  'follow_up',
  {
    id: uuid().primaryKey().defaultRandom(),
    activityId: uuid()
      .notNull()
      .references(() => activities.id, { onDelete: 'cascade' }),
    audience: text({ enum: audiences }).notNull(),
    status: text({ enum: followUpStatuses }).notNull().default('draft'),
    subject: text().notNull(),
    /** With its merge fields, as it was written. */
    body: text().notNull(),
    /** Documents of the activity that {documents} names. */
    documentIds: uuid().array().notNull(),
    /** How long the links to documents that are not public hold. */
    documentMonths: integer().notNull().default(6),
    replyTo: text(),
    /** How many were left out, by reason, the moment it was sent. */
    leftOut: jsonb().$type<Record<string, number>>().notNull().default({}),
    progressId: uuid(),
    updatedAt: moment().notNull(),
    updatedBy: text().notNull(),
    sentAt: moment(),
    sentBy: text(),
  },
  (table) => [
    index('follow_up_activity_idx').on(table.activityId, table.updatedAt),
    uniqueIndex('follow_up_one_draft_idx').on(table.activityId, table.audience).where(sql`${table.status} = 'draft'`),
    check('follow_up_links_last', sql`${table.documentMonths} between 1 and 24`),
  ],
)

/** Who a message goes to, drawn when it is sent; the mail is written once, whatever happens to the job. */
export const followUpSends = activitiesSchema.table(
  'follow_up_send',
  {
    followUpId: uuid()
      .notNull()
      .references(() => followUps.id, { onDelete: 'cascade' }),
    attendanceId: uuid()
      .notNull()
      .references(() => attendances.id, { onDelete: 'cascade' }),
    mailId: uuid(),
    writtenAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.followUpId, table.attendanceId] }),
    index('follow_up_send_attendance_idx').on(table.attendanceId),
  ],
)
