import { bigint, index, jsonb, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { directorySchema } from '../schema.server.ts'

const moment = () => timestamp({ withTimezone: true })
const entity = () => text({ enum: ['person', 'organisation'] }).notNull()

/**
 * Pairs that the last search found alike, `one_id` < `other_id`; made anew by each search. Who was merged or told apart since is
 * left out when the list is read. Ids of either kind of record, so no foreign key: a record that is gone is left out as well.
 */
export const duplicatePairs = directorySchema.table(
  'duplicate_pair',
  {
    entity: entity(),
    oneId: uuid().notNull(),
    otherId: uuid().notNull(),
    /** 0 to 100. */
    score: smallint().notNull(),
    /** Codes of the rules that hold (rules.ts), the weightiest first. */
    reasons: text().array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entity, table.oneId, table.otherId] }),
    index('duplicate_pair_score_idx').on(table.entity, table.score),
  ],
)

/** « Ce ne sont pas les mêmes »: kept for ever, on the records themselves, so that a merge or its undoing changes nothing to it. */
export const distinctPairs = directorySchema.table(
  'distinct_pair',
  {
    entity: entity(),
    oneId: uuid().notNull(),
    otherId: uuid().notNull(),
    decidedBy: text().notNull(),
    at: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entity, table.oneId, table.otherId] }),
    index('distinct_pair_other_idx').on(table.entity, table.otherId),
  ],
)

/** One merge, with all that undoing it needs. */
export const merges = directorySchema.table(
  'merge',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** In which order: several may be of one instant. */
    number: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    entity: entity(),
    keptId: uuid().notNull(),
    droppedId: uuid().notNull(),
    /** Records merged before into the dropped one, which followed it. */
    followerIds: uuid().array().notNull(),
    /** What changed on the kept record, and on the dropped one (a SIRET stands on one record only): field by field, before and after. */
    keptFields: jsonb().$type<Record<string, [before: string | null, after: string | null]>>().notNull(),
    droppedFields: jsonb().$type<Record<string, [before: string | null, after: string | null]>>().notNull(),
    byLabel: text().notNull(),
    at: moment().notNull(),
    undoneAt: moment(),
    undoneByLabel: text(),
  },
  (table) => [index('merge_kept_idx').on(table.keptId, table.number), index('merge_dropped_idx').on(table.droppedId)],
)

/** The last search of each kind: its progress, then what it read and found. */
export const duplicateSearches = directorySchema.table('duplicate_search', {
  entity: text({ enum: ['person', 'organisation'] }).primaryKey(),
  progressId: uuid(),
  askedAt: moment().notNull(),
  endedAt: moment(),
})
