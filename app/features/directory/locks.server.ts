import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'

/** Until the end of the transaction, nobody else makes a person with this address: two registrations at once make one person. */
export const lockEmail = (tx: Database, email: string) =>
  executePrepared(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended(${`directory.person:${email.toLowerCase()}`}, 0))`,
  )

/** The same for the name of an organisation, as it is normalised. */
export const lockOrganisationName = (tx: Database, plainName: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`directory.organisation:${plainName}`}, 0))`)
