import { index, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { termReference } from '#app/platform/schema.server.ts'
import { activitiesSchema, series } from '../schema.server.ts'

/** The profiles a training cycle is meant for. */
export const seriesProfiles = activitiesSchema.table(
  'series_profile',
  {
    seriesId: uuid()
      .notNull()
      .references(() => series.id, { onDelete: 'cascade' }),
    profileId: termReference().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.seriesId, table.profileId] }),
    index('series_profile_idx').on(table.profileId),
  ],
)
