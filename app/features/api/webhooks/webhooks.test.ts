import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { isPublicAddress, postOutside, publicLookup, refusedUrl } from '#app/platform/outgoing.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { JobFailure } from '#app/platform/jobs.server.ts'
import { outbox } from '#app/platform/schema.server.ts'
import { asRole, at, inSandbox } from '#tests/context.ts'
import { deliveries, webhooks } from '../schema.server.ts'
import { deliver, purgeApi, tellWebhooks } from './deliver.server.ts'
import {
  addWebhook,
  listWebhooks,
  readWebhook,
  removeWebhook,
  switchWebhook,
  tellAgain,
  tryWebhook,
} from './manage.server.ts'

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** Another program, on this machine; `answers` is what it says next. */
async function program(answers: { status: number; headers?: Record<string, string> }[] = []) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      const { status, headers } = answers.shift() ?? { status: 204 }
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rappel`, received }
}

/** A webhook of that address: written straight, as the office refuses private ones. */
async function hook(ctx: AppContext, url: string, createdAt = ctx.now()) {
  const row = { name: 'Fédération', url, events: ['activities.published'], secret: 'whsec_c2VjcmV0', createdAt }
  const [made] = await ctx.db.insert(webhooks).values(row).returning()
  return made!
}

const lastDelivery = async (ctx: AppContext) => (await ctx.db.select().from(deliveries))[0]!
const reachesPrivate = true

test('ce qui arrive est signé selon la norme, ne porte que des numéros, et part une fois', () =>
  inSandbox(async (ctx) => {
    const { url, received } = await program()
    await hook(ctx, url)
    await tellWebhooks(ctx, 'activities.published', { activityId: 'a1' })
    await tellWebhooks(ctx, 'activities.cancelled', { activityId: 'a1' })
    const { id } = await lastDelivery(ctx)
    expect(await ctx.db.select({ name: outbox.name, payload: outbox.payload }).from(outbox)).toEqual([
      { name: 'api.deliver', payload: { deliveryId: id } },
    ])
    await deliver(ctx, id, { reachesPrivate })
    await deliver(ctx, id, { reachesPrivate })
    expect(received).toHaveLength(1)
    const [{ headers, body }] = received as [Received]
    expect(JSON.parse(body)).toEqual({
      type: 'activities.published',
      timestamp: ctx.now().toISOString(),
      data: { activityId: 'a1' },
    })
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const expected = createHmac('sha256', Buffer.from('c2VjcmV0', 'base64')).update(signed).digest('base64')
    expect([headers['webhook-id'], headers['webhook-signature']]).toEqual([id, `v1,${expected}`])
    expect(await lastDelivery(ctx)).toMatchObject({ status: 'delivered', attempts: 1, answered: 204 })
  }))

test('ce qui est refusé est repris douze fois, puis abandonné ; cinq jours sans rien, et le rappel s’arrête', () =>
  inSandbox(async (ctx) => {
    const { url } = await program(Array.from({ length: 12 }, () => ({ status: 500 })))
    const { id } = await hook(ctx, url, new Date('2022-11-01T00:00:00Z'))
    await tellWebhooks(ctx, 'activities.published', {})
    const { id: deliveryId } = await lastDelivery(ctx)
    for (let n = 1; n < 12; n += 1)
      await expect(deliver(ctx, deliveryId, { reachesPrivate })).rejects.toThrow(
        new JobFailure('L’autre programme a répondu 500.'),
      )
    await deliver(ctx, deliveryId, { reachesPrivate })
    expect(await lastDelivery(ctx)).toMatchObject({ status: 'failed', attempts: 12, answered: 500 })
    expect(await readWebhook(asRole(ctx, 'direction'), id)).toMatchObject({
      webhook: { active: false, stoppedAt: ctx.now() },
    })
    await tellWebhooks(ctx, 'activities.published', {})
    expect(await ctx.db.$count(deliveries)).toBe(1)
    await switchWebhook(asRole(ctx, 'direction'), id, true)
    await tellAgain(asRole(ctx, 'direction'), id, deliveryId)
    await deliver(ctx, deliveryId, { reachesPrivate })
    expect(await lastDelivery(ctx)).toMatchObject({ status: 'delivered', attempts: 1 })
  }))

test('une redirection n’est pas suivie', () =>
  inSandbox(async (ctx) => {
    const inside = await program()
    const { url } = await program([{ status: 302, headers: { location: inside.url } }])
    await hook(ctx, url)
    await tellWebhooks(ctx, 'activities.published', {})
    await expect(deliver(ctx, (await lastDelivery(ctx)).id, { reachesPrivate })).rejects.toThrow(
      'renvoie vers une autre adresse',
    )
    expect(inside.received).toEqual([])
  }))

test.each([
  ['http://exemple.org/x', 'not-https'],
  ['ftp://exemple.org/x', 'not-https'],
  ['pas une adresse', 'unreadable'],
  ['https://moi:secret@exemple.org/', 'unreadable'],
  ['https://localhost/x', 'private'],
  ['https://serveur/x', 'private'],
  ['https://imprimante.local/', 'private'],
  ['https://127.0.0.1/', 'private'],
  ['https://127.1/', 'private'],
  ['https://0x7f000001/', 'private'],
  ['https://2130706433/', 'private'],
  ['https://[::1]/', 'private'],
  ['https://[::ffff:10.0.0.1]/', 'private'],
  ['https://169.254.169.254/latest/meta-data', 'private'],
  ['https://10.1.2.3/', 'private'],
  ['https://192.168.1.1/', 'private'],
  ['https://100.64.0.1/', 'private'],
  ['https://exemple.org/rappel', null],
  ['https://93.184.216.34/', null],
])('%s : %s', (url, why) => {
  expect(refusedUrl(url)).toBe(why)
})

test('un nom qui mène à ce réseau ou à cette machine n’est pas appelé, quoi qu’il ait dit avant', async () => {
  const trouble = await new Promise((resolve) => publicLookup('localhost', { all: true }, resolve))
  expect(trouble).toMatchObject({ message: 'not public' })
  const unknown = await postOutside({ url: 'https://personne.invalid/', body: '', headers: {} })
  expect(unknown).toEqual({ type: 'unreachable', why: 'name' })
  const inside = ['127.0.0.1', '::1', 'fd00::1', '0.0.0.0', '224.0.0.1', '64:ff9b::a00:1', '::ffff:10.0.0.1']
  expect(inside.filter(isPublicAddress)).toEqual([])
  expect(['93.184.216.34', '2001:41d0::1'].filter(isPublicAddress)).toHaveLength(2)
})

test('seule la direction et l’administration règlent les rappels, en https et vers internet', () =>
  inSandbox(async (ctx) => {
    const input = {
      name: 'Fédération',
      url: 'https://federation.example.org/r',
      events: ['activities.published'] as const,
    }
    const made = await addWebhook(asRole(ctx, 'administration'), input)
    if (!made.ok) throw new Error(made.error.type)
    const { id } = made.value
    expect(await addWebhook(asRole(ctx, 'direction'), { ...input, url: 'https://10.0.0.1/' })).toEqual({
      ok: false,
      error: { type: 'bad-url', why: 'private' },
    })
    const other = asRole(ctx, 'communication')
    expect([await listWebhooks(other), await readWebhook(other, id)]).toEqual([null, null])
    const refused = { ok: false, error: { type: 'not-allowed' } }
    const gestures = [
      addWebhook(other, input),
      switchWebhook(other, id, false),
      removeWebhook(other, id),
      tryWebhook(other, id),
      tellAgain(other, id, id),
    ]
    expect(await Promise.all(gestures)).toEqual(Array(5).fill(refused))
    expect(JSON.stringify(await listWebhooks(asRole(ctx, 'direction')))).not.toContain('whsec_')
    await tryWebhook(asRole(ctx, 'direction'), id)
    expect(await lastDelivery(ctx)).toMatchObject({ event: 'essai', status: 'waiting' })
    expect(await removeWebhook(asRole(ctx, 'direction'), id)).toEqual({ ok: true, value: null })
    expect(await ctx.db.$count(deliveries)).toBe(0)
  }))

test('les envois d’un mois et les réponses d’un jour s’effacent ; ce qui attend reste', () =>
  inSandbox(async (ctx) => {
    const { id } = await hook(ctx, 'https://exemple.org/')
    const old = { webhookId: id, event: 'essai', body: '{}', createdAt: new Date('2022-10-01T00:00:00Z') }
    await ctx.db.insert(deliveries).values([{ ...old, status: 'delivered' }, old])
    await purgeApi(at(ctx, '2022-11-24T10:00:00Z'))
    const left = await ctx.db.select().from(deliveries).where(eq(deliveries.webhookId, id))
    expect(left.map(({ status }) => status)).toEqual(['waiting'])
  }))
