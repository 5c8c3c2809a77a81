import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { mails } from '#app/platform/schema.server.ts'
import { as, asRole, asVisitor, inSandbox, NOW } from '#tests/context.ts'
import { signIn } from '../entry/sign-in.server.ts'
import { PASSWORD, someMember } from '../fixtures.ts'
import { identities, pendingSteps, users, userSessions } from '../schema.server.ts'
import { actorOfSession, openSession } from '../sessions.server.ts'
import { beginJourney } from './begin.server.ts'
import { comeBack } from './come-back.server.ts'
import { type LocalProvider, type Person, startLocalProvider } from './local-provider.ts'
import { expectIdentity, identityOf, unlinkIdentity } from './manage-identity.server.ts'
import { providerSignOut } from './sign-out.server.ts'

const BASE = 'https://maillage.test'
const around = { ip: '192.0.2.9', device: 'Firefox, Windows', formerSession: null }

let provider: LocalProvider
beforeAll(async () => {
  provider = await startLocalProvider({ redirectUris: [`${BASE}/connexion/identite/retour`] })
})
afterAll(() => provider.close())

/** The provider lives in the present; the house must too, or every token is too old. */
const started = Date.now()
const present = (ctx: AppContext): AppContext => ({
  ...ctx,
  now: () => new Date(NOW.getTime() + Date.now() - started),
  identityProvider: provider.settings,
})
const inHouse = (work: (ctx: AppContext) => Promise<void>) => inSandbox((ctx) => work(present(ctx)))

async function begin(ctx: AppContext, purpose: 'sign-in' | 'link' = 'sign-in', next = '/bureau') {
  const begun = await beginJourney(ctx, { ip: around.ip, next, purpose })
  if (!begun.ok) throw new Error(begun.error.type)
  return begun.value
}

/** The whole way, as this person. */
async function journey(ctx: AppContext, person: Person, purpose: 'sign-in' | 'link' = 'sign-in', next?: string) {
  provider.person = person
  const { href, token } = await begin(ctx, purpose, next)
  const { search } = await provider.walk(href)
  return comeBack(ctx, { ...around, token, search })
}

const agent = (email: string, more: Partial<Person> = {}): Person => ({
  sub: `sub-${email}`,
  email,
  email_verified: true,
  ...more,
})

const enter = (ctx: AppContext, email: string, waitingIdentity: string | null) =>
  signIn(asVisitor(ctx), { ...around, email, password: PASSWORD, knownAccountId: null, waitingIdentity })

describe('la demande', () => {
  test('porte état, nonce, PKCE et niveau demandé ; la clef du client n’y est pas', () =>
    inHouse(async (ctx) => {
      const { href } = await begin(asVisitor(ctx))
      const { origin, searchParams: asked } = new URL(href)
      expect(origin).toBe(provider.settings.issuer)
      expect(Object.fromEntries(asked)).toMatchObject({
        client_id: 'maillage',
        response_type: 'code',
        redirect_uri: `${BASE}/connexion/identite/retour`,
        acr_values: 'eidas1',
        code_challenge_method: 'S256',
        scope: 'openid given_name usual_name email siret uid',
      })
      for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)!.length).toBeGreaterThan(30)
      expect(href).not.toContain(provider.settings.clientSecret)
    }))

  test('n’existe pas sans fournisseur réglé, et le dit quand il ne répond pas', () =>
    inSandbox(async (ctx) => {
      const ask = (one: AppContext) => beginJourney(one, { ip: around.ip, next: '/', purpose: 'sign-in' })
      expect(await ask(asVisitor(ctx))).toEqual({ ok: false, error: { type: 'no-provider' } })
      const said = vi.spyOn(console, 'error').mockImplementation(() => {})
      const identityProvider = { ...provider.settings, issuer: 'http://127.0.0.1:1' }
      expect(await ask({ ...asVisitor(ctx), identityProvider })).toEqual({
        ok: false,
        error: { type: 'provider-unreachable' },
      })
      expect(said).toHaveBeenCalledOnce()
    }))
})

