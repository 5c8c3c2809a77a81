import { type SQL, sql } from 'drizzle-orm'

/** A digest of a row: what time moves by itself is left out, a column added later changes nothing while it is empty. */
export const printOf = (alias: string): SQL =>
  sql`md5((jsonb_strip_nulls(to_jsonb(${sql.raw(alias)})) - '{updated_at,search,sort_name}'::text[])::text)`
