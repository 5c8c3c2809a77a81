import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { ERASED } from '#app/platform/personal-data.server.ts'

export interface HeldPerson {
  identityId: string
  records: string[]
  /** What quotes them elsewhere: addresses, telephone numbers, whole names, in small letters. */
  words: string[]
  /** Their whole names, as they are written. */
  names: string[]
}

/**
 * Holds people and every record merged into them until the end of the transaction: who registers again meanwhile waits, then is
 * somebody new. Those who are gone, or who are nobody any more, are left out.
 */
export async function holdPeople(tx: Database, ids: readonly string[]): Promise<HeldPerson[]> {
  const asked = sql`${sql.param([...ids])}::uuid[]`
  const { rows } = await tx.execute<{
    id: string
    identityId: string
    given: string
    family: string
    email: string | null
    phone: string | null
  }>(sql`
    select id, coalesce(merged_into_id, id) as "identityId", given_name as given, family_name as family, email, phone
    from directory.person where erased_year is null and (
      id = any(${asked}) or merged_into_id = any(${asked})
      or id in (select merged_into_id from directory.person where id = any(${asked}))
      or merged_into_id in (select merged_into_id from directory.person where id = any(${asked})))
    order by id for update`)
  const held = new Map<string, HeldPerson>()
  for (const { id, identityId, given, family, email, phone } of rows) {
    const one = held.get(identityId) ?? { identityId, records: [], words: [], names: [] }
    const names = [`${given} ${family}`, `${family} ${given}`].map((name) => name.trim())
    one.records.push(id)
    one.names.push(names[0]!)
    // a lone family name would be found in too many places
    one.words.push(...(given ? names : []).map((name) => name.toLowerCase()))
    one.words.push(...[email, phone].filter((word) => word !== null).map((word) => word.toLowerCase()))
    held.set(identityId, one)
  }
  return [...held.values()].map((one) => ({ ...one, words: [...new Set(one.words)], names: [...new Set(one.names)] }))
}

/** Nobody: what presences hang on once their person is erased. Nothing tells one from another but an id made for it. */
export async function makeShells(tx: Database, ctx: AppContext, ids: readonly string[]): Promise<void> {
  const year = ctx.now().getUTCFullYear()
  const day = `${year}-01-01T00:00:00Z`
  await tx.execute(sql`
    insert into directory.person (id, given_name, family_name, erased_year, created_at, updated_at)
    select id, '', ${ERASED}, ${year}, ${day}::timestamptz, ${day}::timestamptz from unnest(${sql.param([...ids])}::uuid[]) id`)
}

/** People whose id has one of these marks (see privacy.erasure): in a restored backup, those who had been erased. */
export async function peopleMarked(db: Database, marks: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct coalesce(merged_into_id, id) as id from directory.person where erased_year is null
      and encode(sha256(convert_to(id::text, 'UTF8')), 'hex') = any(${sql.param([...marks])}::text[])`)
  return rows.map(({ id }) => id)
}

/** Whether this is what an erasure left: rows of past activities still lead to it. */
export async function isShell(db: Database, id: string): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 from directory.person where id = ${id} and erased_year is not null`)
  return rows.length > 0
}
