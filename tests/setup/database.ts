import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { applyMigrations, readMigrations } from '#app/platform/postgres/backup/migrations.server.ts'
import { startEmbeddedPostgres } from '#app/platform/postgres/embedded.server.ts'
import { reachServer } from '#app/platform/postgres/server-url.server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    database: pg.PoolConfig
    template: string
  }
}

/** One server for the whole run: the embedded one, or that of DATABASE_URL; on it one migrated template database. */
export default async function setup(project: TestProject) {
  const url = process.env.DATABASE_URL
  const folder = mkdtempSync(path.join(tmpdir(), 'maillage-tests-'))
  // as root, PostgreSQL runs as another user: a folder it cannot enter would send the data elsewhere, where nobody removes it
  chmodSync(folder, 0o755)
  const embedded = url ? null : await startEmbeddedPostgres({ dataDir: path.join(folder, 'data') })
  const connection = embedded ? embedded.connection : (await reachServer(url!)).connection
  const template = `maillage_essai_${process.pid}`
  await onServer(connection, (client) => client.query(`create database ${template}`))
  await onServer(inDatabase(connection, template), async (client) => {
    await client.query('begin')
    await applyMigrations(client, readMigrations(path.resolve('migrations')))
    await client.query('commit')
  })
  project.provide('database', connection)
  project.provide('template', template)
  return async () => {
    if (embedded) await embedded.stop()
    else await dropAll(connection, template)
    rmSync(folder, { recursive: true, force: true })
  }
}

export function inDatabase(connection: pg.PoolConfig, database: string): pg.PoolConfig {
  if (!connection.connectionString) return { ...connection, database }
  const url = new URL(connection.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}

export async function onServer<Value>(
  connection: pg.PoolConfig,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function dropAll(connection: pg.PoolConfig, template: string) {
  await onServer(connection, async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database where datname like $1', [
      `${template}%`,
    ])
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  })
}
