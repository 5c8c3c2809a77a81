import type { AppContext } from './context.ts'
import type { Database } from './database.server.ts'
import { outbox } from './schema.server.ts'

type Payload = Record<string, unknown>

/** Something that happened. Declared by the feature that says it; any feature that may use that one can listen (jobs.server.ts). */
export interface EventType<P extends Payload> {
  kind: 'event'
  name: string
  /** French, for the office: « Inscription confirmée ». */
  label: string
  readonly payload?: P
}

/** Work to do later, with its payload. */
export interface JobType<P extends Payload> {
  kind: 'job'
  name: string
  label: string
  readonly payload?: P
}

export const eventType = <P extends Payload>(name: string, label: string): EventType<P> => ({
  kind: 'event',
  name,
  label,
})

export const jobType = <P extends Payload>(name: string, label: string): JobType<P> => ({ kind: 'job', name, label })

/** Says, in the transaction that makes it true, that something happened; its listeners run after commit. */
export async function emit<P extends Payload>(tx: Database, ctx: AppContext, type: EventType<P>, payload: P) {
  await tx.insert(outbox).values({ kind: 'event', name: type.name, payload, at: ctx.now() })
}

/** Asks for a job, in the transaction that causes it; it runs after commit, not before `startAfter`. */
export async function enqueue<P extends Payload>(
  tx: Database,
  ctx: AppContext,
  type: JobType<P>,
  payload: P,
  { startAfter }: { startAfter?: Date } = {},
) {
  await tx
    .insert(outbox)
    .values({ kind: 'job', name: type.name, payload, at: ctx.now(), startAfter: startAfter ?? null })
}
