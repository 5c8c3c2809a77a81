import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { AppContext } from './context.ts'
import { asDatabase } from './database.server.ts'
import { type Attempt, oneAtATime, type OpenLane, openLane, sayingOnce } from './jobs/lane.server.ts'
import { listen } from './jobs/listen.server.ts'
import { purge } from './jobs/purge.server.ts'
import { askScheduled, type Insert, isFullBatch, type JobData, relayOutbox } from './jobs/relay.server.ts'
import { JobFailure, type JobHandler, type Lane, lanes } from './jobs.server.ts'

/**
 * Events and jobs written in transactions (outbox.server.ts) are run here, after commit, at least once, in no order that one
 * may count on. pg-boss keeps the queue; its calls stand in this file only.
 */
export interface JobsOptions {
  /** For the connection that hears new work. */
  connection: pg.ClientConfig
  pool: pg.Pool
  handlers: readonly JobHandler[]
  /** The world as jobs see it: the system's rights, the clock. Asked for at each run. */
  makeContext: () => AppContext
  onError: (error: unknown) => void
  /** No other process runs jobs on this database: those found under way were cut by a sudden end, and are taken up at once. */
  alone?: boolean
  /** How often the jobs of a process that died are looked for. */
  superviseSeconds?: number
}

export interface RunningJobs {
  /** Takes nothing more, lets what runs end within a few seconds, hands the rest back. */
  stop(): Promise<void>
  /** Looks for work now; a commit does it by itself. */
  wake(): void
}

/** A commit is heard at once: looking by the clock is for jobs that start later, retries, and what was not heard. */
const LOOK_EVERY = 10_000
const SCHEDULES_EVERY = 30_000
const HEARTBEAT_SECONDS = 30
const STOP_WITHIN = 3_000
/** Commits that come together are handed over together. */
const GATHER = 200
/** What is done is told to the queue at most this many times a second: 20. */
const SETTLE = 50
/** Beyond, the job itself may be what ends the process: it is left to the usual tries. */
const MOST_CUTS = 100
const DAY = 86_400

interface Rules {
  slots: number
  /** Taken beyond the slots, to wait here. */
  ahead: number
  retryLimit: number
  retryDelay: number
  retryDelayMax: number
  expireInSeconds: number
}

/** Tries again, waiting longer and longer: ten minutes in all for ordinary work, most of a day for a mail server that is down. */
const rules: Record<Lane, Rules> = {
  work: { slots: 4, ahead: 0, retryLimit: 5, retryDelay: 10, retryDelayMax: 900, expireInSeconds: 900 },
  mail: { slots: 3, ahead: 17, retryLimit: 15, retryDelay: 20, retryDelayMax: 7200, expireInSeconds: 300 },
  outside: { slots: 3, ahead: 0, retryLimit: 12, retryDelay: 30, retryDelayMax: 7200, expireInSeconds: 300 },
  long: { slots: 1, ahead: 0, retryLimit: 3, retryDelay: 60, retryDelayMax: 900, expireInSeconds: 7200 },
}

interface Job {
  id: string
  retryCount: number
  data: JobData
}

type BossLane = OpenLane<Job> & {
  queue: string
  /** Tells the queue what is done; the lane tells it by itself a moment after. */
  settle(): Promise<void>
}

const queueOf = (lane: Lane) => `maillage-${lane}`

export async function startJobs(options: JobsOptions): Promise<RunningJobs> {
  const handlers = [...options.handlers, purge]
  const attempt = sayingOnce(options.onError)
  const boss = await startQueue(options)
  const open = lanes.map((lane) => openBossLane(boss, lane, handlers, options, attempt))
  let stopped = false
  const unlessStopped = (work: () => Promise<void>) => oneAtATime(async () => (stopped ? undefined : attempt(work)))
  const look = unlessStopped(() => handOver(boss, options, handlers, open))
  const schedule = unlessStopped(() => askForScheduled(boss, options, handlers))
  const ears = listen(options.connection, 'outbox', gathered(look), attempt)
  const timers = [
    setInterval(look, LOOK_EVERY),
    setInterval(schedule, SCHEDULES_EVERY),
    setInterval(() => attempt(() => beat(boss, open)), (HEARTBEAT_SECONDS * 1000) / 3),
  ]
  void schedule()
  return {
    wake: () => void Promise.all([look(), schedule()]),
    stop: async () => {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      await Promise.all([ears.stop(), look(), schedule()])
      await Promise.all(open.map((lane) => lane.stop(STOP_WITHIN)))
      for (const lane of open) await lane.settle()
      await attempt(() => handBack(boss, open))
      await boss.stop({ graceful: false, close: false })
    },
  }
}

