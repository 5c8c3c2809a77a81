import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import type pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type AppContext } from './context.ts'
import { type DatabaseHandle, openDatabase } from './database.server.ts'
import { type JobsOptions, startJobs } from './jobs-runner.server.ts'
import { JobFailure, onEvent, onJob, onSchedule } from './jobs.server.ts'
import { emit, enqueue, eventType, jobType } from './outbox.server.ts'
import { contextFor, freshDatabase, NOW } from '#tests/context.ts'

interface House {
  ctx: AppContext
  connection: pg.PoolConfig
  handle: DatabaseHandle
  start: (handlers: JobsOptions['handlers'], more?: Partial<JobsOptions>) => ReturnType<typeof startJobs>
  errors: unknown[]
  jobs: () => Promise<Record<string, unknown>[]>
}

const registered = eventType<{ n: number }>('essai.inscrite', 'Inscription confirmée')
const work = jobType<{ n: number }>('essai.travail', 'Faire un travail')
const soon = { timeout: 10_000, interval: 20 }

async function house(): Promise<House> {
  const { connection, drop } = await freshDatabase()
  const handle = openDatabase(connection, { max: 10 })
  const ctx = contextFor(handle.db)
  const errors: unknown[] = []
  onTestFinished(async () => {
    await handle.close()
    await drop()
  })
  const start: House['start'] = async (handlers, more = {}) => {
    const onError = (error: unknown) => void errors.push(error)
    const running = await startJobs({
      connection,
      pool: handle.pool,
      handlers,
      makeContext: () => ctx,
      onError,
      ...more,
    })
    onTestFinished(() => running.stop())
    return running
  }
  const jobs = async () => {
    const { rows } = await handle.pool.query(
      `select id, state, retry_count as tries, data->>'handler' as handler, output->>'reason' as reason
       from pgboss.job order by created_on`,
    )
    return rows
  }
  return { ctx, connection, handle, start, errors, jobs }
}

const once = async ({ handle }: House) =>
  void (await handle.pool.query("update pgboss.job set start_after = now() where state = 'retry'"))

test('un événement réveille ceux qui l’écoutent après la validation, dans la seconde ; annulé, il n’a pas eu lieu', async () => {
  const home = await house()
  const heard: string[] = []
  const running = await home.start([
    onEvent(registered, 'lettre', 'Écrire une lettre', async (_, { n }) => void heard.push(`lettre ${n}`)),
    onEvent(registered, 'compte', 'Compter', async (_, { n }) => void heard.push(`compte ${n}`)),
  ])
  await expect(
    home.ctx.db.transaction(async (tx) => {
      await emit(tx, home.ctx, registered, { n: 1 })
      throw new Error('annulé')
    }),
  ).rejects.toThrow('annulé')
  await home.ctx.db.transaction((tx) => emit(tx, home.ctx, registered, { n: 2 }))
  const committed = Date.now()
  await vi.waitFor(() => expect(heard.toSorted()).toEqual(['compte 2', 'lettre 2']), soon)
  expect(Date.now() - committed).toBeLessThan(1000)
  await running.stop()
  expect((await home.jobs()).map(({ state }) => state)).toEqual(['completed', 'completed'])
  expect(home.errors).toEqual([])
})

test('ce qui échoue est repris, de plus en plus tard, puis reste visible ; un défaut ne livre rien de personne', async () => {
  const home = await house()
  let tries = 0
  const running = await home.start([
    onJob(work, async () => {
      tries += 1
      throw new JobFailure('Le serveur ne répond pas.')
    }),
    onEvent(registered, 'lettre', 'Écrire une lettre', async () => {
      throw new Error('Failed query params: ada@example.org')
    }),
  ])
  await enqueue(home.ctx.db, home.ctx, work, { n: 1 })
  for (let again = 1; again <= 6; again += 1) {
    await vi.waitFor(() => expect(tries).toBe(again), soon)
    const expected = again === 6 ? 'failed' : 'retry'
    await vi.waitFor(async () => expect(await home.jobs()).toMatchObject([{ state: expected }]), soon)
    await once(home)
    running.wake()
  }
  expect(await home.jobs()).toMatchObject([{ state: 'failed', tries: 5, reason: 'Le serveur ne répond pas.' }])
  expect(home.errors).toEqual([])

  await emit(home.ctx.db, home.ctx, registered, { n: 1 })
  await vi.waitFor(async () => expect(await home.jobs()).toMatchObject([{}, { state: 'retry', reason: null }]), soon)
  expect(home.errors).toHaveLength(1)
})

