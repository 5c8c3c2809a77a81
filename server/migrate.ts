import { applyMigrations, readMigrations } from '#app/platform/postgres/backup/migrations.server.ts'
import type { PoolConfig } from 'pg'
import { withClient } from './cli/store.ts'
import { migrationsFolder } from './settings.ts'

/** Two processes that start together migrate one after the other. */
const LOCK = 728_401_552

/** Brings the database to this version, in one transaction; returns how many migrations were applied. */
export const migrateDatabase = (connection: PoolConfig): Promise<number> =>
  withClient(connection, async (client) => {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    const applied = await applyMigrations(client, readMigrations(migrationsFolder))
    await client.query('commit')
    return applied
  })
