import type { AppContext } from './context.ts'
import type { EventType, JobType } from './outbox.server.ts'

/**
 * Where a job waits its turn: `work` for what ends in a second, `mail` for what waits on the mail server, `long` for
 * documents and imports, `outside` for what waits on machines that are not ours. A lane that is busy never delays the others.
 */
export const lanes = ['work', 'mail', 'long', 'outside'] as const
export type Lane = (typeof lanes)[number]

/** One piece of work and what sets it going. A feature lists its own in `jobs.server.ts`; app/jobs.server.ts joins the lists. */
export interface JobHandler {
  /** Name of the queue: unique in the house, never changed once used. */
  queue: string
  /** French, for the office: « Envoyer la confirmation d’inscription ». */
  label: string
  /** `label` of an event, in French, says in the office what the job follows. */
  source: { kind: 'event' | 'job'; name: string; label?: string } | { kind: 'cron'; cron: string }
  lane?: Lane
  /** Runs with the system's rights, at least once: it must bear being run again. A throw means: try again later. */
  run: (ctx: AppContext, payload: Record<string, unknown>) => Promise<void>
}

/** What a job throws when it knows why it cannot be done now: a French sentence, shown in the office, without anybody's name. */
export class JobFailure extends Error {
  override name = 'JobFailure'
}

type Run<P> = (ctx: AppContext, payload: P) => Promise<void>
interface HandlerOptions {
  lane?: Lane
}

export const onEvent = <P extends Record<string, unknown>>(
  type: EventType<P>,
  name: string,
  label: string,
  run: Run<P>,
  options: HandlerOptions = {},
): JobHandler => ({
  queue: `${type.name}.${name}`,
  label,
  source: { kind: 'event', name: type.name, label: type.label },
  run: run as JobHandler['run'],
  ...options,
})

export const onJob = <P extends Record<string, unknown>>(
  type: JobType<P>,
  run: Run<P>,
  options: HandlerOptions = {},
): JobHandler => ({
  queue: type.name,
  label: type.label,
  source: { kind: 'job', name: type.name },
  run: run as JobHandler['run'],
  ...options,
})

/** Five-field cron, Paris time. What was missed while nothing ran is done once. */
export const onSchedule = (
  name: string,
  label: string,
  cron: string,
  run: (ctx: AppContext) => Promise<void>,
  options: HandlerOptions = {},
): JobHandler => ({ queue: name, label, source: { kind: 'cron', cron }, run: (ctx) => run(ctx), ...options })
