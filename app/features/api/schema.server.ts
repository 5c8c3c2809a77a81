import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const apiSchema = pgSchema('api')

const moment = () => timestamp({ withTimezone: true })

/** What another program shows to enter; the table holds its SHA-256 only. */
export const tokens = apiSchema.table(
  'token',
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    tokenHash: text().notNull().unique(),
    /** The first letters, to recognise one's own. */
    beginning: text().notNull(),
    scopes: text().array().notNull(),
    createdAt: moment().notNull(),
    createdBy: text().notNull(),
    expiresAt: moment().notNull(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [
    check('token_has_a_name', sql`length(trim(${table.name})) > 0`),
    check('token_has_a_scope', sql`cardinality(${table.scopes}) > 0`),
  ],
)

/** The answer already given to a request that is sent again under the same key. */
export const idempotencies = apiSchema.table(
  'idempotency',
  {
    tokenId: uuid()
      .notNull()
      .references(() => tokens.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    /** Of the method, the address and the body. */
    requestHash: text().notNull(),
    status: integer(),
    body: jsonb(),
    at: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tokenId, table.key] }), index('idempotency_at_idx').on(table.at)],
)

/** An address of another program that wants to know what happens here. */
export const webhooks = apiSchema.table(
  'webhook',
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    url: text().notNull(),
    events: text().array().notNull(),
    /** « whsec_… »: both sides need it as it is. */
    secret: text().notNull(),
    active: boolean().notNull().default(true),
    /** Set when it was switched off by itself. */
    stoppedAt: moment(),
    createdAt: moment().notNull(),
  },
  (table) => [
    check('webhook_has_events', sql`cardinality(${table.events}) > 0`),
    check('webhook_is_on_the_web', sql`${table.url} ~ '^https?://'`),
  ],
)

export const deliveryStatuses = ['waiting', 'delivered', 'failed'] as const

/** One event told to one address. */
export const deliveries = apiSchema.table(
  'delivery',
  {
    id: uuid().primaryKey().defaultRandom(),
    webhookId: uuid()
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    event: text().notNull(),
    /** The very text that is signed and sent: ids, never a name. */
    body: text().notNull(),
    status: text({ enum: deliveryStatuses }).notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    /** HTTP status of the last answer, when there was one. */
    answered: integer(),
    lastError: text(),
    createdAt: moment().notNull(),
    lastAt: moment(),
  },
  (table) => [
    index('delivery_webhook_idx').on(table.webhookId, table.createdAt),
    index('delivery_waiting_idx').on(table.status).where(sql`${table.status} = 'waiting'`),
  ],
)
