import { sql } from 'drizzle-orm'
import ical from 'node-ical'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import { inSandbox, withDatabase } from '#tests/context.ts'
import type { AppContext } from './context.ts'
import { queueMail } from './mail.server.ts'
import { type MailTransport, makeMailHandler, openMailTransport } from './mailer.server.ts'

interface Received {
  to: string[]
  source: string
}

/** A real SMTP server on a free port, which keeps what it is given. */
async function mailServer(options: SMTPServerOptions = {}, port = 0) {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({ to: envelope.rcptTo.map(({ address }) => address), source: Buffer.concat(chunks).toString() })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const listening = server.listen(port, '127.0.0.1')
  await new Promise<void>((resolve) => listening.once('listening', () => resolve()))
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  onTestFinished(close)
  return { received, close, port: (listening.address() as { port: number }).port }
}

function transportTo(
  port: number,
  mailFrom: string | null = 'Réseau de l’Hérault <reseau@example.org>',
): MailTransport {
  const transport = openMailTransport({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom })
  onTestFinished(() => transport.close())
  return transport
}

const mail = {
  purpose: 'essai',
  toAddress: 'ada@example.org',
  toName: 'Ada Lovelace',
  subject: 'Été',
  text: 'À bientôt.',
}

const send = (ctx: AppContext, transport: MailTransport | null, mailId: string) =>
  makeMailHandler(transport).run(ctx, { mailId })

async function stateOf(ctx: AppContext, id: string) {
  const { rows } = await ctx.db.execute<{
    status: string
    attempts: number
    last_error: string | null
    sent_at: string | null
  }>(sql`select status, attempts, last_error, sent_at from platform.mail where id = ${id}`)
  return rows[0]!
}

test('un code part avec le message, en image jointe que sa mise en forme montre', () =>
  inSandbox(async (ctx) => {
    const { received, port } = await mailServer()
    const html = '<p><img src="cid:billet" alt="Code"></p>'
    await send(ctx, transportTo(port), await queueMail(ctx.db, ctx, { ...mail, html, qr: 'un-code-a-lire' }))
    const [{ source }] = received as [Received]
    expect(source).toContain('Content-ID: <billet>')
    expect(source).toMatch(/^Content-Disposition: inline; filename=billet\.gif\r$/m)
    const [, image] = /billet\.gif[\s\S]*?\r\n\r\n([\w+/=\r\n]+)/.exec(source)!
    expect(Buffer.from(image!, 'base64').subarray(0, 6).toString()).toMatch(/^GIF8[79]a$/)
  }))

test('un message part une fois, avec son texte, sa mise en forme et son rendez-vous', () =>
  inSandbox(async (ctx) => {
    const { received, port } = await mailServer()
    const transport = transportTo(port)
    const content = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Essai//FR',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'UID:a@maillage.test',
      'DTSTAMP:20221101T090000Z',
      'DTSTART:20221124T090000Z',
      'SUMMARY:Journée d’étude',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n')
    const id = await queueMail(ctx.db, ctx, {
      ...mail,
      html: '<p>À bientôt.</p>',
      calendar: { method: 'REQUEST', content },
    })
    await send(ctx, transport, id)
    await send(ctx, transport, id)
    expect(await stateOf(ctx, id)).toMatchObject({ status: 'sent', attempts: 1, last_error: null })
    expect(received).toHaveLength(1)
    const [{ to, source }] = received as [Received]
    expect(to).toEqual(['ada@example.org'])
    expect(source).toMatch(/^To: Ada Lovelace <ada@example\.org>\r$/m)
    expect(source).toContain(`Message-ID: <${id}@maillage.test>`)
    expect(source).toContain('Auto-Submitted: auto-generated')
    expect(source).toMatch(/Content-Type: text\/html/)
    expect(source).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/)
    const attached = /Content-Type: application\/ics[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(source)![1]!
    const [event] = Object.values(ical.sync.parseICS(Buffer.from(attached, 'base64').toString())).filter(
      (item) => item?.type === 'VEVENT',
    )
    expect(event).toMatchObject({ summary: 'Journée d’étude', start: new Date('2022-11-24T09:00:00Z') })
  }))

test('sans serveur de messagerie, le message est gardé', () =>
  inSandbox(async (ctx) => {
    const id = await queueMail(ctx.db, ctx, mail)
    await send(ctx, null, id)
    expect(await stateOf(ctx, id)).toMatchObject({ status: 'kept', attempts: 0 })
  }))

