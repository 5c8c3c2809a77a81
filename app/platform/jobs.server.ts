import type { AppContext } from './context.ts'
import type { EventType, JobType } from './outbox.server.ts'

/** One piece of work and what sets it going. A feature lists its own in `jobs.server.ts`; app/jobs.server.ts joins the lists. */
export interface JobHandler {
  /** Name of the queue: unique in the house, never changed once used. */
  queue: string
  /** French, for the office: « Envoyer la confirmation d’inscription ». */
  label: string
  source: { kind: 'event' | 'job'; name: string } | { kind: 'cron'; cron: string }
  /** Runs with the system's rights, at least once: it must bear being run again. A throw means: try again later. */
  run: (ctx: AppContext, payload: Record<string, unknown>) => Promise<void>
}

type Run<P> = (ctx: AppContext, payload: P) => Promise<void>

export const onEvent = <P extends Record<string, unknown>>(
  type: EventType<P>,
  name: string,
  label: string,
  run: Run<P>,
): JobHandler => ({
  queue: `${type.name}.${name}`,
  label,
  source: { kind: 'event', name: type.name },
  run: run as JobHandler['run'],
})

export const onJob = <P extends Record<string, unknown>>(type: JobType<P>, run: Run<P>): JobHandler => ({
  queue: type.name,
  label: type.label,
  source: { kind: 'job', name: type.name },
  run: run as JobHandler['run'],
})

/** Five-field cron, Paris time. */
export const onSchedule = (
  name: string,
  label: string,
  cron: string,
  run: (ctx: AppContext) => Promise<void>,
): JobHandler => ({ queue: name, label, source: { kind: 'cron', cron }, run: (ctx) => run(ctx) })
