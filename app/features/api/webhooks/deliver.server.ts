import { and, arrayContains, eq, gt, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { JobFailure } from '#app/platform/jobs.server.ts'
import { enqueue, jobType } from '#app/platform/outbox.server.ts'
import { type Outgoing, postOutside } from '#app/platform/outgoing.server.ts'
import { deliveries, webhooks } from '../schema.server.ts'
import { signedHeaders } from './sign.ts'

export const deliverJob = jobType<{ deliveryId: string }>('api.deliver', 'Prévenir un autre programme')

const MAX_TRIES = 12
const DAY = 86_400_000
/** An address where nothing has arrived for so long is not written to any more. */
const PATIENCE = 5 * DAY

/** Writes down who is to be told; each telling is a job of its own. */
export async function tellWebhooks(ctx: AppContext, event: string, data: Record<string, unknown>): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const listening = await tx
      .select({ id: webhooks.id })
      .from(webhooks)
      .where(and(eq(webhooks.active, true), arrayContains(webhooks.events, [event])))
    for (const { id } of listening) await tell(tx as Database, ctx, id, event, data)
  })
}

export async function tell(
  tx: Database,
  ctx: AppContext,
  webhookId: string,
  event: string,
  data: Record<string, unknown>,
) {
  const body = JSON.stringify({ type: event, timestamp: ctx.now().toISOString(), data })
  const row = { webhookId, event, body, createdAt: ctx.now() }
  const [made] = await tx.insert(deliveries).values(row).returning({ id: deliveries.id })
  await enqueue(tx, ctx, deliverJob, { deliveryId: made!.id })
  return made!.id
}

/** One try. What fails is tried again later, longer and longer; the row says what became of the last one. */
export async function deliver(ctx: AppContext, deliveryId: string, { reachesPrivate = false } = {}): Promise<void> {
  const [row] = await ctx.db
    .select({ delivery: deliveries, webhook: webhooks })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .where(eq(deliveries.id, deliveryId))
  if (!row || row.delivery.status !== 'waiting') return
  const { delivery, webhook } = row
  if (!webhook.active) return note(ctx, delivery, { status: 'failed', lastError: 'Ce rappel est arrêté.' })
  const headers = signedHeaders(webhook.secret, { id: delivery.id, body: delivery.body, at: ctx.now() })
  const outcome = await postOutside({ url: webhook.url, body: delivery.body, headers, reachesPrivate })
  const trouble = troubleOf(outcome)
  const answered = outcome.type === 'answered' ? outcome.status : null
  if (!trouble) return note(ctx, delivery, { status: 'delivered', answered, lastError: null })
  const over = delivery.attempts + 1 >= MAX_TRIES || outcome.type === 'refused'
  await note(ctx, delivery, { status: over ? 'failed' : 'waiting', answered, lastError: trouble })
  if (over) await stopIfHopeless(ctx, webhook)
  else throw new JobFailure(trouble)
}

type Delivery = typeof deliveries.$inferSelect

async function note(ctx: AppContext, { id, attempts }: Delivery, outcome: Partial<Delivery>): Promise<void> {
  await ctx.db
    .update(deliveries)
    .set({ ...outcome, attempts: attempts + 1, lastAt: ctx.now() })
    .where(eq(deliveries.id, id))
}

/** A French sentence for the office; null: it arrived. */
function troubleOf(outcome: Outgoing): string | null {
  switch (outcome.type) {
    case 'answered':
      if (outcome.status >= 200 && outcome.status < 300) return null
      return outcome.status >= 300 && outcome.status < 400
        ? 'L’autre programme renvoie vers une autre adresse : donnez la bonne.'
        : `L’autre programme a répondu ${outcome.status}.`
    case 'refused':
      return outcome.why === 'private'
        ? 'Cette adresse mène à un réseau privé : rien n’y est envoyé.'
        : 'Cette adresse n’est pas en https : rien n’y est envoyé.'
    case 'unreachable':
      return {
        timeout: 'L’autre programme n’a pas répondu en dix secondes.',
        name: 'Le nom de cette adresse n’existe pas.',
        certificate: 'Le certificat de cette adresse n’est pas valable.',
        connection: 'L’autre programme ne répond pas.',
      }[outcome.why]
    default:
      return outcome satisfies never
  }
}

async function stopIfHopeless(ctx: AppContext, webhook: typeof webhooks.$inferSelect): Promise<void> {
  const since = new Date(ctx.now().getTime() - PATIENCE)
  const arrived = and(
    eq(deliveries.webhookId, webhook.id),
    eq(deliveries.status, 'delivered'),
    gt(deliveries.lastAt, since),
  )
  await ctx.db.transaction(async (tx) => {
    const [held] = await tx.select().from(webhooks).where(eq(webhooks.id, webhook.id)).for('update')
    if (!held?.active || held.createdAt > since || (await tx.$count(deliveries, arrived)) > 0) return
    await tx.update(webhooks).set({ active: false, stoppedAt: ctx.now() }).where(eq(webhooks.id, webhook.id))
    await recordChange(tx as Database, ctx, { action: 'api.webhook-stopped', entity: 'webhook', entityId: webhook.id })
  })
}

/** What is of no more use: answers kept for a day, tellings for a month. */
export async function purgeApi(ctx: AppContext): Promise<void> {
  const before = (days: number) => new Date(ctx.now().getTime() - days * DAY).toISOString()
  await ctx.db.execute(sql`delete from api.idempotency where at < ${before(1)}::timestamptz`)
  await ctx.db.execute(
    sql`delete from api.delivery where status <> 'waiting' and created_at < ${before(30)}::timestamptz`,
  )
}
