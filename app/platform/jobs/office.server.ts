import { sql, type SQL } from 'drizzle-orm'
import { recordChange } from '../changes.server.ts'
import { type AppContext, can } from '../context.ts'
import type { Database } from '../database.server.ts'
import { err, ok, type Result } from '../result.ts'
import { type JobState, jobStates } from './states.ts'

export interface ListedJob {
  id: string
  label: string
  /** The event it follows, in French. */
  cause: string | null
  state: JobState
  createdAt: Date
  startedAt: Date | null
  endedAt: Date | null
  /** Of a job that waits: not before. */
  startsAt: Date | null
  /** How many times it was tried without success. */
  failures: number
  /** Why the last try failed, in French; null when only the server's log knows. */
  reason: string | null
}

export type JobsError = { type: 'not-allowed' }

const inState: Record<JobState, SQL> = {
  waiting: sql`j.state in ('created', 'retry')`,
  running: sql`j.state = 'active'`,
  failed: sql`j.state in ('failed', 'cancelled')`,
  done: sql`j.state = 'completed'`,
}

export interface JobList {
  state: JobState
  jobs: ListedJob[]
  counts: Record<JobState, number>
  /** Events and jobs that nothing takes up. */
  unheard: number
}

/**
 * The jobs in one state, the latest first, and how many there are in each; without a choice, what needs somebody, else what
 * has been done. Nothing of what they carry: it may name people.
 */
export async function listJobs(
  ctx: AppContext,
  asked: JobState | null,
  { limit = 50, offset = 0 } = {},
): Promise<Result<JobList, JobsError>> {
  if (!can(ctx.actor, 'jobs:read')) return err({ type: 'not-allowed' })
  const [unheard, there] = [await notHandedOver(ctx), await queueExists(ctx.db)]
  const counts = there ? await countJobs(ctx.db) : { waiting: 0, running: 0, failed: 0, done: 0 }
  const state = asked ?? (counts.failed > 0 ? 'failed' : 'done')
  const jobs = there ? await jobsIn(ctx.db, state, limit, offset) : []
  return ok({ state, jobs, counts, unheard })
}

async function jobsIn(db: Database, state: JobState, limit: number, offset: number): Promise<ListedJob[]> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select j.id, j.data->>'label' as label, j.data->>'cause' as cause, j.created_on, j.started_on, j.completed_on,
      j.start_after, j.output->>'reason' as reason,
      case when j.state in ('retry', 'active') then j.retry_count when j.state = 'failed' then j.retry_count + 1 else 0 end as failures
    from pgboss.job j where ${inState[state]}
    order by coalesce(j.completed_on, j.started_on, j.created_on) desc, j.id limit ${limit} offset ${offset}`)
  return rows.map((row) => listed(row, state))
}

function listed(row: Record<string, unknown>, state: JobState): ListedJob {
  const moment = (value: unknown) => (value === null ? null : new Date(value as string))
  return {
    id: row.id as string,
    label: row.label as string,
    cause: row.cause as string | null,
    state,
    createdAt: moment(row.created_on)!,
    startedAt: moment(row.started_on),
    endedAt: moment(row.completed_on),
    startsAt: state === 'waiting' ? moment(row.start_after) : null,
    failures: row.failures as number,
    reason: state === 'done' ? null : (row.reason as string | null),
  }
}

async function countJobs(db: Database): Promise<Record<JobState, number>> {
  const count = (state: JobState) => sql`(count(*) filter (where ${inState[state]}))::int as ${sql.identifier(state)}`
  const { rows } = await db.execute<Record<JobState, number>>(
    sql`select ${sql.join(jobStates.map(count), sql`, `)} from pgboss.job j`,
  )
  return rows[0]!
}

/** What nobody has taken up for a minute: nothing runs jobs. */
async function notHandedOver({ db, now }: AppContext): Promise<number> {
  const since = new Date(now().getTime() - 60_000).toISOString()
  const { rows } = await db.execute<{ waiting: number }>(
    sql`select count(*)::int as waiting from platform.outbox where dispatched_at is null and at < ${since}::timestamptz`,
  )
  return rows[0]!.waiting
}

/** pg-boss makes its tables at the first start of the service. */
async function queueExists(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ there: boolean }>(sql`select to_regclass('pgboss.job') is not null as there`)
  return rows[0]!.there
}

export type RetryJobError = JobsError | { type: 'not-failed' }

/** One more try for a job that was given up; a second click finds it waiting already. */
export async function retryJob(ctx: AppContext, id: string): Promise<Result<{ label: string }, RetryJobError>> {
  if (!can(ctx.actor, 'jobs:write')) return err({ type: 'not-allowed' })
  if (!(await queueExists(ctx.db))) return err({ type: 'not-failed' })
  return ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ label: string }>(sql`
      update pgboss.job set state = 'retry', retry_limit = retry_limit + 1, completed_on = null, start_after = now(),
        keep_until = greatest(keep_until, now() + interval '30 days')
      where id = ${id}::uuid and state in ('failed', 'cancelled') returning data->>'label' as label`)
    const [job] = rows
    if (!job) return err({ type: 'not-failed' })
    await recordChange(tx, ctx, {
      action: 'house.job-rerun',
      entity: 'job',
      entityId: id,
      fields: { label: [null, job.label] },
    })
    await tx.execute(sql`select pg_notify('outbox', '')`)
    return ok({ label: job.label })
  })
}
