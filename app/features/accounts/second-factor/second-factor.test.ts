import { eq } from 'drizzle-orm'
import { generateSync } from 'otplib'
import { describe, expect, test } from 'vitest'
import { type AppContext, userActor } from '#app/platform/context.ts'
import { changes, mails } from '#app/platform/schema.server.ts'
import { as, asRole, asVisitor, at, inSandbox } from '#tests/context.ts'
import { takeSecondStep } from '../entry/second-step.server.ts'
import { choosePassword } from '../entry/choose-password.server.ts'
import { enterByLink } from '../entry/enter-by-link.server.ts'
import { signIn } from '../entry/sign-in.server.ts'
import { PASSWORD, someMember } from '../fixtures.ts'
import { forgetOldSignIns } from '../history/sign-ins.server.ts'
import { makeLink } from '../one-time-links.server.ts'
import { forgetOldSteps } from '../pending-steps.server.ts'
import { pendingSteps, recoveryCodes, signIns, totps, userSessions } from '../schema.server.ts'
import { seal, unseal } from '../sealed.server.ts'
import { actorOfSession, openSession } from '../sessions.server.ts'
import { resetFactors, signOutMember } from '../team/member-access.server.ts'
import { suspendMember } from '../team/change-member.server.ts'
import { unlockAccount } from '../team/unlock.server.ts'
import { factorsOf } from './factors.server.ts'
import { beginTotp, confirmTotp, ownFactors, removeTotp, renewRecoveryCodes } from './own-factor.server.ts'
import { changeSecurityRule } from './rule.server.ts'

const here = { ip: '192.0.2.77', device: 'Firefox, Windows', formerSession: null }
const later = (ctx: AppContext, seconds: number): AppContext => {
  const instant = new Date(ctx.now().getTime() + seconds * 1000)
  return { ...ctx, now: () => instant }
}
const codeAt = (ctx: AppContext, secret: string, seconds = 0) =>
  generateSync({ secret, epoch: Math.floor(ctx.now().getTime() / 1000) + seconds })

type Member = Awaited<ReturnType<typeof someMember>>

/** A member whose session, like a real one, is in the table. */
async function signedIn(ctx: AppContext, member: Member, role: Parameters<typeof asRole>[1] = 'lecture') {
  const session = await openSession(ctx.db, ctx, member.userId, null)
  const actor = await actorOfSession(ctx.db, session, ctx.now())
  return { session, ctx: as(ctx, actor ?? userActor({ ...member, role })) }
}

/** Two-step sign-in in place; answers the secret and the recovery codes. */
async function withTotp(ctx: AppContext, wanted: Parameters<typeof someMember>[1] = {}) {
  const member = await someMember(ctx, wanted)
  const own = await signedIn(ctx, member)
  expect(await beginTotp(own.ctx)).toEqual({ ok: true, value: null })
  const secret = (await ownFactors(own.ctx))!.toScan!.secret.replaceAll(' ', '')
  const confirmed = await confirmTotp(own.ctx, { code: codeAt(ctx, secret, -30) })
  if (!confirmed.ok) throw new Error(confirmed.error.type)
  return { member, own, secret, ...confirmed.value }
}

async function stepOf(ctx: AppContext, email: string): Promise<string> {
  const entered = await signIn(asVisitor(ctx), { ...here, email, password: PASSWORD, knownAccountId: null })
  if (!entered.ok || !entered.value.step) throw new Error('no second step')
  return entered.value.step
}

const take = (ctx: AppContext, step: string | null, code: string) =>
  takeSecondStep(asVisitor(ctx), { ...here, step, code })

