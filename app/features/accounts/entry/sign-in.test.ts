import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asVisitor, at, inSandbox, withDatabase } from '#tests/context.ts'
import { PASSWORD, someMember } from '../fixtures.ts'
import { userSessions } from '../schema.server.ts'
import { suspendMember } from '../team/change-member.server.ts'
import { signIn } from './sign-in.server.ts'

const nowhere = { device: null, knownAccountId: null, formerSession: null }
let visitors = 0
/** Each try from another address unless told: the limit by address is not what is tried here. */
const enter = (ctx: AppContext, email: string, password: string, more: { ip?: string; knownAccountId?: string } = {}) =>
  signIn(asVisitor(ctx), { ...nowhere, email, password, ip: `visiteur-${(visitors += 1)}`, ...more })

test('avec son adresse et son mot de passe, on entre, quelle que soit la casse de l’adresse', () =>
  inSandbox(async (ctx) => {
    const { email, userId } = await someMember(ctx)
    expect(await enter(ctx, email, PASSWORD)).toMatchObject({ ok: true, value: { userId } })
    expect(await enter(ctx, email.toUpperCase(), PASSWORD)).toMatchObject({ ok: true })
    expect(await enter(ctx, email, PASSWORD.toUpperCase())).toMatchObject({ ok: false })
  }))

test('mauvais mot de passe, adresse inconnue, compte suspendu ou sans mot de passe : la même réponse', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx)
    const suspended = await someMember(ctx, { status: 'suspended' })
    const invited = await someMember(ctx, { joined: false })
    const answers = [
      await enter(ctx, email, 'autre chose encore'),
      await enter(ctx, 'inconnue@example.org', PASSWORD),
      await enter(ctx, suspended.email, PASSWORD),
      await enter(ctx, invited.email, PASSWORD),
      await enter(ctx, invited.email, 'personne n’a ce mot de passe'),
      await enter(ctx, 'inconnue@example.org', 'personne n’a ce mot de passe'),
    ]
    for (const answer of answers) expect(answer).toEqual({ ok: false, error: { type: 'wrong' } })
    expect(await ctx.db.select().from(userSessions)).toEqual([])
  }))

test('le temps de la réponse ne dit pas quelles adresses existent', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx)
    const timed = async (address: string) => {
      const start = performance.now()
      await enter(ctx, address, 'autre chose encore')
      return performance.now() - start
    }
    await timed('inconnue@example.org')
    const [known, unknown]: [number[], number[]] = [[], []]
    for (let i = 0; i < 7; i += 1) {
      known.push(await timed(email))
      unknown.push(await timed(`inconnue${i}@example.org`))
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[3]!
    // Without the work on nobody's hash, the second would be some thirty times the first.
    expect(median(known) / median(unknown)).toBeGreaterThan(0.3)
    expect(median(known) / median(unknown)).toBeLessThan(3)
  }))

test('une adresse qui essaie sans fin n’obtient plus de réponse ; le quart d’heure passé, elle reprend', () =>
  inSandbox(async (ctx) => {
    const { email } = await someMember(ctx)
    const ip = '192.0.2.7'
    for (let i = 0; i < 40; i += 1) await enter(ctx, `essai${i}@example.org`, 'x', { ip })
    expect(await enter(ctx, email, PASSWORD, { ip })).toMatchObject({ error: { type: 'too-many-tries' } })
    expect(await enter(ctx, email, PASSWORD)).toMatchObject({ ok: true })
    expect(await enter(at(ctx, '2022-11-24T09:15:00Z'), email, PASSWORD, { ip })).toMatchObject({ ok: true })
  }))

test('des inconnus qui essaient un compte ne ferment pas la porte à sa titulaire', () =>
  inSandbox(async (ctx) => {
    const { email, userId } = await someMember(ctx)
    const other = await someMember(ctx)
    for (let i = 0; i < 20; i += 1) await enter(ctx, email, `essai ${i}`)
    // even the right word is not tried for a stranger…
    expect(await enter(ctx, email, PASSWORD)).toMatchObject({ error: { type: 'account-under-attack' } })
    expect(await enter(ctx, email, PASSWORD, { knownAccountId: other.userId })).toMatchObject({
      error: { type: 'account-under-attack' },
    })
    // …but the device where the account was opened before passes, and so does everyone else
    expect(await enter(ctx, email, PASSWORD, { knownAccountId: userId })).toMatchObject({ ok: true })
    expect(await enter(ctx, other.email, PASSWORD)).toMatchObject({ ok: true })
    // an address that exists nowhere is answered alike
    for (let i = 0; i < 20; i += 1) await enter(ctx, 'inconnue@example.org', `essai ${i}`)
    expect(await enter(ctx, 'inconnue@example.org', PASSWORD)).toMatchObject({
      error: { type: 'account-under-attack' },
    })
  }))

test('une suspension pendant la connexion l’emporte', () =>
  withDatabase(async (ctx) => {
    const admin = await someMember(ctx, { role: 'administration' })
    for (let i = 0; i < 5; i += 1) {
      const member = await someMember(ctx)
      await Promise.all([enter(ctx, member.email, PASSWORD), suspendMember(admin.ctx, { userId: member.userId })])
    }
    expect(await ctx.db.select().from(userSessions)).toEqual([])
  }))
