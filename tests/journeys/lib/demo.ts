import pg from 'pg'
import type { Role } from '#app/platform/permissions.ts'
import { freshDatabase } from '../../context.ts'
import { temporaryFolder } from '../../engine/processes.ts'
import { serve, urlOf } from '../../process/serve.ts'
import { signIn } from './sign-in.ts'

export interface Demo {
  url: string
  /** To choose what is asked for, and to see what was written. */
  client: pg.Client
  /** The session cookie of the demonstration's account of this role. */
  signIn(role: Role): Promise<string>
  close(): Promise<void>
}

/** The built program on the demonstration, in a database of its own. */
export async function openDemo(more: Record<string, string> = {}): Promise<Demo> {
  const { connection, drop } = await freshDatabase()
  const env = { DATABASE_URL: urlOf(connection), DATA_DIR: temporaryFolder(), DEMO: '1', TRUST_PROXY: '1', ...more }
  const served = await serve({ env })
  const client = new pg.Client(connection)
  await client.connect()
  const close = async () => {
    await client.end()
    await served.stop()
    await drop()
  }
  return { url: served.url, client, signIn: (role) => signIn(served.url, role), close }
}
