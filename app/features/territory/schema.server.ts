import { sql } from 'drizzle-orm'
import { date, index, integer, pgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

export const territorySchema = pgSchema('territory')

export const territoryKinds = ['region', 'departement', 'epci', 'commune', 'qpv', 'contrat-de-ville'] as const
export type TerritoryKind = (typeof territoryKinds)[number]

/** A set of territories loaded from one dated source, with the attribution its licence asks for. */
export const vintages = territorySchema.table('vintage', {
  id: text().primaryKey(),
  source: text().notNull(),
  attribution: text().notNull(),
  year: integer().notNull(),
  loadedAt: timestamp({ withTimezone: true }).notNull(),
})

/** `id` is readable and stable: dep-34, epci-243400017, com-34172, qpv-QP034001, cv-CV108, reg-76. */
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
    vintageId: text()
      .notNull()
      .references(() => vintages.id),
    search: text().notNull().generatedAlwaysAs(sql`platform.normalise(name || ' ' || code)`),
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
  ],
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
