import { RouterContextProvider } from 'react-router'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { asVisitor, inSandbox } from '#tests/context.ts'
import { PASSWORD, someMember } from '../fixtures.ts'
import { makeLink } from '../one-time-links.server.ts'
import { openSession } from '../sessions.server.ts'
import { makeSetUpLink } from '../set-up-link.server.ts'
import * as invitation from './pages/invitation.tsx'
import * as setUp from './pages/set-up.tsx'
import * as signIn from './pages/sign-in.tsx'
import * as signInLink from './pages/sign-in-link.tsx'
import * as signOut from './pages/sign-out.tsx'

/** What a page gets of a request, and what it answers: a Response, or the data and status of its own page. */
async function ask(
  ctx: AppContext,
  page: { loader?: unknown; action?: unknown },
  path: string,
  form?: Record<string, string>,
  sessionToken: string | null = null,
) {
  const context = new RouterContextProvider()
  context.set(requestContext, ctx)
  context.set(webRequest, { ip: '192.0.2.1', nonce: '', sessionToken, userAgent: 'Firefox/107.0 Windows' })
  const url = new URL(path, ctx.baseUrl)
  const request = new Request(url, form && { method: 'POST', body: new URLSearchParams(form) })
  const handle = (form ? page.action : page.loader) as (args: object) => unknown
  const params = { token: url.pathname.split('/').at(-1) }
  try {
    return readAnswer(await handle({ request, context, url, params }))
  } catch (thrown) {
    return readAnswer(thrown)
  }
}

interface Answer {
  status: number
  location: string | null
  cookies: string[]
  data: unknown
}

function readAnswer(answer: unknown): Answer {
  if (answer instanceof Response) {
    const { status, headers } = answer
    return { status, location: headers.get('location'), cookies: headers.getSetCookie(), data: null }
  }
  const { data = answer, init } = answer as { data?: unknown; init?: { status?: number } }
  return { status: init?.status ?? 200, location: null, cookies: [], data }
}

const tokenOf = (path: string | null) => path!.split('/').at(-1)!

test('la connexion dépose deux témoins sûrs et mène à la page demandée, jamais ailleurs', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx)
    const enter = (suite: string) => ask(asVisitor(ctx), signIn, '/connexion', { email, password: PASSWORD, suite })
    const { status, location, cookies: all } = await enter('/bureau/activites?page=2')
    expect({ status, location }).toEqual({ status: 302, location: '/bureau/activites?page=2' })
    const cookies = all.filter((cookie) => !cookie.includes('Max-Age=0'))
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-maillage', '__Host-maillage-appareil'])
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    for (const suite of [
      '//ailleurs.example',
      'https://ailleurs.example',
      '/\\ailleurs.example',
      'javascript:alert(1)',
      '',
    ])
      expect((await enter(suite)).location).toBe('/bureau')
  }))

test('un refus garde l’adresse tapée et jamais le mot de passe', () =>
  inSandbox(async (ctx) => {
    const visitor = asVisitor(ctx)
    const wrong = await ask(visitor, signIn, '/connexion', {
      email: 'a@example.org',
      password: 'secret de polichinelle',
    })
    expect(wrong.status).toBe(401)
    expect(wrong.data).toMatchObject({ values: { email: 'a@example.org' } })
    const unread = await ask(visitor, signIn, '/connexion', {
      email: 'a\r\nBcc: b@example.org',
      password: 'p'.repeat(300),
    })
    expect(unread.status).toBe(400)
    expect(Object.keys((unread.data as { errors: object }).errors)).toEqual(['email', 'password'])
    for (const { data } of [wrong, unread]) expect(JSON.stringify(data)).not.toMatch(/polichinelle|ppp/)
  }))