describe('la double authentification', () => {
  test('se met en place par un premier code, ferme les autres appareils, renouvelle le jeton de celui-ci, et prévient', () =>
    inSandbox(async (ctx) => {
      const member = await someMember(ctx)
      const elsewhere = await openSession(ctx.db, ctx, member.userId, null)
      const own = await signedIn(ctx, member)
      await beginTotp(own.ctx)
      const { toScan } = (await ownFactors(own.ctx))!
      expect(toScan!.uri).toMatch(/^otpauth:\/\/totp\//)
      expect(toScan!.picture).toMatch(/^data:image\/svg\+xml;base64,/)
      const secret = toScan!.secret.replaceAll(' ', '')
      expect(await confirmTotp(own.ctx, { code: '000000' })).toEqual({ ok: false, error: { type: 'wrong-code' } })
      expect((await factorsOf(ctx.db, member.userId)).totp).toBe(false)

      const code = codeAt(ctx, secret)
      const confirmed = await confirmTotp(own.ctx, { code: `${code.slice(0, 3)} ${code.slice(3)}` })
      expect(confirmed.ok && confirmed.value.codes).toHaveLength(10)
      expect(await actorOfSession(ctx.db, elsewhere, ctx.now())).toBeNull()
      expect(await actorOfSession(ctx.db, own.session, ctx.now())).toBeNull()
      const renewed = confirmed.ok ? confirmed.value.session : null
      expect(await actorOfSession(ctx.db, renewed, ctx.now())).toMatchObject({ userId: member.userId })
      const [mail] = await ctx.db.select().from(mails).where(eq(mails.purpose, 'accounts.totp-set'))
      expect(mail).toMatchObject({ toAddress: member.email })
      const [trace] = await ctx.db.select().from(changes).where(eq(changes.action, 'accounts.totp-set'))
      expect(JSON.stringify([mail, trace])).not.toContain(secret)
    }))

  test('la base ne contient ni la clé ni les codes en clair', () =>
    inSandbox(async (ctx) => {
      const { secret, codes } = await withTotp(ctx)
      const kept = JSON.stringify([await ctx.db.select().from(totps), await ctx.db.select().from(recoveryCodes)])
      expect(kept).not.toContain(secret)
      for (const code of codes) expect(kept).not.toContain(code.replaceAll('-', ''))
    }))

  test('demande un code après le mot de passe : sans lui, aucune session', () =>
    inSandbox(async (ctx) => {
      const { member, secret } = await withTotp(ctx)
      await ctx.db.delete(userSessions)
      const step = await stepOf(ctx, member.email)
      expect(await ctx.db.select().from(userSessions)).toEqual([])
      const inside = await take(ctx, step, codeAt(ctx, secret))
      expect(inside).toMatchObject({ ok: true, value: { userId: member.userId } })
      expect(await actorOfSession(ctx.db, inside.ok ? inside.value.session : null, ctx.now())).not.toBeNull()
    }))

  test('demande un code après un lien de connexion et après un nouveau mot de passe par lien', () =>
    inSandbox(async (ctx) => {
      const { member, secret } = await withTotp(ctx)
      const link = await makeLink(ctx.db, ctx, 'sign-in', member.userId)
      const byLink = await enterByLink(asVisitor(ctx), { ...here, token: link })
      expect(byLink).toMatchObject({ ok: true, value: { session: null } })
      const token = await makeLink(ctx.db, ctx, 'password-reset', member.userId)
      const input = { ...here, token, purpose: 'password-reset', password: 'cinq rames bleues' } as const
      const chosen = await choosePassword(asVisitor(ctx), input)
      expect(chosen).toMatchObject({ ok: true, value: { session: null } })
      // what was begun with the former password is over
      expect(await take(ctx, byLink.ok ? byLink.value.step : null, codeAt(ctx, secret))).toMatchObject({
        error: { type: 'step-over' },
      })
      expect(await take(ctx, chosen.ok ? chosen.value.step : null, codeAt(ctx, secret))).toMatchObject({ ok: true })
    }))

  test('un code sert une fois, et aucun plus ancien après lui ; une demi-minute d’écart d’horloge passe, deux non', () =>
    inSandbox(async (ctx) => {
      const { member, secret } = await withTotp(ctx)
      const trial = async (moment: AppContext, code: string) =>
        (await take(moment, await stepOf(moment, member.email), code)).ok
      const now = later(ctx, 600)
      expect(await trial(now, codeAt(now, secret, 60))).toBe(false)
      expect(await trial(now, codeAt(now, secret, -60))).toBe(false)
      expect(await trial(now, codeAt(now, secret, -30))).toBe(true)
      expect(await trial(now, codeAt(now, secret, -30))).toBe(false)
      expect(await trial(now, codeAt(now, secret, 30))).toBe(true)
      expect(await trial(now, codeAt(now, secret))).toBe(false)
      // the clock of the server goes back an hour: nothing breaks, nothing passes
      expect(await trial(later(ctx, -3600), codeAt(ctx, secret, -3600))).toBe(false)
    }))

  test('dix essais par quart d’heure et par compte ; l’étape périme et ne sert qu’une fois', () =>
    inSandbox(async (ctx) => {
      const { member, secret } = await withTotp(ctx)
      const now = later(ctx, 1000)
      const step = await stepOf(now, member.email)
      expect(await take(later(now, 601), step, codeAt(later(now, 601), secret))).toMatchObject({
        error: { type: 'step-over' },
      })
      const good = await stepOf(now, member.email)
      expect(await take(now, good, codeAt(now, secret))).toMatchObject({ ok: true })
      expect(await take(now, good, codeAt(now, secret, 30))).toMatchObject({ error: { type: 'step-over' } })
      const quarter = later(ctx, 3600)
      const tried = await stepOf(quarter, member.email)
      for (let tries = 0; tries < 10; tries += 1)
        expect(await take(quarter, tried, '123')).toMatchObject({ error: { type: 'wrong-code' } })
      expect(await take(quarter, tried, codeAt(quarter, secret))).toMatchObject({ error: { type: 'too-many-tries' } })
      for (const invented of [null, '', 'x', 'A'.repeat(43)])
        expect(await take(later(ctx, 9000), invented, '123456')).toMatchObject({ error: { type: 'step-over' } })
    }))

  test('un compte suspendu entre le mot de passe et le code n’entre pas', () =>
    inSandbox(async (ctx) => {
      const admin = await someMember(ctx, { role: 'administration' })
      const { member, secret } = await withTotp(ctx)
      const step = await stepOf(ctx, member.email)
      expect(await suspendMember(admin.ctx, { userId: member.userId })).toMatchObject({ ok: true })
      expect(await take(ctx, step, codeAt(ctx, secret))).toMatchObject({ error: { type: 'step-over' } })
    }))
})

describe('les codes de secours', () => {
  test('servent une fois chacun, tapés comme on peut ; la personne en est avertie', () =>
    inSandbox(async (ctx) => {
      const { member, codes } = await withTotp(ctx)
      const [first] = codes
      expect(first).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/)
      const typed = ` ${first!.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'I')} `
      expect(await take(ctx, await stepOf(ctx, member.email), typed)).toMatchObject({ ok: true })
      expect(await take(ctx, await stepOf(ctx, member.email), first!)).toMatchObject({ error: { type: 'wrong-code' } })
      expect((await factorsOf(ctx.db, member.userId)).codesLeft).toBe(9)
      const [mail] = await ctx.db.select().from(mails).where(eq(mails.purpose, 'accounts.recovery-code-used'))
      expect(mail!.text).toContain('9')
    }))

  test('refaits, les anciens ne valent plus ; ceux d’un autre compte non plus', () =>
    inSandbox(async (ctx) => {
      const { member, own, codes } = await withTotp(ctx)
      const other = await withTotp(ctx)
      const made = await renewRecoveryCodes(own.ctx)
      const trial = async (code: string) => (await take(ctx, await stepOf(ctx, member.email), code)).ok
      expect(await trial(codes[0]!)).toBe(false)
      expect(await trial(other.codes[0]!)).toBe(false)
      expect(await trial(made.ok ? made.value.codes[0]! : '')).toBe(true)
    }))
})

