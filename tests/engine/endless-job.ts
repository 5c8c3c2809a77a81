import type pg from 'pg'
import { systemActor } from '#app/platform/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { onJob } from '#app/platform/jobs.server.ts'
import { startJobs } from '#app/platform/jobs-runner.server.ts'
import { jobType } from '#app/platform/outbox.server.ts'

/** A process that takes a job and never ends it: the tests kill it. */
const connection = JSON.parse(process.argv[2]!) as pg.PoolConfig
const { pool, db } = openDatabase(connection)
await startJobs({
  connection,
  pool,
  handlers: [
    onJob(jobType('essai.travail', 'Faire un travail'), async () => {
      process.stdout.write('taken\n')
      await new Promise(() => {})
    }),
  ],
  makeContext: () => ({
    db,
    actor: systemActor('Essais'),
    now: () => new Date(),
    baseUrl: 'https://maillage.test',
    secret: '',
    filesDir: '/nonexistent',
  }),
  onError: (error) => console.error(error),
})