test('qui est déjà entré ne voit pas la page de connexion', () =>
  inSandbox(async (ctx) => {
    const { ctx: camille } = await someMember(ctx)
    expect(await ask(camille, signIn, '/connexion?suite=/bureau/chiffres')).toMatchObject({
      location: '/bureau/chiffres',
    })
    expect(await ask(camille, signIn, '/connexion?suite=//ailleurs.example')).toMatchObject({ location: '/bureau' })
  }))

test('demander un lien répond de même à toute adresse', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx)
    const link = async (address: string) => {
      const { status, data } = await ask(asVisitor(ctx), signIn, '/connexion', { email: address, intent: 'link' })
      return { status, data: JSON.stringify(data).replaceAll(address, '…') }
    }
    expect(await link(email)).toEqual(await link('inconnue@example.org'))
  }))

test('un lien de connexion ne s’use qu’au bouton ; usé, il répond 410', () =>
  inSandbox(async (ctx) => {
    const { userId } = await someMember(ctx)
    const path = `/connexion/lien/${await makeLink(ctx.db, ctx, 'sign-in', userId)}?suite=%2Fbureau%2Frapport`
    expect(await ask(asVisitor(ctx), signInLink, path)).toMatchObject({ status: 200 })
    expect(await ask(asVisitor(ctx), signInLink, path)).toMatchObject({ status: 200 })
    expect(await ask(asVisitor(ctx), signInLink, path, {})).toMatchObject({ status: 302, location: '/bureau/rapport' })
    for (const form of [undefined, {}]) expect((await ask(asVisitor(ctx), signInLink, path, form)).status).toBe(410)
  }))

test('l’installation : refus au champ, puis le compte, puis 410', () =>
  inSandbox(async (ctx) => {
    const path = `/installation/${tokenOf(await makeSetUpLink(ctx))}`
    const names = { centreName: 'Villes et Liens', givenName: 'Inès', familyName: 'Caumont' }
    const account = { ...names, email: 'ines@example.org', password: 'quatre rames vertes' }
    const visitor = asVisitor(ctx)
    expect(await ask(visitor, setUp, path)).toMatchObject({ status: 200 })
    const short = await ask(visitor, setUp, path, { ...account, familyName: ' ', password: 'bref' })
    expect(short).toMatchObject({ status: 400, data: { values: { givenName: 'Inès' } } })
    expect(Object.keys((short.data as { errors: object }).errors)).toEqual(['familyName', 'password'])
    expect(JSON.stringify(short.data)).not.toContain('bref')
    const long = await ask(visitor, setUp, path, { ...account, givenName: 'x'.repeat(10_000) })
    expect(long).toMatchObject({ status: 400 })
    const easy = await ask(visitor, setUp, path, { ...account, password: 'motdepasse2022' })
    expect(easy).toMatchObject({
      status: 400,
      data: { errors: { password: [expect.stringContaining('facile à deviner')] } },
    })
    expect(await ask(visitor, setUp, path, account)).toMatchObject({ status: 302, location: '/bureau' })
    for (const form of [undefined, account, {}]) expect((await ask(visitor, setUp, path, form)).status).toBe(410)
  }))

test('une invitation inventée ou périmée répond 410', () =>
  inSandbox(async (ctx) => {
    const forms: (Record<string, string> | undefined)[] = [undefined, {}, { password: 'quatre rames vertes' }]
    for (const form of forms)
      expect((await ask(asVisitor(ctx), invitation, '/connexion/invitation/abc', form)).status).toBe(410)
  }))

test('on ne se déconnecte que par le bouton : l’adresse seule ne fait rien', () =>
  inSandbox(async (ctx) => {
    const { userId, ctx: camille } = await someMember(ctx)
    const token = await openSession(ctx.db, ctx, userId, null)
    expect((await ask(camille, signOut, '/deconnexion', undefined, token)).status).toBe(405)
    const left = await ask(camille, signOut, '/deconnexion', {}, token)
    expect(left).toMatchObject({ status: 302, location: '/connexion?deconnexion' })
    expect(left.cookies[0]).toContain('__Host-maillage=; Max-Age=0')
  }))