test('retirer la double authentification emporte les codes de secours ; le mot de passe suffit de nouveau', () =>
  inSandbox(async (ctx) => {
    const { member, own } = await withTotp(ctx)
    expect(await removeTotp(own.ctx)).toEqual({ ok: true, value: null })
    expect(await ctx.db.select().from(recoveryCodes)).toEqual([])
    const entered = await signIn(asVisitor(ctx), {
      ...here,
      email: member.email,
      password: PASSWORD,
      knownAccountId: null,
    })
    expect(entered).toMatchObject({ ok: true, value: { step: null } })
  }))

test('rien ne se change sans s’être identifié depuis moins d’un quart d’heure, ni par qui n’a pas de compte', () =>
  inSandbox(async (ctx) => {
    const { own } = await withTotp(ctx)
    const fresh = await signedIn(ctx, await someMember(ctx))
    const asked = { ok: false, error: { type: 'proof-needed' } }
    const quarter = (one: AppContext) => later(one, 901)
    expect(await beginTotp(quarter(fresh.ctx))).toEqual(asked)
    expect(await confirmTotp(quarter(fresh.ctx), { code: '123456' })).toEqual(asked)
    expect(await removeTotp(quarter(own.ctx))).toEqual(asked)
    expect(await renewRecoveryCodes(quarter(own.ctx))).toEqual(asked)
    const refused = { ok: false, error: { type: 'not-allowed' } }
    const visitor = asVisitor(ctx)
    expect(await beginTotp(visitor)).toEqual(refused)
    expect(await confirmTotp(visitor, { code: '123456' })).toEqual(refused)
    expect(await removeTotp(visitor)).toEqual(refused)
    expect(await renewRecoveryCodes(visitor)).toEqual(refused)
    expect(await ownFactors(visitor)).toBeNull()
  }))

