import { desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { mails, outbox } from '#app/platform/schema.server.ts'
import { asVisitor, at, inSandbox, withDatabase } from '#tests/context.ts'
import { PASSWORD, someMember } from '../fixtures.ts'
import { oneTimeLinks, users } from '../schema.server.ts'
import { askLink, sendLink, sendLinkTo } from './ask-link.server.ts'
import { choosePassword, passwordLinkOwner } from './choose-password.server.ts'
import { signIn } from './sign-in.server.ts'
import { signInLinkOpens, enterByLink } from './enter-by-link.server.ts'

const here = { ip: '192.0.2.1', device: null, formerSession: null }

const waiting = (ctx: AppContext) =>
  ctx.db.select({ name: outbox.name, payload: outbox.payload }).from(outbox).where(eq(outbox.name, sendLink.name))

/** Asks and lets the job run; the address in the mail. */
async function linkFor(ctx: AppContext, email: string, purpose: 'sign-in' | 'password-reset', next = '/bureau') {
  await sendLinkTo(ctx, { email, purpose, next })
  const [mail] = await ctx.db.select().from(mails).orderBy(desc(mails.createdAt)).limit(1)
  const href = /https:\/\/\S+/.exec(mail!.text)![0]
  return { mail: mail!, href, token: new URL(href).pathname.split('/').at(-1)! }
}

test('demander un lien laisse la même trace et la même réponse, que l’adresse existe ou non', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx)
    const ask = (address: string) =>
      askLink(asVisitor(ctx), { email: address, purpose: 'sign-in', ip: here.ip, next: '/bureau/chiffres' })
    expect(await ask(email)).toEqual(await ask('inconnue@example.org'))
    expect(await waiting(ctx)).toEqual(
      [email, 'inconnue@example.org'].map((address) => ({
        name: 'accounts.send-link',
        payload: { email: address, purpose: 'sign-in', next: '/bureau/chiffres' },
      })),
    )
    expect(await ctx.db.select().from(oneTimeLinks)).toEqual([])
  }))

test('rien ne part pour une adresse inconnue ni pour un compte suspendu', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx, { status: 'suspended' })
    for (const address of [email, 'inconnue@example.org'])
      await sendLinkTo(ctx, { email: address, purpose: 'sign-in', next: '/bureau' })
    expect(await ctx.db.select().from(mails)).toEqual([])
  }))

test('l’adresse du lien vient du réglage du site, et ne mène que chez nous', () =>
  inSandbox(async (ctx) => {
    const { email, userId } = await someMember(ctx)
    const { mail, href } = await linkFor(ctx, email, 'sign-in', '/bureau/activites?page=2')
    expect(mail).toMatchObject({ toAddress: email, purpose: 'accounts.sign-in', entity: 'user', entityId: userId })
    expect(href).toMatch(
      /^https:\/\/maillage\.test\/connexion\/lien\/[\w-]{43}\?suite=%2Fbureau%2Factivites%3Fpage%3D2$/,
    )
    await askLink(asVisitor(ctx), { email, purpose: 'sign-in', ip: here.ip, next: '//ailleurs.example/' })
    expect((await waiting(ctx)).at(-1)!.payload).toMatchObject({ next: '/bureau' })
  }))

test('au-delà de trois demandes en un quart d’heure rien de plus ne part ; la réponse ne change pas', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx)
    for (let i = 0; i < 6; i += 1)
      expect(await askLink(asVisitor(ctx), { email, purpose: 'sign-in', ip: `v${i}`, next: '' })).toMatchObject({
        ok: true,
      })
    expect(await waiting(ctx)).toHaveLength(3)
    for (let i = 0; i < 15; i += 1)
      await askLink(asVisitor(ctx), { email: `e${i}@example.org`, purpose: 'sign-in', ip: '192.0.2.9', next: '' })
    const refused = await askLink(asVisitor(ctx), { email, purpose: 'sign-in', ip: '192.0.2.9', next: '' })
    expect(refused).toMatchObject({ error: { type: 'too-many-tries' } })
  }))