describe('qui n’est pas relié', () => {
  test('n’entre pas par la seule adresse : il entre une fois par ses moyens, et est relié', () =>
    inHouse(async (ctx) => {
      const member = await someMember(ctx)
      const visitor = asVisitor(ctx)
      const back = await journey(
        visitor,
        agent(member.email.toUpperCase(), { sub: 'camille' }),
        'sign-in',
        '/bureau/chiffres',
      )
      expect(back).toMatchObject({ ok: true, value: { type: 'to-link', next: '/bureau/chiffres' } })
      expect(await ctx.db.select().from(userSessions)).toEqual([])
      expect(await ctx.db.select().from(identities)).toEqual([])

      const waiting = back.ok && back.value.type === 'to-link' ? back.value.token : null
      expect(await enter(ctx, member.email, waiting)).toMatchObject({ ok: true })
      expect(await ctx.db.select().from(identities)).toMatchObject([{ userId: member.userId, subject: 'camille' }])
      const [mail] = await ctx.db.select().from(mails).where(eq(mails.purpose, 'accounts.identity-linked'))
      expect(mail).toMatchObject({ toAddress: member.email })

      // from now on the subject opens the account, whatever the address has become
      const again = await journey(visitor, agent('nouvelle.adresse@example.org', { sub: 'camille' }))
      expect(again).toMatchObject({ ok: true, value: { type: 'entered', admitted: { userId: member.userId } } })
    }))

  test('sur un poste partagé, l’identité qui attend n’est pas reliée au compte d’un autre', () =>
    inHouse(async (ctx) => {
      const [member, colleague] = [await someMember(ctx), await someMember(ctx)]
      const back = await journey(asVisitor(ctx), agent(member.email))
      const waiting = back.ok && back.value.type === 'to-link' ? back.value.token : null
      expect(await enter(ctx, colleague.email, waiting)).toMatchObject({ ok: true })
      expect(await ctx.db.select().from(identities)).toEqual([])
    }))

  test('est refusé quand personne ne l’attend, ou quand le fournisseur doute de l’adresse', () =>
    inHouse(async (ctx) => {
      const member = await someMember(ctx)
      const unknown = { ok: false, error: { type: 'unknown-person' } }
      expect(await journey(asVisitor(ctx), agent('inconnue@example.org'))).toEqual(unknown)
      expect(await journey(asVisitor(ctx), agent(member.email, { email_verified: false }))).toEqual(unknown)
    }))

  test('entre tout de suite quand l’administration l’attend, sept jours et une fois', () =>
    inHouse(async (ctx) => {
      const admin = await someMember(ctx, { role: 'administration' })
      const member = await someMember(ctx, { joined: false })
      const { userId } = member
      expect(await expectIdentity({ ...admin.ctx, ...{ now: ctx.now } }, { userId })).toEqual({ ok: true, value: null })
      const week = { ...asVisitor(ctx), now: () => new Date(ctx.now().getTime() + 8 * 86_400_000) }
      expect(await journey(week, agent(member.email))).toMatchObject({ value: { type: 'to-link' } })
      const entered = await journey(asVisitor(ctx), agent(member.email, { sub: 'un' }))
      expect(entered).toMatchObject({ ok: true, value: { type: 'entered', admitted: { userId } } })
      // another subject with the same address is somebody else
      expect(await journey(asVisitor(ctx), agent(member.email, { sub: 'deux' }))).toMatchObject({
        value: { type: 'to-link' },
      })
    }))
})

