import type { PoolConfig } from 'pg'
import pg from 'pg'
import { joinEmbeddedPostgres } from '#app/platform/postgres/embedded.server.ts'
import { reachServer } from '#app/platform/postgres/server-url.server.ts'
import { inform } from './output.ts'
import type { Settings } from '../settings.ts'

export type Store = { connection: PoolConfig; close(): Promise<void> }

/** The server of DATABASE_URL, else that of the application that runs, else the embedded one for the time of a command. */
export async function openStore({ databaseUrl, dataDir }: Settings): Promise<Store> {
  if (databaseUrl) return { connection: (await reachServer(databaseUrl)).connection, close: async () => {} }
  const embedded = await joinEmbeddedPostgres({ dataDir, onProgress: inform })
  return { connection: embedded.connection, close: () => embedded.stop() }
}

export async function withStore<Value>(
  settings: Settings,
  work: (connection: PoolConfig) => Promise<Value>,
): Promise<Value> {
  const store = await openStore(settings)
  try {
    return await work(store.connection)
  } finally {
    await store.close()
  }
}

export async function withClient<Value>(
  connection: PoolConfig,
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
