import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { as, asVisitor, inSandbox } from '#tests/context.ts'
import { signIn } from '../entry/sign-in.server.ts'
import { PASSWORD, someMember } from '../fixtures.ts'
import { passkeys, signIns, users } from '../schema.server.ts'
import { changeSecurityRule } from '../second-factor/rule.server.ts'
import { actorOfSession, openSession } from '../sessions.server.ts'
import { addPasskey, askNewPasskey, ownPasskeys, removePasskey } from './own-passkeys.server.ts'
import { softwareKey } from './software-key.ts'
import { askPasskey, proveByPasskey, signInByPasskey, takeSecondStepByPasskey } from './use-passkey.server.ts'

const around = { ip: '192.0.2.1', device: 'Firefox, Windows', formerSession: null }
const later = (ctx: AppContext, seconds: number): AppContext => {
  const instant = new Date(ctx.now().getTime() + seconds * 1000)
  return { ...ctx, now: () => instant }
}

async function asked(ctx: AppContext, purpose: 'passkey-sign-in' | 'passkey-proof' = 'passkey-sign-in') {
  const options = await askPasskey(ctx, { purpose, ip: around.ip })
  if (!options.ok) throw new Error(options.error.type)
  return options.value.challenge
}

async function newChallenge(ctx: AppContext) {
  const options = await askNewPasskey(ctx)
  if (!options.ok) throw new Error(options.error.type)
  return options.value
}

async function memberWithKey(ctx: AppContext, wanted: Parameters<typeof someMember>[1] = {}) {
  const member = await someMember(ctx, wanted)
  const session = await openSession(ctx.db, ctx, member.userId, null)
  const own = as(ctx, (await actorOfSession(ctx.db, session, ctx.now()))!)
  const key = softwareKey()
  const { challenge, user } = await newChallenge(own)
  const added = await addPasskey(own, { name: 'Téléphone', answer: key.register({ challenge }) })
  expect(added).toMatchObject({ ok: true })
  return { member, own, key, userHandle: user.id, session: added.ok ? added.value.session : null }
}

const enter = (ctx: AppContext, answer: Parameters<typeof signInByPasskey>[1]['answer']) =>
  signInByPasskey(asVisitor(ctx), { ...around, answer })

const REFUSED = { ok: false, error: { type: 'refused' } }

test('une clé d’accès ouvre le bureau sans mot de passe et vaut deux preuves', () =>
  inSandbox(async (ctx) => {
    const admin = await someMember(ctx, { role: 'administration' })
    const { member, key, userHandle } = await memberWithKey(ctx, { role: 'gestion' })
    await changeSecurityRule(admin.ctx, { secondFactorRoles: ['gestion'] })
    const entered = await enter(ctx, key.use({ challenge: await asked(asVisitor(ctx)), userHandle }))
    const actor = await actorOfSession(ctx.db, entered.ok ? entered.value.session : null, ctx.now())
    expect(actor).toMatchObject({ userId: member.userId, confined: false })
    expect((await ctx.db.select().from(passkeys))[0]!.lastUsedAt).toEqual(ctx.now())
  }))

describe('rien n’entre', () => {
  test('par une réponse rejouée, trop tardive, à une question inventée ou posée pour autre chose', () =>
    inSandbox(async (ctx) => {
      const { own, key } = await memberWithKey(ctx)
      const visitor = asVisitor(ctx)
      const answer = key.use({ challenge: await asked(visitor) })
      expect(await enter(ctx, answer)).toMatchObject({ ok: true })
      expect(await enter(ctx, answer)).toEqual(REFUSED)
      const late = key.use({ challenge: await asked(visitor) })
      expect(await enter(later(ctx, 601), late)).toEqual(REFUSED)
      expect(await enter(ctx, key.use({ challenge: 'A'.repeat(43) }))).toEqual(REFUSED)
      expect(await enter(ctx, key.use({ challenge: await asked(own, 'passkey-proof') }))).toEqual(REFUSED)
      const { challenge } = await newChallenge(own)
      expect(await enter(ctx, key.use({ challenge }))).toEqual(REFUSED)
    }))

  test('par une réponse donnée à un autre site, à un autre nom, ou sans que la personne soit reconnue', () =>
    inSandbox(async (ctx) => {
      const { key } = await memberWithKey(ctx)
      for (const wrong of [
        { origin: 'https://maillage.test.pirate.example' },
        { origin: 'http://maillage.test' },
        { rpId: 'pirate.example' },
        { recognised: false },
        { userHandle: 'cGFzIGVsbGU' },
      ])
        expect(await enter(ctx, key.use({ challenge: await asked(asVisitor(ctx)), ...wrong }))).toEqual(REFUSED)
      const refusals = await ctx.db.select().from(signIns).where(eq(signIns.outcome, 'passkey-refused'))
      expect(refusals).toHaveLength(5)
    }))

  test('par une clé inconnue, signée d’une autre main, ou dont le compte est suspendu', () =>
    inSandbox(async (ctx) => {
      const { member, key } = await memberWithKey(ctx)
      expect(await enter(ctx, softwareKey().use({ challenge: await asked(asVisitor(ctx)) }))).toEqual(REFUSED)
      const forged = { ...softwareKey().use({ challenge: await asked(asVisitor(ctx)) }), id: key.id, rawId: key.id }
      expect(await enter(ctx, forged)).toEqual(REFUSED)
      await ctx.db.update(users).set({ status: 'suspended' }).where(eq(users.id, member.userId))
      expect(await enter(ctx, key.use({ challenge: await asked(asVisitor(ctx)) }))).toEqual(REFUSED)
    }))

  test('par la copie d’une clé : son compteur n’avance pas', () =>
    inSandbox(async (ctx) => {
      const { key } = await memberWithKey(ctx)
      const use = async (counter: number) =>
        (await enter(ctx, key.use({ challenge: await asked(asVisitor(ctx)), counter }))).ok
      expect(await use(7)).toBe(true)
      expect(await use(7)).toBe(false)
      expect(await use(3)).toBe(false)
      expect(await use(8)).toBe(true)
    }))
})

