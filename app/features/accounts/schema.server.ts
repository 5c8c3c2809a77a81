import { sql } from 'drizzle-orm'
import { check, index, pgSchema, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { personReference } from '#app/features/directory/index.server.ts'
import { roles } from '#app/platform/permissions.ts'

export const accountsSchema = pgSchema('accounts')

const moment = () => timestamp({ withTimezone: true })

/** A member of the team who may enter the office. One identity table: a user is a person of the directory. */
export const users = accountsSchema.table(
  'user',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: personReference().notNull().unique(),
    email: text().notNull(),
    role: text({ enum: roles }).notNull(),
    status: text({ enum: ['active', 'suspended'] })
      .notNull()
      .default('active'),
    /** argon2id; null until the person has chosen one (one-time links work without). */
    passwordHash: text(),
    createdAt: moment().notNull(),
    lastSeenAt: moment(),
  },
  (table) => [
    uniqueIndex('user_email_idx').on(sql`lower(${table.email})`),
    check('user_password_is_argon2id', sql`${table.passwordHash} is null or ${table.passwordHash} like '$argon2id$%'`),
  ],
)

/** Open sessions; the cookie holds a random token, the table its SHA-256. */
export const userSessions = accountsSchema.table(
  'session',
  {
    id: uuid().primaryKey().defaultRandom(),
    tokenHash: text().notNull().unique(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
    expiresAt: moment().notNull(),
    device: text(),
  },
  (table) => [index('session_user_idx').on(table.userId)],
)

export const linkPurposes = ['set-up', 'sign-in', 'invitation', 'password-reset'] as const

/** One-time links of the team: hashed, expiring, bound to one purpose, used once. */
export const oneTimeLinks = accountsSchema.table(
  'one_time_link',
  {
    id: uuid().primaryKey().defaultRandom(),
    tokenHash: text().notNull().unique(),
    purpose: text({ enum: linkPurposes }).notNull(),
    userId: uuid().references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (table) => [index('one_time_link_user_idx').on(table.userId)],
)