describe('demandée à un rôle', () => {
  test('elle ôte tout droit aux sessions ouvertes sans elle, puis les rend une fois en place', () =>
    inSandbox(async (ctx) => {
      const admin = await someMember(ctx, { role: 'administration' })
      const member = await someMember(ctx, { role: 'gestion' })
      const { session } = await signedIn(ctx, member)
      expect(await changeSecurityRule(admin.ctx, { secondFactorRoles: ['gestion'] })).toEqual({ ok: true, value: null })
      const actor = (await actorOfSession(ctx.db, session, ctx.now()))!
      expect(actor).toMatchObject({ confined: true })
      expect(actor.permissions.size).toBe(0)

      const confined = as(ctx, actor)
      await beginTotp(confined)
      const secret = (await ownFactors(confined))!.toScan!.secret.replaceAll(' ', '')
      const confirmed = await confirmTotp(confined, { code: codeAt(ctx, secret) })
      const after = await actorOfSession(ctx.db, confirmed.ok ? confirmed.value.session : null, ctx.now())
      expect(after?.permissions.has('directory:write')).toBe(true)
      expect(await removeTotp(as(ctx, after!))).toEqual({ ok: false, error: { type: 'asked-by-rule' } })
    }))

  test('une session d’avant, retenue, ne peut ni remplacer ni retirer la preuve déjà en place', () =>
    inSandbox(async (ctx) => {
      const { own, member } = await withTotp(ctx)
      const held = as(ctx, userActor({ ...member, role: 'lecture', provenAt: ctx.now(), confined: true }))
      const refused = { ok: false, error: { type: 'not-allowed' } }
      expect(await removeTotp(held)).toEqual(refused)
      expect(await beginTotp(held)).toEqual(refused)
      expect(await renewRecoveryCodes(held)).toEqual(refused)
      expect(await removeTotp(own.ctx)).toMatchObject({ ok: true })
    }))

  test('seule l’administration change la règle, et dit d’abord qui elle est', () =>
    inSandbox(async (ctx) => {
      for (const actor of [asVisitor(ctx), asRole(ctx, 'direction'), asRole(ctx, 'lecture')])
        expect(await changeSecurityRule(actor, { secondFactorRoles: ['gestion'] })).toEqual({
          ok: false,
          error: { type: 'not-allowed' },
        })
      const admin = await someMember(ctx, { role: 'administration' })
      expect(await changeSecurityRule(at(admin.ctx, '2022-11-24T10:00:00Z'), { secondFactorRoles: [] })).toEqual({
        ok: false,
        error: { type: 'proof-needed' },
      })
    }))
})

test('l’administration remet à zéro et déconnecte ; pas elle-même, ni un autre rôle ; la personne en est avertie', () =>
  inSandbox(async (ctx) => {
    const admin = await someMember(ctx, { role: 'administration' })
    const { member, session } = await withTotp(ctx)
    const { userId } = member
    for (const role of ['direction', 'lecture'] as const) {
      expect(await resetFactors(asRole(ctx, role), { userId })).toEqual({ ok: false, error: { type: 'not-allowed' } })
      expect(await signOutMember(asRole(ctx, role), { userId })).toEqual({ ok: false, error: { type: 'not-allowed' } })
    }
    expect(await resetFactors(admin.ctx, { userId: admin.userId })).toMatchObject({ error: { type: 'yourself' } })
    expect(await resetFactors(later(admin.ctx, 901), { userId })).toMatchObject({ error: { type: 'proof-needed' } })
    expect(await resetFactors(admin.ctx, { userId })).toEqual({ ok: true, value: null })
    expect(await factorsOf(ctx.db, userId)).toEqual({ totp: false, passkeys: 0, codesLeft: 0 })
    expect(await actorOfSession(ctx.db, session, ctx.now())).toBeNull()
    const [mail] = await ctx.db.select().from(mails).where(eq(mails.purpose, 'accounts.factors-reset'))
    expect(mail).toMatchObject({ toAddress: member.email })
    const open = await openSession(ctx.db, ctx, userId, null)
    expect(await signOutMember(admin.ctx, { userId })).toEqual({ ok: true, value: null })
    expect(await actorOfSession(ctx.db, open, ctx.now())).toBeNull()
  }))

