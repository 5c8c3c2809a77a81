import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { systemActor } from '#app/platform/context.ts'
import { numberTypes, openDatabase } from '#app/platform/database.server.ts'
import { joinEmbeddedPostgres } from '#app/platform/postgres/embedded.server.ts'
import { serve } from '../process/serve.ts'
import { benchNow, fillBench } from './dataset.ts'
import { checkIns } from './check-in.ts'
import { duplicates } from './duplicates.ts'
import { imports } from './imports.ts'
import { routeMatrix } from './matrix.ts'
import { type Measure, table } from './measure.ts'
import { idleMemory } from './memory.ts'
import { pages } from './pages.ts'
import { figures, search } from './queries.ts'
import { registrations } from './registrations.ts'

const say = (sentence: string) => process.stderr.write(`${sentence}\n`)
const folder = mkdtempSync(path.join(tmpdir(), 'maillage-banc-'))

try {
  say('Démonstration : second démarrage, mémoire au repos…')
  const start = await idleMemory(path.join(folder, 'demo'))
  const rights = await routeMatrix(path.join(folder, 'demo'))
  const measures = [...(await largeHouse(path.join(folder, 'data'))), ...start, rights]
  process.stdout.write(`\n${table(measures)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function largeHouse(dataDir: string): Promise<Measure[]> {
  const served = await serve({ env: { DATA_DIR: dataDir, TRUST_PROXY: '1' } })
  const { connection } = await joinEmbeddedPostgres({ dataDir })
  const client = new pg.Client({ ...connection, types: numberTypes })
  await client.connect()
  const { db, close } = openDatabase(connection, { max: 4 })
  try {
    await fillBench(client, undefined, (step) => say(`Remplissage : ${step}…`))
    await bringToPresent(client)
    const now = new Date()
    const ctx = { db, actor: systemActor('Banc'), now: () => now, baseUrl: served.url, secret: '', filesDir: folder }
    say('Mesures…')
    return [
      ...(await pages(served.url, client)),
      await figures(ctx, client, now.getFullYear() - 1),
      await search(ctx, client),
      await registrations(ctx, served.url, connection),
      ...(await imports(ctx)),
      ...(await duplicates(ctx)),
      ...(await checkIns(ctx, served.url, connection)),
    ]
  } finally {
    await close()
    await client.end()
    await served.stop()
  }
}

/** The server lives today: the ten years end sixty days from now, so that the agenda has something to come. */
async function bringToPresent(client: pg.Client) {
  const days = Math.round((Date.now() - benchNow.getTime()) / 86_400_000) + 60
  await client.query(
    `update activities.session set starts_at = starts_at + make_interval(days => $1), ends_at = ends_at + make_interval(days => $1)`,
    [days],
  )
  await client.query('vacuum analyze activities.session; ')
  await client.query('vacuum analyze activities.activity')
}
