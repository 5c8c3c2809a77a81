import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'

/**
 * The first load writes 36 000 territories and 70 000 links: their keys are checked and their search index is made once, at the
 * end, rather than row by row (two thirds of the time). Later vintages only write what changes, and no page should wait for a
 * lock: for them everything stays in place.
 */
export async function allAtOnce(tx: Database, write: () => Promise<void>): Promise<void> {
  if (await anyLink(tx)) return write()
  const pieces = [...(await foreignKeys(tx)), ...(await searchIndexes(tx))]
  for (const { drop } of pieces) await tx.execute(sql.raw(drop))
  await write()
  await tx.execute(sql`analyze territory.territory, territory.link`)
  for (const { restore } of pieces) await tx.execute(sql.raw(restore))
}

interface Piece extends Record<string, unknown> {
  drop: string
  restore: string
}

async function anyLink(tx: Database): Promise<boolean> {
  const { rows } = await tx.execute<{ there: boolean }>(sql`select exists (select from territory.link) as there`)
  return rows[0]!.there
}

async function foreignKeys(tx: Database): Promise<Piece[]> {
  const { rows } = await tx.execute<Piece>(sql`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as restore
    from pg_constraint
    where contype = 'f' and conrelid in ('territory.territory'::regclass, 'territory.link'::regclass)`)
  return rows
}

async function searchIndexes(tx: Database): Promise<Piece[]> {
  const { rows } = await tx.execute<Piece>(sql`
    select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as restore
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
    where i.indrelid = 'territory.territory'::regclass and a.amname = 'gin'`)
  return rows
}
