import { and, eq, sql } from 'drizzle-orm'
import { personCards } from '#app/features/directory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { isoDay } from '#app/ui/french.ts'
import type { RequestKind } from '../labels.ts'
import { requests } from '../schema.server.ts'

export interface RequestInput {
  kind: RequestKind
  message: string | null
}

/** A month after a day (art. 12.3); where the month has no such day, its last one. */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Writes a request down; the same one, still open, is not written twice. The caller has checked who asks. */
export async function receiveRequest(
  tx: Database,
  ctx: AppContext,
  { personId, source, kind, message }: RequestInput & { personId: string; source: 'own' | 'office' },
): Promise<{ id: string; made: boolean }> {
  const [open] = await tx
    .select({ id: requests.id, message: requests.message })
    .from(requests)
    .where(and(eq(requests.personId, personId), eq(requests.kind, kind), eq(requests.state, 'open')))
  if (open && open.message === message) return { id: open.id, made: false }
  const today = isoDay(ctx.now())
  const [made] = await tx
    .insert(requests)
    .values({ personId, source, kind, message, receivedAt: ctx.now(), dueOn: monthsAfter(today, 1) })
    .returning({ id: requests.id })
  await recordChange(tx, ctx, {
    action: source === 'own' ? 'privacy.request-received' : 'privacy.request-noted',
    entity: 'request',
    entityId: made!.id,
    fields: { kind: [null, kind] },
  })
  return { id: made!.id, made: true }
}

export type NoteRequestError = { type: 'not-allowed' } | { type: 'not-found' }

/** A request that came by letter, by mail or by telephone. */
export async function noteRequest(
  ctx: AppContext,
  personId: string,
  input: RequestInput,
): Promise<Result<{ id: string }, NoteRequestError>> {
  if (!can(ctx.actor, 'privacy:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [person] = await tx
      .select({ id: personCards.identityId })
      .from(personCards)
      .where(eq(personCards.id, personId))
    if (!person) return err({ type: 'not-found' })
    return ok({ id: (await receiveRequest(tx, ctx, { ...input, personId: person.id, source: 'office' })).id })
  })
}

export type SettleError = { type: 'not-allowed' } | { type: 'not-found' } | { type: 'closed' }

/** Satisfied, or refused for a reason. What was answered stays with the request as long as the person does. */
export async function closeRequest(
  ctx: AppContext,
  id: string,
  { state, answer }: { state: 'done' | 'refused'; answer: string | null },
): Promise<Result<null, SettleError | { type: 'reason-needed' }>> {
  if (!can(ctx.actor, 'privacy:write')) return err({ type: 'not-allowed' })
  // art. 12.4: who is refused is told why
  if (state === 'refused' && !answer) return err({ type: 'reason-needed' })
  return ctx.db.transaction(async (tx) => {
    const open = await openRequest(tx, id)
    if (!open.ok) return open
    await tx
      .update(requests)
      .set({ state, answer, closedAt: ctx.now(), closedByLabel: ctx.actor.label })
      .where(eq(requests.id, id))
    const fields = { state: ['open', state] as [unknown, unknown] }
    await recordChange(tx, ctx, { action: 'privacy.request-closed', entity: 'request', entityId: id, fields })
    return ok(null)
  })
}

/** Two months more for what is complex (art. 12.3): once, within the first month, and the person is told. */
export async function extendRequest(
  ctx: AppContext,
  id: string,
  reason: string,
): Promise<Result<null, SettleError | { type: 'extended' } | { type: 'late' }>> {
  if (!can(ctx.actor, 'privacy:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const open = await openRequest(tx, id)
    if (!open.ok) return open
    const { extendedReason, dueOn } = open.value
    if (extendedReason) return err({ type: 'extended' })
    if (isoDay(ctx.now()) > dueOn) return err({ type: 'late' })
    const later = monthsAfter(dueOn, 2)
    await tx.update(requests).set({ extendedReason: reason, dueOn: later }).where(eq(requests.id, id))
    const fields = { until: [dueOn, later] as [unknown, unknown] }
    await recordChange(tx, ctx, { action: 'privacy.request-extended', entity: 'request', entityId: id, fields })
    return ok(null)
  })
}

async function openRequest(
  tx: Database,
  id: string,
): Promise<Result<typeof requests.$inferSelect, { type: 'not-found' } | { type: 'closed' }>> {
  const [found] = await tx.select().from(requests).where(eq(requests.id, id)).for('update')
  if (!found) return err({ type: 'not-found' })
  return found.state === 'open' ? ok(found) : err({ type: 'closed' })
}

/** Requests that wait, and those whose day has passed. */
export async function countOpenRequests(db: Database, today: string): Promise<{ open: number; late: number }> {
  const { rows } = await db.execute<{ open: number; late: number }>(sql`
    select count(*)::int as open, (count(*) filter (where due_on < ${today}::date))::int as late
    from privacy.request where state = 'open'`)
  return rows[0]!
}
