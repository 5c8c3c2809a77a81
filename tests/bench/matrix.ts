import pg from 'pg'
import { roles } from '#app/platform/permissions.ts'
import { joinEmbeddedPostgres } from '#app/platform/postgres/embedded.server.ts'
import { readAddresses } from '../journeys/lib/addresses.ts'
import { ask, forEach } from '../journeys/lib/ask.ts'
import { goodPath } from '../journeys/lib/fill.ts'
import { readSamples } from '../journeys/lib/samples.ts'
import { signIn } from '../journeys/lib/sign-in.ts'
import { serve } from '../process/serve.ts'
import type { Measure } from './measure.ts'

/** Every address of the house, by every role and by nobody, on the demonstration: how long the watch over rights takes. */
export async function routeMatrix(dataDir: string): Promise<Measure> {
  const served = await serve({ env: { DATA_DIR: dataDir, DEMO: '1', TRUST_PROXY: '1' } })
  const { connection } = await joinEmbeddedPostgres({ dataDir })
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { url } = served
    const demo = { url, client, signIn: (role: (typeof roles)[number]) => signIn(url, role), close: async () => {} }
    const samples = await readSamples(demo)
    const paths = readAddresses().map(({ pattern }) => url + goodPath(pattern, samples))
    const cookies = [undefined, ...(await forEach(roles, (role) => signIn(url, role)))]
    const asked = cookies.flatMap((cookie) => paths.map((path) => ({ path, cookie })))
    const value = await timed(() => forEach(asked, ({ path, cookie }) => ask(path, { cookie })))
    const bare = await timed(() => forEach(asked, () => ask(`${url}/sante`)))
    const label = `droits\u202f: ${paths.length} adresses × ${cookies.length} rôles`
    return { label, value, unit: 'ms', goal: { most: 30_000 }, bare: { label: 'autant de « en marche »', value: bare } }
  } finally {
    await client.end()
    await served.stop()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
