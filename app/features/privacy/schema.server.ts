import { sql } from 'drizzle-orm'
import { check, date, index, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { personReference } from '#app/features/directory/index.server.ts'

export const privacySchema = pgSchema('privacy')

const moment = () => timestamp({ withTimezone: true })

/** Somebody kept beyond the usual time, until a day and for a written reason. */
export const keeps = privacySchema.table('keep', {
  personId: personReference().notNull().primaryKey(),
  reason: text().notNull(),
  until: date({ mode: 'string' }).notNull(),
  at: moment().notNull(),
  actorLabel: text().notNull(),
})

export const erasureRules = ['retention', 'request', 'office', 'restored'] as const

/**
 * That an erasure was done, without saying of whom. `marks` are SHA-256 of the ids the erased records had, which stand nowhere
 * else any more: they only serve to find these people again in a backup that is restored, and to erase them anew.
 */
export const erasures = privacySchema.table(
  'erasure',
  {
    id: uuid().primaryKey().defaultRandom(),
    at: moment().notNull(),
    actorLabel: text().notNull(),
    rule: text({ enum: erasureRules }).notNull(),
    marks: text().array().notNull(),
  },
  (table) => [index('erasure_at_idx').on(table.at)],
)

export const requestKinds = ['access', 'correction', 'erasure', 'objection'] as const
export const requestStates = ['open', 'done', 'refused'] as const

/** What a person asked about their data, with the day an answer is due (art. 12.3). The person is gone from it once erased. */
export const requests = privacySchema.table(
  'request',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: personReference(),
    kind: text({ enum: requestKinds }).notNull(),
    message: text(),
    source: text({ enum: ['own', 'office'] }).notNull(),
    receivedAt: moment().notNull(),
    dueOn: date({ mode: 'string' }).notNull(),
    /** Why the answer takes two more months, told to the person within the first one. */
    extendedReason: text(),
    state: text({ enum: requestStates }).notNull().default('open'),
    answer: text(),
    closedAt: moment(),
    closedByLabel: text(),
  },
  (table) => [
    index('request_due_idx').on(table.state, table.dueOn),
    index('request_person_idx').on(table.personId),
    check('request_closed_is_dated', sql`(${table.state} = 'open') = (${table.closedAt} is null)`),
  ],
)