test('depuis la machine, la dernière administration restée dehors rentre par un lien', () =>
  inSandbox(async (ctx) => {
    const { member } = await withTotp(ctx, { role: 'administration' })
    expect(await unlockAccount(asRole(ctx, 'administration'), { email: member.email })).toMatchObject({
      error: { type: 'not-allowed' },
    })
    expect(await unlockAccount(ctx, { email: 'personne@example.org' })).toMatchObject({ error: { type: 'not-found' } })
    const unlocked = await unlockAccount(ctx, { email: member.email.toUpperCase() })
    const token = unlocked.ok ? unlocked.value.path.split('/').at(-1)! : ''
    expect(await enterByLink(asVisitor(ctx), { ...here, token })).toMatchObject({ ok: true, value: { step: null } })
  }))

test('l’histoire des connexions dit les entrées et les refus, le réseau abrégé, jamais l’adresse d’un inconnu', () =>
  inSandbox(async (ctx) => {
    const { member, secret } = await withTotp(ctx)
    const visitor = asVisitor(ctx)
    await signIn(visitor, { ...here, email: member.email, password: 'non', knownAccountId: null })
    await signIn(visitor, { ...here, email: 'inconnue@example.org', password: 'non', knownAccountId: null })
    const step = await stepOf(ctx, member.email)
    await take(ctx, step, '000000')
    await take(ctx, step, codeAt(ctx, secret))
    const lines = await ctx.db.select().from(signIns).orderBy(signIns.id)
    expect(lines.map(({ userId, outcome, secondStep, network }) => [userId, outcome, secondStep, network])).toEqual([
      [member.userId, 'wrong-password', null, '192.0.2.0/24'],
      [null, 'wrong-password', null, '192.0.2.0/24'],
      [member.userId, 'wrong-code', null, '192.0.2.0/24'],
      [member.userId, 'entered', 'code', '192.0.2.0/24'],
    ])
    expect(JSON.stringify(lines)).not.toContain('inconnue')
  }))

test('l’histoire des connexions s’oublie au bout d’un an, les étapes au bout de dix minutes', () =>
  inSandbox(async (ctx) => {
    const { member } = await withTotp(ctx)
    await stepOf(ctx, member.email)
    await signIn(asVisitor(ctx), { ...here, email: member.email, password: 'non', knownAccountId: null })
    await forgetOldSignIns(ctx.db, later(ctx, 364 * 86_400).now())
    await forgetOldSteps(ctx.db, later(ctx, 599).now())
    expect(await ctx.db.select().from(signIns)).toHaveLength(1)
    expect(await ctx.db.select().from(pendingSteps)).toHaveLength(1)
    await forgetOldSignIns(ctx.db, later(ctx, 366 * 86_400).now())
    await forgetOldSteps(ctx.db, later(ctx, 601).now())
    expect(await ctx.db.select().from(signIns)).toEqual([])
    expect(await ctx.db.select().from(pendingSteps)).toEqual([])
  }))

test('ce qui est scellé ne s’ouvre ni pour un autre compte, ni pour un autre usage, ni retouché', () => {
  const sealed = seal('clef', 'totp', 'a', 'SECRET')
  expect(unseal('clef', 'totp', 'a', sealed)).toBe('SECRET')
  expect(seal('clef', 'totp', 'a', 'SECRET')).not.toBe(sealed)
  for (const wrong of [
    unseal('clef', 'totp', 'b', sealed),
    unseal('clef', 'id-token', 'a', sealed),
    unseal('autre', 'totp', 'a', sealed),
    unseal('clef', 'totp', 'a', `${sealed.slice(0, -2)}AA`),
    unseal('clef', 'totp', 'a', ''),
  ])
    expect(wrong).toBeNull()
})
