import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

export const platformSchema = pgSchema('platform')

const moment = () => timestamp({ withTimezone: true })

/** Who changed what, when, on which record, field by field. Written in the transaction of the change. */
export const changes = platformSchema.table(
  'change',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: moment().notNull(),
    actorId: uuid(),
    actorLabel: text().notNull(),
    action: text().notNull(),
    entity: text().notNull(),
    entityId: text().notNull(),
    /** { field: [before, after] } */
    fields: jsonb().$type<Record<string, [unknown, unknown]>>().notNull().default({}),
    requestId: text(),
  },
  (table) => [
    index('change_entity_idx').on(table.entity, table.entityId, table.id),
    index('change_at_idx').on(table.at),
  ],
)

/** Events and jobs wait here, written by the transaction that causes them, until the relay hands them to the queue. */
export const outbox = platformSchema.table(
  'outbox',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    kind: text({ enum: ['event', 'job'] }).notNull(),
    name: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    at: moment().notNull(),
    startAfter: moment(),
    dispatchedAt: moment(),
  },
  (table) => [index('outbox_waiting_idx').on(table.id).where(sql`${table.dispatchedAt} is null`)],
)

/** When each scheduled job was last asked for: the row is what two processes dispute, so that one of them asks. */
export const schedules = platformSchema.table('schedule', {
  name: text().primaryKey(),
  lastAt: moment().notNull(),
})

/** Progress of a long job, shown in the office. */
export const progress = platformSchema.table('progress', {
  id: uuid().primaryKey().defaultRandom(),
  label: text().notNull(),
  done: integer().notNull().default(0),
  total: integer(),
  step: text(),
  ownerId: uuid(),
  startedAt: moment().notNull(),
  finishedAt: moment(),
  failedReason: text(),
  result: jsonb().$type<Record<string, unknown>>(),
})

export const mailStatuses = ['waiting', 'sent', 'kept', 'failed'] as const

/** Every mail we write. `kept`: no mail server is set, the mail is readable in the office only. */
export const mails = platformSchema.table(
  'mail',
  {
    id: uuid().primaryKey().defaultRandom(),
    purpose: text().notNull(),
    toAddress: text().notNull(),
    toName: text(),
    /** Who answers go to, when it is not the centre's own address. */
    replyTo: text(),
    subject: text().notNull(),
    text: text().notNull(),
    html: text(),
    /** iCalendar attachment: { method, content } */
    calendar: jsonb().$type<{ method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string } | null>(),
    /** A text drawn as a QR code when the mail leaves; its HTML shows it as the image « cid:billet ». */
    qr: text(),
    entity: text(),
    entityId: text(),
    status: text({ enum: mailStatuses }).notNull().default('waiting'),
    createdAt: moment().notNull(),
    sentAt: moment(),
    attempts: integer().notNull().default(0),
    lastError: text(),
  },
  (table) => [index('mail_entity_idx').on(table.entity, table.entityId), index('mail_created_idx').on(table.createdAt)],
)

export const settings = platformSchema.table('setting', {
  key: text().primaryKey(),
  value: jsonb().$type<unknown>().notNull(),
  updatedAt: moment().notNull().defaultNow(),
})

/** Fixed windows; counters may be lost in a crash without harm, hence UNLOGGED (see the migration). */
export const rateLimits = platformSchema.table(
  'rate_limit',
  { key: text().notNull(), windowStart: moment().notNull(), count: integer().notNull() },
  (table) => [primaryKey({ columns: [table.key, table.windowStart] })],
)

/** Uploaded files: bytes on disk under their SHA-256, facts here. */
export const files = platformSchema.table('file', {
  id: uuid().primaryKey().defaultRandom(),
  sha256: text().notNull(),
  name: text().notNull(),
  mediaType: text().notNull(),
  size: bigint({ mode: 'number' }).notNull(),
  uploadedAt: moment().notNull(),
  uploadedBy: uuid(),
})

/** Controlled vocabularies: data the centre edits. `id` is `<vocabulary>:<code>`. */
export const terms = platformSchema.table(
  'term',
  {
    id: text().primaryKey(),
    vocabulary: text().notNull(),
    code: text().notNull(),
    parentId: text(),
    label: text().notNull(),
    position: integer().notNull().default(0),
    attributes: jsonb().$type<Record<string, string>>().notNull().default({}),
    retiredAt: moment(),
  },
  (table) => [
    uniqueIndex('term_code_idx').on(table.vocabulary, table.code),
    check('term_id_is_vocabulary_and_code', sql`${table.id} = ${table.vocabulary} || ':' || ${table.code}`),
  ],
)

/** One snapshot of a vocabulary per change, so that a past year can be read with its own words. */
export const vocabularyVersions = platformSchema.table(
  'vocabulary_version',
  {
    vocabulary: text().notNull(),
    version: integer().notNull(),
    at: moment().notNull(),
    actorLabel: text().notNull(),
    terms: jsonb().$type<unknown[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.vocabulary, table.version] })],
)

export const durationUnits = ['day', 'month'] as const
/** What a duration of storage runs from; `none`: no duration of its own, the text says what happens. */
export const durationStarts = ['last-action', 'activity-end', 'written', 'none'] as const

/**
 * What the house does with personal data, purpose by purpose: notices under forms, the public page, the register of processing
 * and the clean-ups all read these rows. The direction edits them.
 */
export const purposes = platformSchema.table(
  'purpose',
  {
    id: text().primaryKey(),
    position: integer().notNull(),
    title: text().notNull(),
    why: text().notNull(),
    what: text().notNull(),
    basis: text().notNull(),
    /** Categories of people. */
    people: text().notNull(),
    recipients: text().notNull(),
    measures: text().notNull(),
    transfers: text().notNull(),
    /** How long, in `durationUnit`, from `starts`; null where `starts` is none. */
    duration: integer(),
    durationUnit: text({ enum: durationUnits }),
    starts: text({ enum: durationStarts }).notNull().default('none'),
    /** What the duration does not say, or the whole of it where there is none. */
    howLong: text().notNull().default(''),
    /** For `last-action`: which of the person's own acts count (registration, presence, link, consent, sign-in). */
    counts: text().array().notNull().default([]),
    /** The sentence under the forms that serve this purpose, and which forms. */
    notice: text().notNull().default(''),
    forms: text().array().notNull().default([]),
    updatedAt: moment().notNull(),
  },
  (table) => [
    check(
      'purpose_duration_is_whole',
      sql`(${table.starts} = 'none') = (${table.duration} is null) and (${table.duration} is null) = (${table.durationUnit} is null)
        and coalesce(${table.duration}, 1) between 1 and 1200`,
    ),
  ],
)

/** A term of a vocabulary, as another table refers to it. */
export const termReference = () => text().references(() => terms.id, { onUpdate: 'cascade', onDelete: 'restrict' })

/** An uploaded file, as another table refers to it. */
export const fileReference = () => uuid().references(() => files.id, { onDelete: 'restrict' })
