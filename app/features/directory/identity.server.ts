import { type SQL, sql } from 'drizzle-orm'

/**
 * The records that are one person: the kept one and those merged into it. As an array, so that each stays a reach into an index
 * (an « or » or a sub-select would read the whole table for every line of a list).
 */
export const recordsOf = (personId: SQL | string): SQL =>
  sql`array(select ${personId}::uuid union all select id from directory.person where merged_into_id = ${personId}::uuid)`

/** The same for an organisation. */
export const organisationRecords = (id: SQL | string): SQL =>
  sql`array(select ${id}::uuid union all select id from directory.organisation where merged_into_id = ${id}::uuid)`

/** An affiliation (`a`) that is true on a day; written so that the planner's statistics tell how many are. */
export const trueOn = (day: string): SQL =>
  sql`(a.valid_from is null or a.valid_from <= ${day}::date) and (a.valid_to is null or a.valid_to >= ${day}::date)`