describe('n’ouvre rien', () => {
  test('un compte suspendu, relié ou attendu', () =>
    inHouse(async (ctx) => {
      const member = await someMember(ctx)
      const link = { issuer: provider.settings.issuer, subject: 'camille', email: member.email, createdAt: NOW }
      await ctx.db.insert(identities).values({ userId: member.userId, ...link })
      await ctx.db.update(users).set({ status: 'suspended' }).where(eq(users.id, member.userId))
      const suspended = { ok: false, error: { type: 'suspended' } }
      expect(await journey(asVisitor(ctx), agent(member.email, { sub: 'camille' }))).toEqual(suspended)
      expect(await ctx.db.select().from(userSessions)).toEqual([])
    }))

  test('une réponse rejouée, d’un autre navigateur, trop tardive, ou sans voyage', () =>
    inHouse(async (ctx) => {
      const member = await someMember(ctx)
      const visitor = asVisitor(ctx)
      provider.person = agent(member.email)
      const over = { ok: false, error: { type: 'journey-over' } }
      const first = await begin(visitor)
      const { search } = await provider.walk(first.href)
      expect(await comeBack(visitor, { ...around, token: null, search })).toEqual(over)
      expect(await comeBack(visitor, { ...around, token: 'A'.repeat(43), search })).toEqual(over)
      const late = { ...visitor, now: () => new Date(ctx.now().getTime() + 601_000) }
      expect(await comeBack(late, { ...around, token: first.token, search })).toEqual(over)
      expect(await comeBack(visitor, { ...around, token: first.token, search })).toMatchObject({ ok: true })
      expect(await comeBack(visitor, { ...around, token: first.token, search })).toEqual(over)
      // the same code in a second journey of one's own: another state, another verifier, and the code is spent
      const second = await begin(visitor)
      expect(await comeBack(visitor, { ...around, token: second.token, search })).toEqual({
        ok: false,
        error: { type: 'refused' },
      })
    }))

  test('un état, un émetteur, un code, un nonce ou un vérificateur qui n’est pas celui du voyage', () =>
    inHouse(async (ctx) => {
      const visitor = asVisitor(ctx)
      provider.person = agent((await someMember(ctx)).email)
      const wrong = async (spoil: (search: URLSearchParams) => void, kept: Record<string, string> = {}) => {
        const { href, token } = await begin(visitor)
        if (Object.keys(kept).length > 0) {
          const [step] = await ctx.db.select().from(pendingSteps)
          await ctx.db.update(pendingSteps).set({ data: { ...step!.data, ...kept } })
        }
        const { searchParams } = await provider.walk(href)
        spoil(searchParams)
        return comeBack(visitor, { ...around, token, search: `?${searchParams}` })
      }
      const refused = { ok: false, error: { type: 'refused' } }
      expect(await wrong((search) => search.set('state', 'un-autre-etat'))).toEqual(refused)
      expect(await wrong((search) => search.delete('state'))).toEqual(refused)
      expect(await wrong((search) => search.set('iss', 'https://pirate.example'))).toEqual(refused)
      expect(await wrong((search) => search.delete('iss'))).toEqual(refused)
      expect(await wrong((search) => search.set('code', 'invente'))).toEqual(refused)
      expect(await wrong((search) => search.delete('code'))).toEqual(refused)
      expect(await wrong(() => {}, { nonce: 'un-autre-nonce' })).toEqual(refused)
      expect(await wrong(() => {}, { verifier: 'v'.repeat(43) })).toEqual(refused)
      expect(await wrong(() => {}, { issuer: 'https://pirate.example' })).toEqual({
        ok: false,
        error: { type: 'journey-over' },
      })
      expect(await ctx.db.select().from(userSessions)).toEqual([])
    }))

  test('des renseignements dont la signature a été touchée, ou un jeton périmé', () =>
    inHouse(async (ctx) => {
      const person = agent((await someMember(ctx)).email)
      const refused = { ok: false, error: { type: 'refused' } }
      provider.spoilUserinfo()
      expect(await journey(asVisitor(ctx), person)).toEqual(refused)
      expect(provider.userinfoType).toMatch(/^application\/jwt/)
      provider.tokenLife = -60
      expect(await journey(asVisitor(ctx), person)).toEqual(refused)
      provider.tokenLife = 3600
      expect(await journey(asVisitor(ctx), person)).toMatchObject({ ok: true })
    }))

  test('un abandon chez le fournisseur', () =>
    inHouse(async (ctx) => {
      const { href, token } = await begin(asVisitor(ctx))
      const { search } = await provider.walk(href, { giveUp: true })
      // the provider of the tests signs its refusals with its name; without it they would be refused too
      const named = `${search}&iss=${encodeURIComponent(provider.settings.issuer)}`
      expect(await comeBack(asVisitor(ctx), { ...around, token, search: named })).toEqual({
        ok: false,
        error: { type: 'given-up' },
      })
    }))

  test('un retour vers un site étranger : le fournisseur ne connaît que le nôtre', () =>
    inHouse(async (ctx) => {
      const { href } = await begin({ ...asVisitor(ctx), baseUrl: 'https://pirate.example' })
      await expect(provider.walk(href)).rejects.toThrow('400')
    }))
})

test('le code du téléphone reste demandé, sauf si le fournisseur dit avoir vu deux preuves', () =>
  inHouse(async (ctx) => {
    const member = await someMember(ctx)
    const link = { issuer: provider.settings.issuer, subject: 'camille', email: member.email, createdAt: NOW }
    await ctx.db.insert(identities).values({ userId: member.userId, ...link })
    const { totps } = await import('../schema.server.ts')
    await ctx.db.insert(totps).values({ userId: member.userId, secret: 'scellé', createdAt: NOW, confirmedAt: NOW })
    const admitted = async (more: Partial<Person>) => {
      const back = await journey(asVisitor(ctx), agent(member.email, { sub: 'camille', ...more }))
      return back.ok && back.value.type === 'entered' ? back.value.admitted : null
    }
    expect(await admitted({})).toMatchObject({ session: null })
    expect(await admitted({ amr: ['pwd', 'mfa'] })).toMatchObject({ step: null })
  }))

