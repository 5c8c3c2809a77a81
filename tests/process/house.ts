import { readFileSync } from 'node:fs'
import path from 'node:path'
import { makeActivity } from '#app/features/activities/fixtures.ts'
import type { AppContext } from '#app/platform/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { joinEmbeddedPostgres } from '#app/platform/postgres/embedded.server.ts'
import { contextFor } from '../context.ts'
import { killServer } from '../engine/processes.ts'

/** Works on the database of a program that runs beside, or has just been killed. */
export async function withHouse<Value>(dataDir: string, work: (ctx: AppContext) => Promise<Value>): Promise<Value> {
  const joined = await joinEmbeddedPostgres({ dataDir })
  const { db, close } = openDatabase(joined.connection, { max: 2 })
  try {
    return await work(contextFor(db, { now: new Date(), filesDir: path.join(dataDir, 'files') }))
  } finally {
    await close()
    await joined.stop()
  }
}

/** An activity of one hour, open to registration, in so many days. */
export function publishOne(ctx: AppContext, days: number) {
  const startsAt = new Date(Date.now() + days * 86_400_000)
  return makeActivity(ctx, { sessions: [{ startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) }] })
}

/** Its database alone, without a word. */
export const killDatabase = (dataDir: string) =>
  killServer(Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]))
