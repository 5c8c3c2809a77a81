import { expect, onTestFinished, test, vi } from 'vitest'
import { asRole, asVisitor, contextFor, freshDatabase, inSandbox } from '#tests/context.ts'
import { changesOf } from '../changes.server.ts'
import { openDatabase } from '../database.server.ts'
import { JobFailure, onEvent } from '../jobs.server.ts'
import { startJobs } from '../jobs-runner.server.ts'
import { emit, eventType } from '../outbox.server.ts'
import { listJobs, retryJob } from './office.server.ts'

const happened = eventType<Record<string, never>>('essai.arrive', 'Une chose est arrivée')
const soon = { timeout: 10_000, interval: 20 }
const nobody = '00000000-0000-4000-8000-000000000009'

test('une tâche abandonnée se voit au bureau avec sa raison, se relance une fois, et réussit', async () => {
  const { connection, drop } = await freshDatabase()
  const { pool, db, close } = openDatabase(connection)
  const ctx = contextFor(db)
  let up = false
  const handler = onEvent(happened, 'suite', 'Faire la suite', async () => {
    if (!up) throw new JobFailure('Le serveur ne répond pas.')
  })
  const jobs = await startJobs({ connection, pool, handlers: [handler], makeContext: () => ctx, onError: () => {} })
  onTestFinished(async () => {
    await jobs.stop()
    await close()
    await drop()
  })
  await pool.query('update pgboss.queue set retry_limit = 0')
  await emit(db, ctx, happened, {})
  const failed = async () => {
    const listed = await listJobs(ctx, 'failed')
    return listed.ok ? listed.value : null
  }
  await vi.waitFor(async () => expect((await failed())?.counts.failed).toBe(1), soon)
  const [job] = (await failed())!.jobs
  expect(job).toMatchObject({
    label: 'Faire la suite',
    cause: 'Une chose est arrivée',
    failures: 1,
    reason: 'Le serveur ne répond pas.',
  })

  up = true
  expect(await retryJob(asRole(ctx, 'communication'), job!.id)).toEqual({ ok: false, error: { type: 'not-allowed' } })
  expect(await retryJob(asRole(ctx, 'direction'), job!.id)).toEqual({ ok: true, value: { label: 'Faire la suite' } })
  expect(await retryJob(asRole(ctx, 'direction'), job!.id)).toEqual({ ok: false, error: { type: 'not-failed' } })
  await vi.waitFor(async () => expect((await failed())?.counts).toMatchObject({ failed: 0, done: 1 }), soon)
  expect(await changesOf(db, 'job', job!.id)).toMatchObject([
    { action: 'house.job-rerun', actorLabel: 'Camille Essai' },
  ])
})

test('sans droit, ni liste ni relance ; sans file encore, une liste vide', () =>
  inSandbox(async (ctx) => {
    expect(await listJobs(asVisitor(ctx), 'failed')).toEqual({ ok: false, error: { type: 'not-allowed' } })
    expect(await retryJob(asVisitor(ctx), nobody)).toEqual({ ok: false, error: { type: 'not-allowed' } })
    expect(await listJobs(ctx, 'waiting')).toMatchObject({
      ok: true,
      value: { jobs: [], counts: { waiting: 0 }, unheard: 0 },
    })
    expect(await retryJob(ctx, nobody)).toEqual({ ok: false, error: { type: 'not-failed' } })
  }))

test('ce que personne n’a pris en charge depuis une minute est compté', () =>
  inSandbox(async (ctx) => {
    await emit(ctx.db, ctx, happened, {})
    expect(await listJobs(ctx, 'waiting')).toMatchObject({ value: { unheard: 0 } })
    const later = { ...ctx, now: () => new Date(ctx.now().getTime() + 61_000) }
    expect(await listJobs(later, 'waiting')).toMatchObject({ value: { unheard: 1 } })
  }))