describe('depuis son compte', () => {
  async function inside(ctx: AppContext) {
    const member = await someMember(ctx)
    const session = await openSession(ctx.db, ctx, member.userId, null)
    return { member, own: as(ctx, (await actorOfSession(ctx.db, session, ctx.now()))!) }
  }

  test('on relie, même sous une autre adresse ; une identité n’a qu’un compte, un compte qu’une identité', () =>
    inHouse(async (ctx) => {
      const [camille, denis] = [await inside(ctx), await inside(ctx)]
      expect(await journey(camille.own, agent('pro@example.org', { sub: 'c' }), 'link')).toEqual({
        ok: true,
        value: { type: 'linked' },
      })
      expect(await identityOf(camille.own, camille.member.userId)).toMatchObject({
        linked: { email: 'pro@example.org' },
      })
      const elsewhere = { ok: false, error: { type: 'linked-elsewhere' } }
      expect(await journey(denis.own, agent('pro@example.org', { sub: 'c' }), 'link')).toEqual(elsewhere)
      expect(await journey(camille.own, agent('pro@example.org', { sub: 'autre' }), 'link')).toEqual(elsewhere)
    }))

  test('le voyage commencé par l’un n’est pas fini par l’autre', () =>
    inHouse(async (ctx) => {
      const [camille, denis] = [await inside(ctx), await inside(ctx)]
      provider.person = agent('pro@example.org')
      const { href, token } = await begin(camille.own, 'link')
      const { search } = await provider.walk(href)
      expect(await comeBack(denis.own, { ...around, token, search })).toEqual({
        ok: false,
        error: { type: 'journey-over' },
      })
    }))

  test('relier, détacher, attendre : soi-même ou l’administration, identifiés depuis moins d’un quart d’heure', () =>
    inHouse(async (ctx) => {
      const { member, own } = await inside(ctx)
      const { userId } = member
      const refused = { ok: false, error: { type: 'not-allowed' } }
      const proof = { ok: false, error: { type: 'proof-needed' } }
      const late = { ...own, now: () => new Date(ctx.now().getTime() + 901_000) }
      expect(await beginJourney(late, { ip: around.ip, next: '/', purpose: 'link' })).toEqual(proof)
      expect(await beginJourney(asVisitor(ctx), { ip: around.ip, next: '/', purpose: 'link' })).toEqual(proof)
      expect(await unlinkIdentity(late, { userId })).toEqual(proof)
      for (const role of ['direction', 'lecture'] as const) {
        expect(await unlinkIdentity(asRole(ctx, role), { userId })).toEqual(refused)
        expect(await expectIdentity(asRole(ctx, role), { userId })).toEqual(refused)
      }
      expect(await expectIdentity(own, { userId })).toEqual(refused)
      expect(await identityOf(asRole(ctx, 'lecture'), userId)).toBeNull()
      await journey(own, agent('pro@example.org', { sub: 'c' }), 'link')
      expect(await unlinkIdentity(own, { userId })).toEqual({ ok: true, value: null })
      expect(await unlinkIdentity(own, { userId })).toEqual({ ok: false, error: { type: 'not-found' } })
    }))
})

test('à la déconnexion, le fournisseur est prévenu avec le jeton d’identité, gardé scellé', () =>
  inHouse(async (ctx) => {
    const member = await someMember(ctx)
    const link = { issuer: provider.settings.issuer, subject: 'camille', email: member.email, createdAt: NOW }
    await ctx.db.insert(identities).values({ userId: member.userId, ...link })
    const back = await journey(asVisitor(ctx), agent(member.email, { sub: 'camille' }))
    const session = back.ok && back.value.type === 'entered' ? back.value.admitted.session : null
    const href = new URL((await providerSignOut(ctx, session))!)
    expect(href.origin).toBe(provider.settings.issuer)
    const hint = href.searchParams.get('id_token_hint')!
    expect(JSON.parse(Buffer.from(hint.split('.')[1]!, 'base64url').toString())).toMatchObject({ sub: 'camille' })
    expect(href.searchParams.get('post_logout_redirect_uri')).toBe(`${BASE}/connexion`)
    expect(href.searchParams.get('state')).not.toBeNull()
    const [row] = await ctx.db.select().from(userSessions)
    expect(row!.idToken).not.toContain(hint)
    const plain = await openSession(ctx.db, ctx, member.userId, null)
    expect(await providerSignOut(ctx, plain)).toBeNull()
  }))
