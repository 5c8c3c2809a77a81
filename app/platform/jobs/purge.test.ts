import { expect, test } from 'vitest'
import { withDatabase } from '#tests/context.ts'
import { startJobs } from '../jobs-runner.server.ts'
import { purge } from './purge.server.ts'

test('ce qui est fait depuis longtemps s’efface ; ce qui attend ou a échoué reste', () =>
  withDatabase(async (ctx, { pool }) => {
    const connection = pool.options
    const jobs = await startJobs({ connection, pool, handlers: [], makeContext: () => ctx, onError: () => {} })
    await jobs.stop()
    await pool.query(`
      insert into pgboss.job (name, state, completed_on) select 'maillage-work', state::pgboss.job_state, '2022-11-01'
      from unnest(array['completed', 'failed']) state`)
    await pool.query(`
      insert into platform.outbox (kind, name, payload, at, dispatched_at) values
      ('job', 'faite', '{}', '2022-11-01', '2022-11-01'), ('job', 'en attente', '{}', '2022-11-01', null),
      ('job', 'récente', '{}', '2022-11-23', '2022-11-23')`)
    await pool.query(`
      insert into platform.mail (purpose, to_address, subject, text, created_at) values
      ('essai', 'a@example.org', 'Vieux', '', '2021-11-01'), ('essai', 'a@example.org', 'De cette année', '', '2022-01-01')`)
    await purge.run(ctx, {})
    const left = async (query: string) => (await pool.query(query)).rows.map((row) => Object.values(row)[0])
    expect(await left('select state from pgboss.job')).toEqual(['failed'])
    expect(await left('select name from platform.outbox order by id')).toEqual(['en attente', 'récente'])
    expect(await left('select subject from platform.mail')).toEqual(['De cette année'])
  }))
