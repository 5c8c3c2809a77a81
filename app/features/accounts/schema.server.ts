import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  check,
  index,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { personReference } from '#app/features/directory/index.server.ts'
import { roles } from '#app/platform/permissions.ts'

export const accountsSchema = pgSchema('accounts')

const moment = () => timestamp({ withTimezone: true })
const owner = () =>
  uuid()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })

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
    userId: owner(),
    createdAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
    expiresAt: moment().notNull(),
    device: text(),
    /** When the person last showed that it is them; sensitive actions ask again after a quarter of an hour. */
    provenAt: moment(),
    /** Opened with a second factor, or with a passkey, which is both. */
    strong: boolean().notNull().default(false),
    /** Of the identity provider, sealed: it is shown back to it at sign-out. */
    idToken: text(),
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

/** The application of codes of an account (RFC 6238). Without `confirmedAt` it is being set up and asks nothing of anybody. */
export const totps = accountsSchema.table('totp', {
  userId: owner().primaryKey(),
  /** Sealed with a key derived from the house's (see sealed.server.ts). */
  secret: text().notNull(),
  createdAt: moment().notNull(),
  confirmedAt: moment(),
  /** The step of thirty seconds of the last code accepted: that code and the earlier ones are spent. */
  lastStep: bigint({ mode: 'number' }),
})

/** Ten codes for the day the telephone is lost; 80 random bits each, so that a plain hash is enough. */
export const recoveryCodes = accountsSchema.table(
  'recovery_code',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: owner(),
    codeHash: text().notNull(),
    createdAt: moment().notNull(),
    usedAt: moment(),
  },
  (table) => [uniqueIndex('recovery_code_idx').on(table.userId, table.codeHash)],
)

export const passkeys = accountsSchema.table(
  'passkey',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: owner(),
    credentialId: text().notNull().unique(),
    /** COSE, base64url. */
    publicKey: text().notNull(),
    /** Grows at each use where the key counts at all (synchronised ones stay at 0). */
    counter: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull().default([]),
    /** Kept by an account of Apple, Google… and found again on another device. */
    backedUp: boolean().notNull(),
    name: text().notNull(),
    createdAt: moment().notNull(),
    lastUsedAt: moment(),
  },
  (table) => [index('passkey_user_idx').on(table.userId)],
)

/** Who somebody is elsewhere. Without `subject`: the administration expects this member from the provider, until `expectedUntil`. */
export const identities = accountsSchema.table(
  'external_identity',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: owner(),
    issuer: text().notNull(),
    subject: text(),
    /** As the provider gave it when the link was made. */
    email: text(),
    createdAt: moment().notNull(),
    lastUsedAt: moment(),
    expectedUntil: moment(),
  },
  (table) => [
    uniqueIndex('external_identity_subject_idx').on(table.issuer, table.subject),
    uniqueIndex('external_identity_user_idx').on(table.userId, table.issuer),
    check(
      'external_identity_known_or_expected',
      sql`(${table.subject} is null) = (${table.expectedUntil} is not null)`,
    ),
  ],
)

export const stepPurposes = [
  'second-step',
  'passkey-sign-in',
  'passkey-registration',
  'passkey-proof',
  'identity',
  'identity-to-link',
] as const

/** What somebody began on the door and has a few minutes to end: hashed, bound to one purpose, used once. */
export const pendingSteps = accountsSchema.table('pending_step', {
  id: uuid().primaryKey().defaultRandom(),
  tokenHash: text().notNull().unique(),
  purpose: text({ enum: stepPurposes }).notNull(),
  userId: uuid().references(() => users.id, { onDelete: 'cascade' }),
  data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  createdAt: moment().notNull(),
  expiresAt: moment().notNull(),
})

export const signInMethods = ['password', 'link', 'invitation', 'reset', 'set-up', 'passkey', 'identity'] as const
export const signInOutcomes = [
  'entered',
  'wrong-password',
  'wrong-code',
  'passkey-refused',
  'identity-refused',
  'suspended',
] as const

/** Sign-ins and tries, kept a year (see sign-ins.server.ts). `userId` null: an address that has no account; the address is not kept. */
export const signIns = accountsSchema.table(
  'sign_in',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: moment().notNull(),
    userId: uuid().references(() => users.id, { onDelete: 'cascade' }),
    method: text({ enum: signInMethods }).notNull(),
    outcome: text({ enum: signInOutcomes }).notNull(),
    /** The code of a telephone, or a recovery code, came after. */
    secondStep: text({ enum: ['code', 'recovery', 'passkey'] }),
    device: text(),
    /** Shortened when written: /24, or /48 of an IPv6. */
    network: text(),
  },
  (table) => [index('sign_in_user_idx').on(table.userId, table.id), index('sign_in_at_idx').on(table.at)],
)
