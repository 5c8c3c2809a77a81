import { and, eq } from 'drizzle-orm'
import type pg from 'pg'
import type { Database } from '../database.server.ts'
import type { JobHandler, Lane } from '../jobs.server.ts'
import { outbox, schedules } from '../schema.server.ts'

/** What a job of the queue carries: enough for the office to name it without knowing the handlers. */
export interface JobData {
  handler: string
  label: string
  /** The event it follows, in French. */
  cause?: string
  payload: Record<string, unknown>
}

export interface QueuedJob {
  data: JobData
  startAfter?: Date
}

/** Puts jobs in the queue, in the transaction of the client. */
export type Insert = (lane: Lane, jobs: QueuedJob[], client: pg.ClientBase) => Promise<void>

interface OutboxRow {
  id: number
  kind: 'event' | 'job'
  name: string
  payload: Record<string, unknown>
  startAfter: Date | null
}

const BATCH = 500

/**
 * Hands over what waits in the outbox: the jobs are in the queue and the rows are marked by one commit, or neither. Rows that
 * another process is handing over are left to it. Returns how many rows were handed over.
 */
export async function relayOutbox(pool: pg.Pool, handlers: readonly JobHandler[], insert: Insert): Promise<number> {
  const waiting = await pool.query('select from platform.outbox where dispatched_at is null limit 1')
  if (waiting.rowCount === 0) return 0
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<OutboxRow>(
      `select id, kind, name, payload, start_after as "startAfter" from platform.outbox
       where dispatched_at is null order by id limit ${BATCH} for update skip locked`,
    )
    if (rows.length > 0) {
      for (const [lane, jobs] of Map.groupBy(
        rows.flatMap((row) => jobsOf(row, handlers)),
        ({ lane }) => lane,
      ))
        await insert(
          lane,
          jobs.map(({ job }) => job),
          client,
        )
      await client.query('update platform.outbox set dispatched_at = now() where id = any($1)', [
        rows.map(({ id }) => id),
      ])
    }
    await client.query('commit')
    client.release()
    return rows.length
  } catch (error) {
    client.release(true)
    throw error
  }
}

export const isFullBatch = (rows: number) => rows === BATCH

/** An event makes one job per handler that listens to it, maybe none; a job always makes one, even if nobody can do it yet. */
function jobsOf(row: OutboxRow, handlers: readonly JobHandler[]): { lane: Lane; job: QueuedJob }[] {
  const listening = ({ source }: JobHandler) => source.kind === 'event' && source.name === row.name
  if (row.kind === 'event') return handlers.filter(listening).map((handler) => queued(row, handler))
  return [queued(row, handlers.find(({ queue }) => queue === row.name) ?? { queue: row.name, label: UNKNOWN })]
}

const UNKNOWN = 'Tâche inconnue de cette version'

function queued({ payload, startAfter }: OutboxRow, { queue, label, lane = 'work', source }: Addressee) {
  const cause = source?.kind === 'event' ? source.label : undefined
  const data: JobData = { handler: queue, label, payload, ...(cause ? { cause } : {}) }
  return { lane, job: { data, ...(startAfter ? { startAfter } : {}) } }
}

type Addressee = Pick<JobHandler, 'queue' | 'label' | 'lane'> & { source?: JobHandler['source'] }

/** The first moment of a cron, Paris time, after another one. */
export type NextMoment = (cron: string, after: Date) => Date | undefined

/** Asks for the scheduled jobs whose moment has come; of several processes, one asks. A job new to the house waits for its next moment. */
export async function askScheduled(db: Database, handlers: readonly JobHandler[], next: NextMoment, now: Date) {
  const rows = await db.select().from(schedules)
  const lastAt = new Map(rows.map((row) => [row.name, row.lastAt]))
  for (const { queue, source } of handlers) {
    if (source.kind !== 'cron') continue
    const last = lastAt.get(queue)
    if (!last) {
      await db.insert(schedules).values({ name: queue, lastAt: now }).onConflictDoNothing()
      continue
    }
    if (last.getTime() - now.getTime() > CLOCK_SKEW) {
      await rewind(db, queue, last, now)
      continue
    }
    const due = next(source.cron, last)
    if (due && due <= now) await ask(db, queue, last, now)
  }
}

/** Two machines may differ by so much; beyond, a clock was wrong and has been set right. */
const CLOCK_SKEW = 3_600_000

/** A clock that ran ahead would silence its jobs until time catches up with it. */
const rewind = (db: Database, name: string, last: Date, now: Date) =>
  db
    .update(schedules)
    .set({ lastAt: now })
    .where(and(eq(schedules.name, name), eq(schedules.lastAt, last)))

const ask = (db: Database, name: string, last: Date, now: Date) =>
  db.transaction(async (tx) => {
    const [mine] = await tx
      .update(schedules)
      .set({ lastAt: now })
      .where(and(eq(schedules.name, name), eq(schedules.lastAt, last)))
      .returning()
    if (mine) await tx.insert(outbox).values({ kind: 'job', name, payload: {}, at: now })
  })
