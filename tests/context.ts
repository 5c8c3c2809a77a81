import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { type Actor, type AppContext, systemActor, userActor, visitor } from '#app/platform/context.ts'
import { asDatabase, type DatabaseHandle, numberTypes, openDatabase } from '#app/platform/database.server.ts'
import type { Role } from '#app/platform/permissions.ts'
import { inDatabase, onServer } from './setup/database.ts'

/** Thursday 24 November 2022, 10:00 in Paris: the present of every test. */
export const NOW = new Date('2022-11-24T09:00:00Z')
export const SECRET = 'clef-des-essais-de-trente-deux-octets-au-moins'
const ROLLBACK = Symbol('rollback')

let made = 0

/** A database of its own, made from the migrated template; for what needs real commits (concurrency, jobs, kill). */
export async function freshDatabase(): Promise<{ connection: pg.PoolConfig; drop(): Promise<void> }> {
  const [server, template] = [inject('database'), inject('template')]
  const name = `${template}_${process.pid}_${(made += 1)}`
  await onServer(server, (client) => createFrom(client, name, template))
  const drop = () =>
    onServer(server, async (client) => void (await client.query(`drop database if exists ${name} with (force)`)))
  return { connection: inDatabase(server, name), drop }
}

/** The template can be copied by one session at a time. */
async function createFrom(client: pg.Client, name: string, template: string) {
  await client.query('select pg_advisory_lock(728401559)')
  await client.query(`create database ${name} template ${template}`)
  await client.query('select pg_advisory_unlock(728401559)')
}

let shared: Promise<pg.Client> | undefined

/** One connection per test file, on a database of its own; each test is a transaction that is rolled back. */
async function sharedClient(): Promise<pg.Client> {
  const { connection } = await freshDatabase()
  const client = new pg.Client({ types: numberTypes, options: '-c timezone=UTC', ...connection })
  client.on('error', () => {})
  await client.connect()
  return client
}

export interface SandboxOptions {
  actor?: Actor
  now?: Date
}

/** Runs a test with a real, migrated database; everything it writes is rolled back. The actor is the house itself unless given. */
export async function inSandbox(work: (ctx: AppContext) => Promise<void>, options: SandboxOptions = {}): Promise<void> {
  shared ??= sharedClient()
  const db = asDatabase(await shared)
  const filesDir = mkdtempSync(path.join(tmpdir(), 'maillage-fichiers-'))
  try {
    await db.transaction(async (tx) => {
      await work(contextFor(tx as AppContext['db'], { filesDir, ...options }))
      throw ROLLBACK
    })
  } catch (error) {
    if (error !== ROLLBACK) throw error
  }
}

export function contextFor(
  db: AppContext['db'],
  { actor = systemActor('Essais'), now = NOW, filesDir = '/nonexistent' }: SandboxOptions & { filesDir?: string } = {},
): AppContext {
  return { db, actor, now: () => now, baseUrl: 'https://maillage.test', secret: SECRET, filesDir }
}

/** With real commits: a pool on a database of its own, dropped at the end. */
export async function withDatabase(
  work: (ctx: AppContext, handle: DatabaseHandle) => Promise<void>,
  options: SandboxOptions = {},
) {
  const { connection, drop } = await freshDatabase()
  const handle = openDatabase(connection, { max: 10 })
  try {
    await work(contextFor(handle.db, options), handle)
  } finally {
    await handle.close()
    await drop()
  }
}

export const as = (ctx: AppContext, actor: Actor): AppContext => ({ ...ctx, actor })
export const asVisitor = (ctx: AppContext): AppContext => as(ctx, visitor)
/** A member of the team who exists in no table: enough wherever only the role matters. */
export const asRole = (ctx: AppContext, role: Role): AppContext =>
  as(
    ctx,
    userActor({
      userId: '00000000-0000-4000-8000-000000000001',
      personId: '00000000-0000-4000-8000-000000000002',
      label: 'Camille Essai',
      role,
      // just signed in: nothing asks again who they are
      provenAt: ctx.now(),
    }),
  )
export const at = (ctx: AppContext, instant: string): AppContext => ({ ...ctx, now: () => new Date(instant) })
