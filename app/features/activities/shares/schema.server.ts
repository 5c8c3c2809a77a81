import { sql } from 'drizzle-orm'
import { check, index, integer, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { organisationReference } from '#app/features/directory/index.server.ts'
import { activities, activitiesSchema } from '../schema.server.ts'

/** What co-organisers agreed on for one activity: who counts which half-days, who reports those who came. */
export const sharings = activitiesSchema.table(
  'sharing',
  {
    activityId: uuid()
      .primaryKey()
      .references(() => activities.id, { onDelete: 'cascade' }),
    /** Those that were shared out: once the activity has other ones, the agreement no longer holds and is to be seen again. */
    halfDays: integer().notNull(),
    /** What every co-organiser calls this activity: an address or a code they exchange; null: the address of our page. */
    commonId: text(),
    /** Who reports the participants; null: we do. */
    reporterId: organisationReference(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index('sharing_reporter_idx').on(table.reporterId)],
)

/** The half-days of one co-organiser, in quarters; a trigger checks at commit that those of an activity make its half-days. */
export const shares = activitiesSchema.table(
  'share',
  {
    activityId: uuid()
      .notNull()
      .references(() => sharings.activityId, { onDelete: 'cascade' }),
    /** null: our own. */
    organisationId: organisationReference(),
    quarters: integer().notNull(),
  },
  (table) => [
    unique('share_organisation_once').on(table.activityId, table.organisationId).nullsNotDistinct(),
    index('share_organisation_idx').on(table.organisationId),
    check('share_is_sensible', sql`${table.quarters} between 0 and 4000`),
  ],
)