test('deux processus sur une base : chaque tâche une fois, chaque horaire une fois', async () => {
  const home = await house()
  const done: number[] = []
  let rung = 0
  const handlers = [
    onJob(work, async (_, { n }) => void done.push(n)),
    onSchedule('essai.horaire', 'Sonner', '0 11 * * *', async () => void (rung += 1)),
  ]
  const later = { ...home.ctx, now: () => new Date(NOW.getTime() + 3 * 3_600_000) }
  const first = await home.start(handlers)
  const second = await home.start(handlers)
  await vi.waitFor(async () => {
    const { rows } = await home.handle.pool.query("select from platform.schedule where name = 'essai.horaire'")
    expect(rows).toHaveLength(1)
  }, soon)
  await home.handle.pool.query(
    `insert into platform.outbox (kind, name, payload, at) select 'job', 'essai.travail', jsonb_build_object('n', n), now() from generate_series(1, 1200) n`,
  )
  await vi.waitFor(() => expect(done).toHaveLength(1200), { timeout: 30_000, interval: 50 })
  await first.stop()
  await second.stop()
  expect(new Set(done).size).toBe(1200)

  expect(rung).toBe(0)
  const pair = await Promise.all([0, 1].map(() => home.start(handlers, { makeContext: () => later })))
  for (const running of pair) running.wake()
  await vi.waitFor(() => expect(rung).toBe(1), soon)
  await Promise.all(pair.map((running) => running.stop()))
  const { rows } = await home.handle.pool.query("select from platform.outbox where name = 'essai.horaire'")
  expect(rows).toHaveLength(1)
}, 60_000)

test('une tâche demandée pour plus tard attend son heure', async () => {
  const home = await house()
  const done: number[] = []
  await home.start([onJob(work, async (_, { n }) => void done.push(n))])
  await enqueue(home.ctx.db, home.ctx, work, { n: 1 }, { startAfter: new Date(Date.now() + 3_600_000) })
  await enqueue(home.ctx.db, home.ctx, work, { n: 2 })
  await vi.waitFor(async () => {
    expect((await home.jobs()).map(({ state }) => state).toSorted()).toEqual(['completed', 'created'])
  }, soon)
  expect(done).toEqual([2])
})

test('la base redémarrée, les tâches reprennent d’elles-mêmes', async () => {
  const home = await house()
  const done: number[] = []
  await home.start([onJob(work, async (_, { n }) => void done.push(n))])
  await enqueue(home.ctx.db, home.ctx, work, { n: 1 })
  await vi.waitFor(() => expect(done).toEqual([1]), soon)
  await home.ctx.db
    .execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`)
    .catch(() => {})
  await enqueue(home.ctx.db, home.ctx, work, { n: 2 })
  await vi.waitFor(() => expect(done).toEqual([1, 2]), soon)
})

test('un arrêt laisse finir ce qui finit vite et rend le reste', async () => {
  const home = await house()
  const gate = Promise.withResolvers<void>()
  let ended = false
  const running = await home.start([
    onJob(work, async () => {
      await gate.promise
      ended = true
    }),
  ])
  await enqueue(home.ctx.db, home.ctx, work, { n: 1 })
  await vi.waitFor(async () => expect(await home.jobs()).toMatchObject([{ state: 'active' }]), soon)
  const stopping = running.stop()
  gate.resolve()
  await stopping
  expect(ended).toBe(true)
  expect(await home.jobs()).toMatchObject([{ state: 'completed' }])
})

test('un processus tué en plein travail : un autre refait ce qu’il faisait', async () => {
  const home = await house()
  await enqueue(home.ctx.db, home.ctx, work, { n: 1 })
  const child = await killedRunner(home.connection)
  await vi.waitFor(async () => expect(await home.jobs()).toMatchObject([{ state: 'active' }]), soon)
  child.kill('SIGKILL')
  const done: number[] = []
  await home.start([onJob(work, async (_, { n }) => void done.push(n))], { superviseSeconds: 1 })
  expect(done).toEqual([])
  // half a minute later
  await home.handle.pool.query("update pgboss.job set heartbeat_on = heartbeat_on - interval '31 seconds'")
  await vi.waitFor(async () => expect(await home.jobs()).toMatchObject([{ state: 'retry' }]), soon)
  await once(home)
  await home.handle.pool.query('notify outbox')
  await vi.waitFor(() => expect(done).toEqual([1]), soon)
}, 30_000)

test('seul sur sa base, un processus refait aussitôt ce que le précédent, tué, faisait ; ce n’est pas un essai manqué', async () => {
  const home = await house()
  await enqueue(home.ctx.db, home.ctx, work, { n: 1 })
  const child = await killedRunner(home.connection)
  await vi.waitFor(async () => expect(await home.jobs()).toMatchObject([{ state: 'active' }]), soon)
  child.kill('SIGKILL')
  const done: number[] = []
  await home.start([onJob(work, async (_, { n }) => void done.push(n))], { alone: true })
  await vi.waitFor(() => expect(done).toEqual([1]), soon)
  await vi.waitFor(async () => expect(await home.jobs()).toMatchObject([{ state: 'completed' }]), soon)
  const { rows } = await home.handle.pool.query('select retry_count from pgboss.job')
  expect(rows).toEqual([{ retry_count: 0 }])
}, 30_000)

async function killedRunner(connection: pg.PoolConfig): Promise<ChildProcess> {
  const script = path.resolve('tests/engine/endless-job.ts')
  const child = spawn(process.execPath, [script, JSON.stringify(connection)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => reject(new Error('the runner ended')))
  })
  return child
}
