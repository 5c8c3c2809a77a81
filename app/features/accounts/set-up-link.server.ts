import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { makeLink, voidLinks } from './one-time-links.server.ts'

/** Changes of the team happen one after the other: « the last administration » is only true under this lock. */
export const lockTeam = (tx: Database) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('accounts.team'))`)

export async function hasAccount(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ there: boolean }>(sql`select exists (select from accounts.user) as there`)
  return rows[0]!.there
}

/** The way in of a new house, printed at start; null once somebody has an account. The former one stops working. */
export function makeSetUpLink(ctx: AppContext): Promise<string | null> {
  return ctx.db.transaction(async (tx) => {
    await lockTeam(tx)
    if (await hasAccount(tx)) return null
    await voidLinks(tx, { purpose: 'set-up' })
    return `/installation/${await makeLink(tx, ctx, 'set-up', null)}`
  })
}
