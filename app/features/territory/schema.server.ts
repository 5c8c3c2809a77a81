import { sql } from 'drizzle-orm'
import { check, date, index, integer, pgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

export const territorySchema = pgSchema('territory')

export const territoryKinds = ['region', 'departement', 'epci', 'commune', 'qpv', 'contrat-de-ville'] as const
export type TerritoryKind = (typeof territoryKinds)[number]

/** A set of territories loaded from one dated source, with the attribution its licence asks for. */
export const vintages = territorySchema.table('vintage', {
  id: text().primaryKey(),
  /** Shown with the year: « Code officiel géographique 2026 »; the vintages of one source follow one another. */
  source: text().notNull(),
  attribution: text().notNull(),
  year: integer().notNull(),
  loadedAt: timestamp({ withTimezone: true }).notNull(),
})

/**
 * `id` is readable and stable: dep-34, epci-243400017, com-34172, qpv-QP034001, cv-CV108, reg-76. What has ended stays, with
 * its last day in `validTo`: activities of its time point at it.
 */
export const territories = territorySchema.table(
  'territory',
  {
    id: text().primaryKey(),
    kind: text({ enum: territoryKinds }).notNull(),
    code: text().notNull(),
    name: text().notNull(),
    detail: text(),
    departementCode: text(),
    population: integer(),
    /** Null: not known (the Code officiel géographique does not say since when). */
    validFrom: date({ mode: 'string' }),
    validTo: date({ mode: 'string' }),
    vintageId: text()
      .notNull()
      .references(() => vintages.id),
    search: text()
      .notNull()
      .generatedAlwaysAs(sql`platform.normalise(name || ' ' || code || ' ' || coalesce(detail, ''))`),
  },
  (table) => [
    index('territory_kind_idx').on(table.kind, table.departementCode),
    index('territory_search_idx').using('gin', sql`${table.search} public.gin_trgm_ops`),
  ],
)

/** A child lies in a parent from a day to a day (both inclusive; null = open). An EPCI changes its SIREN, a commune its EPCI. */
export const territoryLinks = territorySchema.table(
  'link',
  {
    childId: text()
      .notNull()
      .references(() => territories.id),
    parentId: text()
      .notNull()
      .references(() => territories.id),
    validFrom: date({ mode: 'string' }).notNull(),
    validTo: date({ mode: 'string' }),
    vintageId: text()
      .notNull()
      .references(() => vintages.id),
  },
  (table) => [
    primaryKey({ columns: [table.childId, table.parentId, table.validFrom] }),
    index('link_parent_idx').on(table.parentId),
    check('link_ends_after_it_starts', sql`${table.validTo} is null or ${table.validTo} >= ${table.validFrom}`),
  ],
)

/** The names a territory had before: « CC du Pays de Lunel » still finds Lunel Agglo. */
export const formerNames = territorySchema.table(
  'former_name',
  {
    territoryId: text()
      .notNull()
      .references(() => territories.id),
    name: text().notNull(),
    /** The last year a source gave that name. */
    year: integer().notNull(),
    search: text().notNull().generatedAlwaysAs(sql`platform.normalise(name)`),
  },
  (table) => [primaryKey({ columns: [table.territoryId, table.name] })],
)

/** One territory took over from another: an EPCI dissolved in a larger one, under another SIREN. */
export const successions = territorySchema.table(
  'succession',
  {
    formerId: text()
      .notNull()
      .references(() => territories.id),
    nextId: text()
      .notNull()
      .references(() => territories.id),
    day: date({ mode: 'string' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.formerId, table.nextId] }), index('succession_next_idx').on(table.nextId)],
)

/** A territory, as another feature's table refers to it. */
export const territoryReference = () => text().references(() => territories.id, { onDelete: 'restrict' })

/** What other features read of a territory. */
export const territoryCards = territorySchema
  .view('territory_card', {
    id: text().notNull(),
    kind: text({ enum: territoryKinds }).notNull(),
    code: text().notNull(),
    name: text().notNull(),
    departementCode: text(),
  })
  .existing()
