import { sql } from 'drizzle-orm'
import type { Database } from './database.server.ts'

/**
 * A transaction that gives its locks back before the disk has answered, and returns once it has: where hundreds hold the same row
 * one after the other, each would otherwise wait for the disk of all those before. What is acknowledged is on disk all the same:
 * the log is written in order, so the flush that follows this commit, shared by those who wait at that moment, covers it, and no
 * later commit can be kept without it (PostgreSQL, « Asynchronous Commit »).
 */
export async function flushedTransaction<Value>(db: Database, work: (tx: Database) => Promise<Value>): Promise<Value> {
  const value = await db.transaction(async (tx) => {
    await tx.execute(sql`set local synchronous_commit = off`)
    return work(tx as Database)
  })
  await flush(db)
  return value
}

interface Flushes {
  running: Promise<void> | null
  next: Promise<void> | null
}

const known = new WeakMap<Database, Flushes>()

/** Waits for a flush that began after this call; calls that come while one runs share the next one. */
function flush(db: Database): Promise<void> {
  const flushes = known.get(db) ?? { running: null, next: null }
  known.set(db, flushes)
  if (!flushes.running) return begin(db, flushes)
  flushes.next ??= flushes.running
    .catch(() => {})
    .then(() => {
      flushes.next = null
      return begin(db, flushes)
    })
  return flushes.next
}

function begin(db: Database, flushes: Flushes): Promise<void> {
  const running = flushLog(db).finally(() => {
    if (flushes.running === running) flushes.running = null
  })
  flushes.running = running
  return running
}

/** The smallest transaction that writes something: its commit waits for the log up to itself. */
const flushLog = async (db: Database) => {
  await db.execute(sql`select pg_logical_emit_message(true, 'maillage', '')`)
}
