import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { type EventType, eventType } from '#app/platform/outbox.server.ts'
import type { Entity } from './rules.ts'

/** One record, as merges see it: texts only. */
export interface MergeRow extends Record<string, string | null> {
  id: string
  mergedIntoId: string | null
}

/** What a merge must know of people, or of organisations. */
export interface Kind {
  entity: Entity
  table: SQL
  /** Records that are still somebody. */
  alive: SQL
  /** Every field that is chosen, with its column. */
  columns: Record<string, string>
  /** Never empty. */
  required: readonly string[]
  /** On one record only: the dropped one hands it over. */
  single: readonly string[]
  nameOf: (row: MergeRow) => string
  merged: EventType<{ keptId: string; droppedId: string }>
  unmerged: EventType<{ keptId: string; restoredId: string }>
}

export const peopleMerged = eventType<{ keptId: string; droppedId: string }>(
  'directory.people-merged',
  'Deux fiches de personne fusionnées',
)

export const peopleUnmerged = eventType<{ keptId: string; restoredId: string }>(
  'directory.people-unmerged',
  'Fusion de deux fiches de personne défaite',
)

export const organisationsMerged = eventType<{ keptId: string; droppedId: string }>(
  'directory.organisations-merged',
  'Deux fiches d’organisation fusionnées',
)

export const organisationsUnmerged = eventType<{ keptId: string; restoredId: string }>(
  'directory.organisations-unmerged',
  'Fusion de deux fiches d’organisation défaite',
)

const people: Kind = {
  entity: 'person',
  table: sql`directory.person`,
  alive: sql`erased_year is null`,
  columns: {
    givenName: 'given_name',
    familyName: 'family_name',
    email: 'email',
    phone: 'phone',
    departementId: 'departement_id',
    note: 'note',
  },
  required: ['givenName', 'familyName'],
  single: [],
  nameOf: ({ givenName, familyName }) => `${givenName} ${familyName}`.trim(),
  merged: peopleMerged,
  unmerged: peopleUnmerged,
}

const organisations: Kind = {
  entity: 'organisation',
  table: sql`directory.organisation`,
  alive: sql`true`,
  columns: {
    name: 'name',
    acronym: 'acronym',
    kindId: 'kind_id',
    siret: 'siret',
    email: 'email',
    phone: 'phone',
    website: 'website',
    territoryId: 'territory_id',
    departementId: 'departement_id',
    note: 'note',
  },
  required: ['name'],
  single: ['siret'],
  nameOf: ({ name }) => name ?? '',
  merged: organisationsMerged,
  unmerged: organisationsUnmerged,
}

export const kinds: Record<Entity, Kind> = { person: people, organisation: organisations }

/** Several records, in the order of their ids. */
export async function readRecords(tx: Database, { table, alive, columns }: Kind, ids: readonly string[], hold = sql``) {
  const fields = Object.entries(columns).map(
    ([field, column]) => sql`${sql.identifier(column)} as ${sql.identifier(field)}`,
  )
  const { rows } = await tx.execute<MergeRow>(sql`
    select id, merged_into_id as "mergedIntoId", ${sql.join(fields, sql`, `)} from ${table}
    where id = any(${sql.param([...ids])}::uuid[]) and ${alive} order by id ${hold}`)
  return rows
}

/** Held until the end: always in the same order, so that two merges that cross wait instead of blocking each other. */
export const lockRecords = (tx: Database, kind: Kind, ids: readonly string[]) =>
  readRecords(tx, kind, ids, sql`for update`)

/** Writes some of the fields, and where the record leads. */
export async function writeRecord(
  tx: Database,
  { table, columns }: Kind,
  id: string,
  now: Date,
  values: Record<string, string | null>,
): Promise<void> {
  const all = { ...columns, mergedIntoId: 'merged_into_id' }
  const sets = Object.entries(values).map(([field, value]) => {
    const column = sql.identifier(all[field as keyof typeof all]!)
    return field === 'mergedIntoId' ? sql`${column} = ${value}::uuid` : sql`${column} = ${value}`
  })
  await tx.execute(
    sql`update ${table} set ${sql.join([...sets, sql`updated_at = ${now.toISOString()}::timestamptz`], sql`, `)} where id = ${id}`,
  )
}