test('après le mot de passe, une clé du compte tient lieu de code ; celle d’un autre, non', () =>
  inSandbox(async (ctx) => {
    const admin = await someMember(ctx, { role: 'administration' })
    const { member, key } = await memberWithKey(ctx, { role: 'gestion' })
    const other = await memberWithKey(ctx)
    await changeSecurityRule(admin.ctx, { secondFactorRoles: ['gestion'] })
    const visitor = asVisitor(ctx)
    const entered = await signIn(visitor, { ...around, email: member.email, password: PASSWORD, knownAccountId: null })
    const step = entered.ok ? entered.value.step : null
    const take = async (one: typeof key) =>
      takeSecondStepByPasskey(visitor, { ...around, step, answer: one.use({ challenge: await asked(visitor) }) })
    expect(await take(other.key)).toEqual(REFUSED)
    expect(await take(key)).toMatchObject({ ok: true, value: { userId: member.userId } })
    expect(await take(key)).toEqual(REFUSED)
  }))

test('une clé confirme que c’est bien soi, sous un jeton neuf ; celle d’un autre, non', () =>
  inSandbox(async (ctx) => {
    const { own, key, session } = await memberWithKey(ctx)
    const other = await memberWithKey(ctx)
    const hour = later(own, 3600)
    expect(await askNewPasskey(hour)).toEqual({ ok: false, error: { type: 'proof-needed' } })
    const answer = async (one: typeof key) => one.use({ challenge: await asked(hour, 'passkey-proof') })
    expect(await proveByPasskey(hour, { ...around, answer: await answer(other.key) })).toEqual(REFUSED)
    expect(await proveByPasskey(asVisitor(ctx), { ...around, answer: await answer(key) })).toEqual(REFUSED)
    const proven = await proveByPasskey(hour, { ...around, answer: await answer(key) })
    expect(await actorOfSession(ctx.db, session, hour.now())).toBeNull()
    const actor = await actorOfSession(ctx.db, proven.ok ? proven.value.session : null, hour.now())
    expect(await askNewPasskey(as(hour, actor!))).toMatchObject({ ok: true })
  }))

test('on ajoute une clé à son compte seulement, une fois, pour cette maison, et reconnu par elle', () =>
  inSandbox(async (ctx) => {
    const { own, key } = await memberWithKey(ctx)
    const other = await memberWithKey(ctx)
    const add = (one: AppContext, answer: ReturnType<typeof key.register>) => addPasskey(one, { name: 'Clé', answer })
    const challenge = async () => (await newChallenge(own)).challenge
    expect(await add(other.own, softwareKey().register({ challenge: await challenge() }))).toEqual(REFUSED)
    expect(await add(own, key.register({ challenge: await challenge() }))).toEqual(REFUSED)
    expect(await add(own, softwareKey().register({ challenge: await challenge(), recognised: false }))).toEqual(REFUSED)
    const foreign = softwareKey().register({ challenge: await challenge(), origin: 'https://pirate.example' })
    expect(await add(own, foreign)).toEqual(REFUSED)
    expect(await askNewPasskey(asVisitor(ctx))).toEqual({ ok: false, error: { type: 'not-allowed' } })
    const twice = softwareKey().register({ challenge: await challenge() })
    expect(await add(own, twice)).toMatchObject({ ok: true })
    expect(await add(own, twice)).toEqual(REFUSED)
    expect(await ownPasskeys(own)).toHaveLength(2)
  }))

test('on retire sa clé, pas celle d’un autre ; retirée, elle n’ouvre plus rien', () =>
  inSandbox(async (ctx) => {
    const { own, key } = await memberWithKey(ctx)
    const other = await memberWithKey(ctx)
    const passkeyId = (await ownPasskeys(own))[0]!.id
    expect(await removePasskey(other.own, { passkeyId })).toEqual({ ok: false, error: { type: 'not-found' } })
    expect(await removePasskey(asVisitor(ctx), { passkeyId })).toEqual({ ok: false, error: { type: 'not-found' } })
    expect(await removePasskey(later(own, 901), { passkeyId })).toEqual({ ok: false, error: { type: 'proof-needed' } })
    expect(await removePasskey(own, { passkeyId })).toEqual({ ok: true, value: null })
    expect(await enter(ctx, key.use({ challenge: await asked(asVisitor(ctx)) }))).toEqual(REFUSED)
  }))
