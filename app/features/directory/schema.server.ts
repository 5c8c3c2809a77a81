import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  customType,
  date,
  index,
  pgSchema,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { termReference } from '#app/platform/schema.server.ts'
import { territoryReference } from '#app/features/territory/index.server.ts'

export const directorySchema = pgSchema('directory')

const moment = () => timestamp({ withTimezone: true })

/** Text compared by its bytes, whatever the language of the database: fit for normalised words only. */
const plainText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

/** A person we know. Two people may share one address; a merged person points at the one that was kept. */
export const people = directorySchema.table(
  'person',
  {
    id: uuid().primaryKey().defaultRandom(),
    givenName: text().notNull(),
    familyName: text().notNull(),
    email: text(),
    phone: text(),
    departementId: territoryReference(),
    note: text(),
    mergedIntoId: uuid().references((): AnyPgColumn => people.id),
    /** Not a person any more: what an erasure leaves so that counts stand (decision 0013). Nothing here but the year it was made. */
    erasedYear: smallint(),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
    search: text()
      .notNull()
      .generatedAlwaysAs(sql`platform.normalise(given_name || ' ' || family_name || ' ' || coalesce(email, ''))`),
    /** Two spaces end the family name: the Duponts come before the Dupont-Martins. */
    sortName: plainText()
      .notNull()
      .generatedAlwaysAs(sql`platform.normalise(family_name) || '  ' || platform.normalise(given_name)`),
  },
  (table) => [
    index('person_email_idx').on(sql`lower(${table.email})`),
    index('person_search_idx').using('gin', sql`${table.search} public.gin_trgm_ops`),
    // « C »: the same index finds beginnings and gives the order of the list
    index('person_sort_idx').on(table.sortName),
    index('person_begins_idx').on(sql`${table.search} text_pattern_ops`),
    index('person_phone_idx').on(sql`right(regexp_replace(${table.phone}, '\\D', '', 'g'), 9)`),
    index('person_departement_idx').on(table.departementId),
    index('person_merged_idx').on(table.mergedIntoId).where(sql`${table.mergedIntoId} is not null`),
    check('person_not_merged_into_itself', sql`${table.mergedIntoId} is distinct from ${table.id}`),
    check('person_has_a_name', sql`length(trim(${table.familyName})) > 0`),
  ],
)

export const organisations = directorySchema.table(
  'organisation',
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    acronym: text(),
    kindId: termReference(),
    siret: text().unique(),
    email: text(),
    phone: text(),
    website: text(),
    territoryId: territoryReference(),
    departementId: territoryReference(),
    note: text(),
    mergedIntoId: uuid().references((): AnyPgColumn => organisations.id),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
    search: text().notNull().generatedAlwaysAs(sql`platform.normalise(name || ' ' || coalesce(acronym, ''))`),
  },
  (table) => [
    index('organisation_search_idx').using('gin', sql`${table.search} public.gin_trgm_ops`),
    index('organisation_name_idx').on(sql`platform.normalise(${table.name})`),
    index('organisation_territory_idx').on(table.territoryId),
    index('organisation_departement_idx').on(table.departementId),
    index('organisation_merged_idx').on(table.mergedIntoId).where(sql`${table.mergedIntoId} is not null`),
    check('organisation_has_a_name', sql`length(trim(${table.name})) > 0`),
    check('organisation_siret_is_14_digits', sql`${table.siret} ~ '^[0-9]{14}$'`),
  ],
)

/**
 * Every word that names of people or of organisations hold, filled by triggers: what a misspelt word is compared with. A few
 * thousand words instead of a hundred thousand names. A word may be there twice (no registration ever waits for another's word),
 * or still be there when nobody bears it any more: neither does harm.
 */
export const words = directorySchema.table(
  'word',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** 0: of a person, 1: of an organisation. */
    kind: smallint().notNull(),
    word: plainText().notNull(),
  },
  (table) => [
    index('word_idx').on(table.kind, table.word),
    index('word_likeness_idx').using('gin', sql`${table.word} public.gin_trgm_ops`),
  ],
)

/**
 * Who works where, as what, from when to when (days inclusive; null = not known or still true). Several may be true at once.
 * An inhabitant has no organisation; one that the directory does not know (yet) is kept by its name.
 */
export const affiliations = directorySchema.table(
  'affiliation',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    organisationId: uuid().references(() => organisations.id),
    organisationName: text(),
    function: text(),
    profileId: termReference(),
    validFrom: date({ mode: 'string' }),
    validTo: date({ mode: 'string' }),
    createdAt: moment().notNull(),
  },
  (table) => [
    index('affiliation_person_idx').on(table.personId),
    index('affiliation_organisation_idx').on(table.organisationId),
    index('affiliation_profile_idx').on(table.profileId),
    check(
      'affiliation_organisation_is_named_once',
      sql`${table.organisationId} is null or ${table.organisationName} is null`,
    ),
    check(
      'affiliation_says_something',
      sql`coalesce(${table.organisationId}::text, ${table.organisationName}, ${table.function}, ${table.profileId}) is not null`,
    ),
    check(
      'affiliation_ends_after_it_starts',
      sql`${table.validTo} is null or ${table.validFrom} is null or ${table.validTo} >= ${table.validFrom}`,
    ),
  ],
)

export const consentPurposes = ['newsletter', 'invitations', 'photos'] as const

/** What a person agreed to or refused, one dated row per answer; the latest answer for a purpose counts. */
export const consents = directorySchema.table(
  'consent',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    purpose: text({ enum: consentPurposes }).notNull(),
    given: boolean().notNull(),
    at: moment().notNull(),
    /** How it was given: registration form, paper, telephone… */
    how: text().notNull(),
    /** The very sentence the person agreed to. */
    wording: text().notNull(),
  },
  (table) => [index('consent_person_idx').on(table.personId, table.purpose, table.at)],
)

/** A person, as another feature's table refers to it. */
export const personReference = () => uuid().references(() => people.id, { onDelete: 'restrict' })
/** An organisation, as another feature's table refers to it. */
export const organisationReference = () => uuid().references(() => organisations.id, { onDelete: 'restrict' })

/** What other features read of a person: they join this view, never the table. People are counted on `identityId`. */
export const personCards = directorySchema
  .view('person_card', {
    id: uuid().notNull(),
    identityId: uuid().notNull(),
    givenName: text().notNull(),
    familyName: text().notNull(),
    fullName: text().notNull(),
    email: text(),
    phone: text(),
    departementId: text(),
    search: text().notNull(),
  })
  .existing()

/**
 * What other features read of an organisation: its facts are those of the one that was kept after merges. Organisations are
 * counted on `identityId`.
 */
export const organisationCards = directorySchema
  .view('organisation_card', {
    id: uuid().notNull(),
    identityId: uuid().notNull(),
    name: text().notNull(),
    acronym: text(),
    kindId: text(),
    territoryId: text(),
    departementId: text(),
    search: text().notNull(),
  })
  .existing()