/** On the application's own pool: no connection of its own. What it could do by the clock and is not used is slowed down. */
async function startQueue({ pool, onError, alone, superviseSeconds = 30 }: JobsOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schedule: false,
    registerInstance: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    queueCacheIntervalSeconds: 3600,
    bamIntervalSeconds: 3600,
    flowIntervalSeconds: 3600,
  })
  boss.on('error', onError)
  await boss.start()
  for (const lane of lanes) {
    const { slots: _slots, ahead: _ahead, ...retries } = rules[lane]
    const settings = {
      ...retries,
      retryBackoff: true,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retentionSeconds: 365 * DAY,
      deleteAfterSeconds: 90 * DAY,
    }
    await boss.createQueue(queueOf(lane), settings)
    await boss.updateQueue(queueOf(lane), settings)
  }
  if (alone) await takeUpCut(pool)
  return boss
}

/** A sudden end is not the job's doing: it does not count as one of its tries, unless it comes again and again. */
async function takeUpCut(pool: pg.Pool): Promise<void> {
  await pool.query(
    `update pgboss.job set state = 'retry', start_after = now(), started_on = null,
      output = jsonb_build_object('cut', coalesce((output->>'cut')::int, 0) + 1)
     where state = 'active' and name = any($1) and coalesce((output->>'cut')::int, 0) < $2`,
    [lanes.map(queueOf), MOST_CUTS],
  )
}

function openBossLane(
  boss: PgBoss,
  lane: Lane,
  handlers: readonly JobHandler[],
  { makeContext, onError }: JobsOptions,
  attempt: Attempt,
): BossLane {
  const queue = queueOf(lane)
  const byName = new Map(handlers.map((handler) => [handler.queue, handler]))
  const done = gatherDone(boss, queue, attempt)
  const opened = openLane<Job>({
    ...rules[lane],
    take: (count) => boss.fetch<JobData>(queue, { batchSize: count }),
    run: async (job) => {
      const failure = await failureOf(() => runJob(byName.get(job.data.handler), makeContext(), job.data))
      if (!failure) return done.add(job)
      // What is expected to fail now and then is said in the office; the rest is a defect.
      if (!(failure.error instanceof JobFailure)) onError(failure.error)
      await attempt(async () => {
        await boss.fail(queue, job, { reason: reasonOf(failure.error) })
      })
    },
    attempt,
  })
  return { ...opened, queue, settle: done.settle }
}

/** Jobs done together are told to the queue together; whoever dies before that has them done again, as at any other moment. */
function gatherDone(boss: PgBoss, queue: string, attempt: Attempt) {
  let done: Job[] = []
  const settle = async () => {
    const told = done
    done = []
    if (told.length > 0)
      await attempt(async () => {
        await boss.complete(queue, told)
      })
  }
  const soon = gathered(settle, SETTLE)
  return {
    add: (job: Job) => {
      done.push(job)
      soon()
    },
    settle,
  }
}

async function runJob(handler: JobHandler | undefined, ctx: AppContext, { payload }: JobData): Promise<void> {
  if (!handler) throw new JobFailure('Cette version de Maillage ne sait pas faire cette tâche.')
  await handler.run(ctx, payload)
}

async function failureOf(work: () => Promise<void>): Promise<{ error: unknown } | null> {
  try {
    await work()
    return null
  } catch (error) {
    return { error }
  }
}

/** Only a sentence written for the office goes there: the message of a defect may quote somebody's data. */
const reasonOf = (error: unknown) => (error instanceof JobFailure ? error.message : null)

async function handOver(boss: PgBoss, { pool }: JobsOptions, handlers: readonly JobHandler[], open: BossLane[]) {
  const insert: Insert = async (lane, jobs, client) => {
    const rows = jobs.map(({ data, startAfter }) => ({
      data,
      ...(startAfter && { startAfter: startAfter.toISOString() }),
    }))
    await boss.insert(queueOf(lane), rows, { db: { executeSql: (text, values) => client.query(text, values) } })
  }
  while (isFullBatch(await relayOutbox(pool, handlers, insert)));
  for (const lane of open) lane.wake()
}

async function askForScheduled(boss: PgBoss, { pool, makeContext }: JobsOptions, handlers: readonly JobHandler[]) {
  const next = (cron: string, from: Date) => boss.previewSchedule(cron, { tz: 'Europe/Paris', from, count: 1 })[0]
  await askScheduled(asDatabase(pool), handlers, next, makeContext().now())
}

/** Says that what runs here is alive: without it for half a minute, another process takes it up. */
async function beat(boss: PgBoss, open: BossLane[]): Promise<void> {
  for (const { queue, running } of open) if (running().length > 0) await boss.touch(queue, running())
}

async function handBack(boss: PgBoss, open: BossLane[]): Promise<void> {
  const reason = 'Interrompue par l’arrêt du service ; elle reprend au prochain démarrage.'
  for (const { queue, running } of open) if (running().length > 0) await boss.fail(queue, running(), { reason })
}

function gathered(work: () => Promise<void>, milliseconds = GATHER): () => void {
  let timer: NodeJS.Timeout | undefined
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      void work()
    }, milliseconds)
  }
}
