import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { withDatabase } from '#tests/context.ts'
import type { Database } from './database.server.ts'
import { flushedTransaction } from './flushed.server.ts'

/** Writes a row; where the log stood once it was written. */
async function write(tx: Database, id: number): Promise<string> {
  await tx.execute(sql`insert into counter values (${id})`)
  const { rows } = await tx.execute<{ lsn: string }>(sql`select pg_current_wal_insert_lsn()::text as lsn`)
  return rows[0]!.lsn
}

async function onDisk(db: Database, lsn: string): Promise<boolean> {
  const { rows } = await db.execute<{ flushed: boolean }>(
    sql`select pg_current_wal_flush_lsn() >= ${lsn}::pg_lsn as flushed`,
  )
  return rows[0]!.flushed
}

test('ce qui est rendu est sur le disque, seul ou à trente à la fois', () =>
  withDatabase(async ({ db }) => {
    await db.execute(sql`create table counter (id int primary key)`)
    const one = async (id: number) => onDisk(db, await flushedTransaction(db, (tx) => write(tx, id)))
    expect(await one(0)).toBe(true)
    expect(await Promise.all(Array.from({ length: 30 }, (_, n) => one(n + 1)))).toEqual(Array(30).fill(true))
  }))

test('une transaction qui échoue ne laisse rien, et la suivante se fait', () =>
  withDatabase(async ({ db }) => {
    await db.execute(sql`create table counter (id int primary key)`)
    const failed = flushedTransaction(db, async (tx) => {
      await write(tx, 1)
      throw new Error('refusé')
    })
    await expect(failed).rejects.toThrow('refusé')
    expect(await onDisk(db, await flushedTransaction(db, (tx) => write(tx, 1)))).toBe(true)
  }))