test('serveur arrêté : on réessaie, puis le message part quand il revient', () =>
  inSandbox(async (ctx) => {
    const first = await mailServer()
    await first.close()
    const transport = transportTo(first.port)
    const id = await queueMail(ctx.db, ctx, mail)
    await expect(send(ctx, transport, id)).rejects.toThrow('Le serveur de messagerie ne répond pas.')
    expect(await stateOf(ctx, id)).toMatchObject({ status: 'waiting', attempts: 1 })
    const { received } = await mailServer({}, first.port)
    await send(ctx, transport, id)
    expect(received).toHaveLength(1)
    expect(await stateOf(ctx, id)).toMatchObject({ status: 'sent', attempts: 2, last_error: null })
  }))

test('serveur arrêté trop longtemps : le message est abandonné, avec sa raison', () =>
  inSandbox(async (ctx) => {
    const gone = await mailServer()
    await gone.close()
    const id = await queueMail(ctx.db, ctx, mail)
    await ctx.db.execute(sql`update platform.mail set attempts = 11`)
    await send(ctx, transportTo(gone.port), id)
    expect(await stateOf(ctx, id)).toMatchObject({
      status: 'failed',
      attempts: 12,
      last_error: 'Le serveur de messagerie ne répond pas.',
    })
  }))

const refusing = (responseCode: number) =>
  mailServer({
    onRcptTo: (_address, _session, done) =>
      done(Object.assign(new Error('5.1.1 <ada@example.org> unknown'), { responseCode })),
  })

test('une adresse refusée l’est pour de bon, sans les mots du serveur', () =>
  inSandbox(async (ctx) => {
    const { port } = await refusing(550)
    const id = await queueMail(ctx.db, ctx, mail)
    await send(ctx, transportTo(port), id)
    const state = await stateOf(ctx, id)
    expect(state).toMatchObject({ status: 'failed', attempts: 1, sent_at: null })
    expect(state.last_error).toMatch(/^Le serveur de messagerie refuse cette adresse/)
  }))

test('une boîte pleine pour l’instant se réessaie', () =>
  inSandbox(async (ctx) => {
    const { port } = await refusing(452)
    const id = await queueMail(ctx.db, ctx, mail)
    await expect(send(ctx, transportTo(port), id)).rejects.toThrow('réessayer plus tard')
    expect(await stateOf(ctx, id)).toMatchObject({ status: 'waiting', attempts: 1 })
  }))

test('ni le nom, ni l’objet, ni l’adresse n’ajoutent un en-tête ou un destinataire', () =>
  inSandbox(async (ctx) => {
    const { received, port } = await mailServer()
    const transport = transportTo(port)
    const forged = { ...mail, toName: 'Ada\r\nBcc: x@example.org', subject: 'Été\r\nBcc: x@example.org' }
    await send(ctx, transport, await queueMail(ctx.db, ctx, forged))
    expect(received[0]!.to).toEqual(['ada@example.org'])
    expect(received[0]!.source).not.toMatch(/^Bcc:/im)
    for (const toAddress of [
      'ada@example.org\r\nBcc: x@example.org',
      'a@example.org, b@example.org',
      'ada',
      'a b@example.org',
    ]) {
      const id = await queueMail(ctx.db, ctx, { ...mail, toAddress })
      await send(ctx, transport, id)
      expect(await stateOf(ctx, id)).toMatchObject({
        status: 'failed',
        last_error: 'Cette adresse ne peut pas recevoir de message.',
      })
    }
    expect(received).toHaveLength(1)
  }))

test('sans adresse d’expéditeur, le message attend qu’on la règle ; celle du centre sert', () =>
  inSandbox(async (ctx) => {
    const { received, port } = await mailServer()
    const transport = transportTo(port, null)
    const id = await queueMail(ctx.db, ctx, mail)
    await expect(send(ctx, transport, id)).rejects.toThrow('Aucune adresse d’expéditeur')
    await ctx.db.execute(
      sql`insert into platform.setting (key, value) values ('centre', '{"name": "Centre de l’Aude", "email": "centre@example.org"}')`,
    )
    await send(ctx, transport, id)
    expect(received[0]!.source).toMatch(/^From: .*<centre@example\.org>\r$/m)
  }))

test('deux exécutions de la même tâche n’envoient qu’un message', () =>
  withDatabase(async (ctx) => {
    const { received, port } = await mailServer()
    const transport = transportTo(port)
    const id = await queueMail(ctx.db, ctx, mail)
    await Promise.all([1, 2, 3].map(() => send(ctx, transport, id)))
    expect(received).toHaveLength(1)
    expect(await stateOf(ctx, id)).toMatchObject({ status: 'sent', attempts: 1 })
  }))
