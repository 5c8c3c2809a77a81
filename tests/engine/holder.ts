import { startEmbeddedPostgres } from '#app/platform/postgres/embedded.server.ts'
import { StartupError } from '#app/platform/postgres/startup-error.ts'

/** A process that owns a data folder, as the application does: the tests watch it and kill it. */
const tell = (fact: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(fact)}\n`)

try {
  const embedded = await startEmbeddedPostgres({
    dataDir: process.argv[2]!,
    onProgress: (sentence) => tell({ said: sentence }),
  })
  const alive = setInterval(() => {}, 60_000)
  process.once('SIGTERM', async () => {
    await embedded.stop()
    clearInterval(alive)
  })
  tell({ ready: true, adopted: embedded.adopted, serverPid: embedded.serverPid, connection: embedded.connection })
} catch (error) {
  tell({ error: error instanceof StartupError ? error.message : String((error as Error).stack) })
  process.exitCode = 1
}
