import { desc, eq } from 'drizzle-orm'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { enqueue } from '#app/platform/outbox.server.ts'
import { refusedUrl } from '#app/platform/outgoing.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { deliveries, webhooks } from '../schema.server.ts'
import { deliverJob, tell } from './deliver.server.ts'
import { TRIAL, type WebhookEvent } from './events.ts'
import { newSecret } from './sign.ts'

const MOST = 50

export interface WebhookInput {
  name: string
  url: string
  events: readonly WebhookEvent[]
}

export type BadUrl = { type: 'bad-url'; why: 'unreadable' | 'not-https' | 'private' }
export type AddWebhookError = { type: 'not-allowed' } | { type: 'too-many' } | BadUrl

export async function addWebhook(
  ctx: AppContext,
  input: WebhookInput,
): Promise<Result<{ id: string }, AddWebhookError>> {
  if (!can(ctx.actor, 'api:write')) return err({ type: 'not-allowed' })
  const why = refusedUrl(input.url)
  if (why) return err({ type: 'bad-url', why })
  return ctx.db.transaction(async (tx) => {
    if ((await tx.$count(webhooks)) >= MOST) return err({ type: 'too-many' })
    const row = { ...input, events: [...input.events], secret: newSecret(), createdAt: ctx.now() }
    const [made] = await tx.insert(webhooks).values(row).returning({ id: webhooks.id })
    const fields = changedFields<Record<string, unknown>>(
      {},
      { name: input.name, url: input.url, events: input.events },
    )
    await recordChange(tx as Database, ctx, {
      action: 'api.webhook-added',
      entity: 'webhook',
      entityId: made!.id,
      fields,
    })
    return ok(made!)
  })
}

export async function listWebhooks(ctx: AppContext) {
  if (!can(ctx.actor, 'api:write')) return null
  const rows = await ctx.db.select().from(webhooks).orderBy(webhooks.name).limit(MOST)
  return rows.map(({ secret: _, ...webhook }) => webhook)
}

export async function readWebhook(ctx: AppContext, id: string) {
  if (!can(ctx.actor, 'api:write')) return null
  const [webhook] = await ctx.db.select().from(webhooks).where(eq(webhooks.id, id))
  if (!webhook) return null
  const last = await ctx.db
    .select()
    .from(deliveries)
    .where(eq(deliveries.webhookId, id))
    .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
    .limit(100)
  return { webhook, deliveries: last }
}

export type WebhookError = { type: 'not-allowed' } | { type: 'not-found' }

/** Runs on one webhook, held, by whoever may. */
async function withWebhook(
  ctx: AppContext,
  id: string,
  work: (tx: Database, webhook: typeof webhooks.$inferSelect) => Promise<void>,
): Promise<Result<null, WebhookError>> {
  if (!can(ctx.actor, 'api:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [webhook] = await tx.select().from(webhooks).where(eq(webhooks.id, id)).for('update')
    if (!webhook) return err({ type: 'not-found' })
    await work(tx as Database, webhook)
    return ok(null)
  })
}

export const switchWebhook = (ctx: AppContext, id: string, active: boolean) =>
  withWebhook(ctx, id, async (tx, webhook) => {
    if (webhook.active === active) return
    await tx.update(webhooks).set({ active, stoppedAt: null }).where(eq(webhooks.id, id))
    const action = active ? 'api.webhook-resumed' : 'api.webhook-paused'
    await recordChange(tx, ctx, { action, entity: 'webhook', entityId: id })
  })

export const removeWebhook = (ctx: AppContext, id: string) =>
  withWebhook(ctx, id, async (tx, { name, url }) => {
    await tx.delete(webhooks).where(eq(webhooks.id, id))
    const fields = changedFields<Record<string, unknown>>({ name, url }, { name: null, url: null })
    await recordChange(tx, ctx, { action: 'api.webhook-removed', entity: 'webhook', entityId: id, fields })
  })

export const tryWebhook = (ctx: AppContext, id: string) =>
  withWebhook(ctx, id, async (tx) => {
    await tell(tx, ctx, id, TRIAL, {})
  })

/** Once more, for what was given up. */
export const tellAgain = (ctx: AppContext, id: string, deliveryId: string) =>
  withWebhook(ctx, id, async (tx) => {
    const [delivery] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId)).for('update')
    if (!delivery || delivery.webhookId !== id || delivery.status !== 'failed') return
    await tx.update(deliveries).set({ status: 'waiting', attempts: 0 }).where(eq(deliveries.id, deliveryId))
    await enqueue(tx, ctx, deliverJob, { deliveryId })
  })
