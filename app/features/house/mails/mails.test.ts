import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { asRole, asVisitor, inSandbox } from '#tests/context.ts'
import { LinkedText } from './linked-text.tsx'
import { listAsked } from './mail-list.server.ts'
import { countMails, listMails, mailCounts, readMail, resendMail } from './queries.server.ts'

const write = (ctx: AppContext, subject: string, purpose = 'registration-confirmed') =>
  queueMail(ctx.db, ctx, { purpose, toAddress: 'ada@example.org', toName: 'Ada', subject, text: 'Bonjour.' })
const setStatus = (ctx: AppContext, id: string, status: string) =>
  ctx.db.execute(
    sql`update platform.mail set status = ${status}, attempts = 3, last_error = 'Refusé.' where id = ${id}`,
  )
const nobody = '00000000-0000-4000-8000-00000000000c'
const all = { q: '', statuses: [], purposes: [] }

const subjects = async (ctx: AppContext, query: string) => {
  const read = await listAsked(ctx, new URLSearchParams(query))
  return read.ok ? read.value.rows.map(({ subject }) => subject) : read.error
}

test('les envois se filtrent par état, par objet, par sujet ou adresse', () =>
  inSandbox(async (ctx) => {
    await setStatus(ctx, await write(ctx, 'Journée d’étude'), 'failed')
    await write(ctx, 'Votre lien', 'accounts.sign-in')
    expect(await subjects(ctx, 'etat=failed')).toEqual(['Journée d’étude'])
    expect(await subjects(ctx, 'objet=accounts.sign-in')).toEqual(['Votre lien'])
    expect(await subjects(ctx, 'q=etude')).toEqual(['Journée d’étude'])
    expect(await subjects(ctx, 'q=ada@example')).toHaveLength(2)
    expect(await subjects(ctx, 'etat=perdu')).toMatchObject({ type: 'unknown-filter' })
    expect(await mailCounts(ctx)).toEqual({ waiting: 1, sent: 0, kept: 0, failed: 1 })
  }))

test('un message qui n’est pas parti se renvoie, une fois, tracé ; un message parti, non', () =>
  inSandbox(async (ctx) => {
    const id = await write(ctx, 'Journée d’étude')
    await ctx.db.execute(sql`delete from platform.outbox`)
    expect(await resendMail(ctx, id)).toEqual({ ok: false, error: { type: 'not-failed' } })
    await setStatus(ctx, id, 'failed')
    expect(await resendMail(asRole(ctx, 'communication'), id)).toEqual({ ok: true, value: null })
    expect(await resendMail(ctx, id)).toEqual({ ok: false, error: { type: 'not-failed' } })
    expect(await readMail(ctx, id)).toMatchObject({ status: 'waiting', attempts: 0, lastError: null })
    const { rows } = await ctx.db.execute(sql`select payload from platform.outbox`)
    expect(rows).toEqual([{ payload: { mailId: id } }])
    expect(await resendMail(ctx, nobody)).toEqual({ ok: false, error: { type: 'unknown-mail' } })
  }))

test('un lien de connexion n’est lu que par qui gère les comptes', () =>
  inSandbox(async (ctx) => {
    const id = await write(ctx, 'Votre lien', 'accounts.sign-in')
    expect(await readMail(asRole(ctx, 'communication'), id)).toMatchObject({ sealed: true, text: '', html: null })
    expect(await readMail(asRole(ctx, 'administration'), id)).toMatchObject({ sealed: false, text: 'Bonjour.' })
  }))

test('sans droit, rien ne se lit ni ne repart', () =>
  inSandbox(async (ctx) => {
    const id = await write(ctx, 'Journée d’étude')
    for (const outsider of [asVisitor(ctx), asRole(ctx, 'charge-de-mission')]) {
      expect(await listMails(outsider, all, { limit: 10 })).toEqual([])
      expect(await countMails(outsider, all)).toBe(0)
      expect(await mailCounts(outsider)).toEqual({ waiting: 0, sent: 0, kept: 0, failed: 0 })
      expect(await readMail(outsider, id)).toBeNull()
      expect(await resendMail(outsider, id)).toEqual({ ok: false, error: { type: 'not-allowed' } })
    }
  }))

const shown = (text: string) => renderToStaticMarkup(createElement(LinkedText, { text }))

test('les liens d’un message se suivent, la ponctuation reste dehors, rien d’autre ne devient un lien', () => {
  expect(shown('Voyez https://reseau.example/a?b=1&c=2. Merci')).toContain(
    '<a href="https://reseau.example/a?b=1&amp;c=2" rel="noreferrer">https://reseau.example/a?b=1&amp;c=2</a>. Merci',
  )
  expect(shown('javascript:alert(1) <script>')).not.toMatch(/<a|<script/)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const [, href] of shown(`${text} https://x.example/${text}`).matchAll(/href="([^"]*)"/g))
        expect(href).toMatch(/^https?:\/\//)
    }),
  )
})