test('ouvrir la page du lien ne le consomme pas ; s’en servir, une fois', () =>
  inSandbox(async (ctx) => {
    const { email, userId } = await someMember(ctx)
    const { token } = await linkFor(ctx, email, 'sign-in')
    const visitor = asVisitor(ctx)
    for (let i = 0; i < 3; i += 1) expect(await signInLinkOpens(visitor, token)).toBe(true)
    expect(await enterByLink(visitor, { ...here, token })).toMatchObject({ ok: true, value: { userId } })
    expect(await signInLinkOpens(visitor, token)).toBe(false)
    expect(await enterByLink(visitor, { ...here, token })).toMatchObject({ error: { type: 'link-unusable' } })
  }))

test('le lien vaut quinze minutes, et les autres liens en attente cessent quand l’un a servi', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx)
    const [first, second] = [await linkFor(ctx, email, 'sign-in'), await linkFor(ctx, email, 'sign-in')]
    const late = at(asVisitor(ctx), '2022-11-24T09:15:00Z')
    expect(await enterByLink(late, { ...here, token: second.token })).toMatchObject({ ok: false })
    expect(await enterByLink(asVisitor(ctx), { ...here, token: second.token })).toMatchObject({ ok: true })
    expect(await signInLinkOpens(asVisitor(ctx), first.token)).toBe(false)
  }))

test('deux clics au même instant : une seule session', () =>
  withDatabase(async (ctx) => {
    const { email } = await someMember(ctx)
    const { token } = await linkFor(ctx, email, 'sign-in')
    const results = await Promise.all([1, 2, 3].map(() => enterByLink(asVisitor(ctx), { ...here, token })))
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  }))

test('un lien d’un usage n’en sert pas un autre', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx)
    const signInLink = await linkFor(ctx, email, 'sign-in')
    const resetLink = await linkFor(ctx, email, 'password-reset')
    const visitor = asVisitor(ctx)
    expect(await passwordLinkOwner(visitor, 'password-reset', signInLink.token)).toBeNull()
    expect(await passwordLinkOwner(visitor, 'invitation', resetLink.token)).toBeNull()
    expect(await signInLinkOpens(visitor, resetLink.token)).toBe(false)
    const input = {
      ...here,
      token: signInLink.token,
      purpose: 'password-reset',
      password: 'cinq rames bleues',
    } as const
    expect(await choosePassword(visitor, input)).toMatchObject({ error: { type: 'link-unusable' } })
  }))

test('le compte suspendu après l’envoi : le lien n’ouvre plus rien', () =>
  inSandbox(async (ctx) => {
    const { email, userId } = await someMember(ctx)
    const { token } = await linkFor(ctx, email, 'sign-in')
    await ctx.db.update(users).set({ status: 'suspended' }).where(eq(users.id, userId))
    expect(await signInLinkOpens(ctx, token)).toBe(false)
    expect(await enterByLink(asVisitor(ctx), { ...here, token })).toMatchObject({ ok: false })
  }))

test('un mot de passe oublié se remplace par lien ; l’ancien ne sert plus, la personne en est avertie', () =>
  inSandbox(async (ctx) => {
    const { email, userId, label } = await someMember(ctx, { givenName: 'Inès' })
    const { token } = await linkFor(ctx, email, 'password-reset')
    const visitor = asVisitor(ctx)
    expect(await passwordLinkOwner(visitor, 'password-reset', token)).toEqual({ givenName: 'Inès', email })
    const input = { ...here, token, purpose: 'password-reset' } as const
    expect(await choosePassword(visitor, { ...input, password: 'motdepasse2022' })).toMatchObject({
      error: { type: 'password-too-common' },
    })
    expect(await choosePassword(visitor, { ...input, password: 'cinq rames bleues' })).toMatchObject({ ok: true })
    expect(await choosePassword(visitor, { ...input, password: 'six rames jaunes' })).toMatchObject({ ok: false })

    const enter = (password: string) => signIn(visitor, { ...here, email, password, knownAccountId: null })
    expect(await enter(PASSWORD)).toMatchObject({ ok: false })
    expect(await enter('cinq rames bleues')).toMatchObject({ ok: true })
    expect(await changesOf(ctx.db, 'user', userId)).toMatchObject([
      { action: 'accounts.password-reset', actorLabel: label, fields: {} },
    ])
    const sent = await ctx.db.select({ purpose: mails.purpose, text: mails.text }).from(mails)
    expect(sent.map(({ purpose }) => purpose)).toEqual([
      'accounts.password-reset',
      'accounts.password-changed',
      'accounts.new-device',
    ])
    expect(JSON.stringify(sent)).not.toContain('rames')
  }))
