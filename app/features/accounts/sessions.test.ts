import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { as, at, asVisitor, inSandbox } from '#tests/context.ts'
import { choosePassword } from './entry/choose-password.server.ts'
import { signIn } from './entry/sign-in.server.ts'
import { PASSWORD, someMember } from './fixtures.ts'
import { makeLink } from './one-time-links.server.ts'
import { changePassword } from './own/change-password.server.ts'
import { closeOwnSession, ownAccount, signOutElsewhere, signOutEverywhere } from './own/own-sessions.server.ts'
import { prove } from './own/prove.server.ts'
import { userSessions, users } from './schema.server.ts'
import { actorOfSession, closeSession, forgetEndedSessions, openSession } from './sessions.server.ts'
import { changeRole, reactivateMember, suspendMember } from './team/change-member.server.ts'

const whose = async (ctx: AppContext, token: string | null) => {
  const actor = await actorOfSession(ctx.db, token, ctx.now())
  return actor?.kind === 'user' ? actor.label : null
}

test('une session ouvre le bureau avec le nom, le rôle et les droits de la personne', () =>
  inSandbox(async (ctx) => {
    const camille = await someMember(ctx, { familyName: 'Vidal', role: 'communication' })
    const token = await openSession(ctx.db, ctx, camille.userId, 'Firefox, Windows')
    const actor = await actorOfSession(ctx.db, token, ctx.now())
    expect(actor).toMatchObject({ kind: 'user', label: 'Camille Vidal', role: 'communication', userId: camille.userId })
    expect(actor?.permissions.has('activities:write')).toBe(true)
    expect(actor?.permissions.has('users:read')).toBe(false)
  }))

test('la base ne contient pas de quoi entrer', () =>
  inSandbox(async (ctx) => {
    const { userId } = await someMember(ctx)
    const token = await openSession(ctx.db, ctx, userId, null)
    const [row] = await ctx.db.select().from(userSessions).where(eq(userSessions.userId, userId))
    expect(JSON.stringify(row)).not.toContain(token)
    expect(await whose(ctx, row!.tokenHash)).toBeNull()
  }))

test.each([null, '', 'x', 'é'.repeat(43), "' or true --", 'A'.repeat(43), 'A'.repeat(10_000)])(
  'le jeton inventé n° %# n’ouvre rien',
  (token) => inSandbox(async (ctx) => expect(await whose(ctx, token)).toBeNull()),
)

test('quatorze jours sans visite ou trente jours en tout : la session est finie', () =>
  inSandbox(async (start) => {
    const ctx = at(start, '2022-11-01T08:00:00Z')
    const { userId } = await someMember(ctx)
    const idle = await openSession(ctx.db, ctx, userId, null)
    expect(await whose(at(ctx, '2022-11-15T07:59:00Z'), idle)).not.toBeNull()

    const forgotten = await openSession(ctx.db, ctx, userId, null)
    expect(await whose(at(ctx, '2022-11-15T08:00:01Z'), forgotten)).toBeNull()

    expect(await whose(at(ctx, '2022-11-28T08:00:00Z'), idle)).not.toBeNull()
    expect(await whose(at(ctx, '2022-12-01T07:59:00Z'), idle)).not.toBeNull()
    expect(await whose(at(ctx, '2022-12-01T08:00:00Z'), idle)).toBeNull()

    await forgetEndedSessions(ctx.db, at(ctx, '2022-12-01T08:00:01Z').now())
    expect(await ctx.db.select().from(userSessions)).toEqual([])
  }))

test('la dernière visite s’écrit une fois par minute au plus', () =>
  inSandbox(async (start) => {
    const ctx = at(start, '2022-11-24T09:00:00Z')
    const { userId } = await someMember(ctx)
    const token = await openSession(ctx.db, ctx, userId, null)
    const seen = async (instant: string) => {
      await whose(at(ctx, instant), token)
      const [row] = await ctx.db.select().from(userSessions)
      return row!.lastSeenAt.toISOString()
    }
    expect(await seen('2022-11-24T09:00:59Z')).toBe('2022-11-24T09:00:00.000Z')
    expect(await seen('2022-11-24T09:01:00Z')).toBe('2022-11-24T09:01:00.000Z')
    expect(await seen('2022-11-24T09:01:30Z')).toBe('2022-11-24T09:01:00.000Z')
    const [user] = await ctx.db.select().from(users).where(eq(users.id, userId))
    expect(user!.lastSeenAt?.toISOString()).toBe('2022-11-24T09:01:00.000Z')
  }))

describe('une session ne survit pas', () => {
  /** Two devices of one person, and someone else's, which must not be touched. */
  async function threeSessions(ctx: AppContext) {
    const admin = await someMember(ctx, { role: 'administration' })
    const camille = await someMember(ctx, { familyName: 'Vidal', role: 'gestion' })
    const open = (userId: string) => openSession(ctx.db, ctx, userId, null)
    const tokens = { here: await open(camille.userId), elsewhere: await open(camille.userId) }
    const other = await open(admin.userId)
    const left = async () => {
      expect(await whose(ctx, other)).toBe(admin.label)
      return [await whose(ctx, tokens.here), await whose(ctx, tokens.elsewhere)]
    }
    expect(await left()).toEqual(['Camille Vidal', 'Camille Vidal'])
    return { admin, camille, left, ...tokens }
  }

  test('à la déconnexion, sur cet appareil', () =>
    inSandbox(async (ctx) => {
      const { here, left } = await threeSessions(ctx)
      await closeSession(ctx.db, here)
      expect(await left()).toEqual([null, 'Camille Vidal'])
    }))

  test('à « me déconnecter partout »', () =>
    inSandbox(async (ctx) => {
      const { camille, left } = await threeSessions(ctx)
      expect(await signOutEverywhere(camille.ctx)).toEqual({ ok: true, value: null })
      expect(await left()).toEqual([null, null])
    }))

  test('au changement de mot de passe ; l’appareil en cours en reçoit une neuve', () =>
    inSandbox(async (ctx) => {
      const { camille, left } = await threeSessions(ctx)
      const input = { present: PASSWORD, password: 'cinq rames bleues', device: null }
      const changed = await changePassword(camille.ctx, input)
      expect(await left()).toEqual([null, null])
      expect(await whose(ctx, changed.ok ? changed.value.session : null)).toBe('Camille Vidal')
    }))

  test('au nouveau mot de passe choisi par lien', () =>
    inSandbox(async (ctx) => {
      const { camille, left } = await threeSessions(ctx)
      const token = await makeLink(ctx.db, ctx, 'password-reset', camille.userId)
      const input = { token, purpose: 'password-reset', password: 'cinq rames bleues', ip: '::1' } as const
      const chosen = await choosePassword(asVisitor(ctx), { ...input, device: null, formerSession: null })
      expect(chosen.ok).toBe(true)
      expect(await left()).toEqual([null, null])
    }))

  test('à la suspension ; le compte rétabli, elle reste fermée', () =>
    inSandbox(async (ctx) => {
      const { admin, camille, left } = await threeSessions(ctx)
      expect(await suspendMember(admin.ctx, { userId: camille.userId })).toMatchObject({ ok: true })
      expect(await left()).toEqual([null, null])
      expect(await reactivateMember(admin.ctx, { userId: camille.userId })).toMatchObject({ ok: true })
      expect(await left()).toEqual([null, null])
    }))

  test('à « déconnecter les autres appareils » : celui-ci reste', () =>
    inSandbox(async (ctx) => {
      const { here, left } = await threeSessions(ctx)
      const own = as(ctx, (await actorOfSession(ctx.db, here, ctx.now()))!)
      expect(await signOutElsewhere(asVisitor(ctx))).toEqual({ ok: false, error: { type: 'not-allowed' } })
      expect(await signOutElsewhere(own)).toEqual({ ok: true, value: null })
      expect(await left()).toEqual(['Camille Vidal', null])
    }))

  test('sous son ancien jeton, quand la personne a montré de nouveau que c’est elle', () =>
    inSandbox(async (ctx) => {
      const { here } = await threeSessions(ctx)
      const own = as(ctx, (await actorOfSession(ctx.db, here, ctx.now()))!)
      expect(await prove(own, { secret: 'autre chose' })).toEqual({ ok: false, error: { type: 'wrong' } })
      expect(await whose(ctx, here)).toBe('Camille Vidal')
      const hour = at(own, '2022-11-24T10:00:00Z')
      const proven = await prove(hour, { secret: PASSWORD })
      expect(await whose(ctx, here)).toBeNull()
      const actor = await actorOfSession(ctx.db, proven.ok ? proven.value.session : null, hour.now())
      expect(actor).toMatchObject({ label: 'Camille Vidal', provenAt: hour.now() })
      expect(await prove(asVisitor(ctx), { secret: PASSWORD })).toEqual({ ok: false, error: { type: 'not-allowed' } })
    }))

  test('au changement de rôle, que l’administration confirme si elle est entrée depuis plus d’un quart d’heure', () =>
    inSandbox(async (ctx) => {
      const { admin, camille, left } = await threeSessions(ctx)
      const input = { userId: camille.userId, role: 'administration' as const }
      expect(await changeRole(at(admin.ctx, '2022-11-24T09:16:00Z'), input)).toEqual({
        ok: false,
        error: { type: 'proof-needed' },
      })
      expect(await left()).toEqual(['Camille Vidal', 'Camille Vidal'])
    }))

  test('au changement de rôle', () =>
    inSandbox(async (ctx) => {
      const { admin, camille, left } = await threeSessions(ctx)
      expect(await changeRole(admin.ctx, { userId: camille.userId, role: 'lecture' })).toMatchObject({ ok: true })
      expect(await left()).toEqual([null, null])
    }))

  test('à une nouvelle connexion sur le même appareil : elle la remplace', () =>
    inSandbox(async (ctx) => {
      const { camille, here, left } = await threeSessions(ctx)
      const input = { email: camille.email, password: PASSWORD, ip: '::1', device: null, knownAccountId: null }
      expect(await signIn(asVisitor(ctx), { ...input, formerSession: here })).toMatchObject({ ok: true })
      expect(await left()).toEqual([null, 'Camille Vidal'])
    }))

  test('quand on ferme cet appareil dans sa liste ; celui d’un autre, non', () =>
    inSandbox(async (ctx) => {
      const { admin, camille, here, left } = await threeSessions(ctx)
      const sessions = (await ownAccount(camille.ctx, here))!.sessions
      expect(sessions.map(({ current }) => current)).toEqual([true, false])
      const sessionId = sessions[1]!.id
      expect(await closeOwnSession(admin.ctx, { sessionId })).toMatchObject({ error: { type: 'not-found' } })
      expect(await closeOwnSession(asVisitor(ctx), { sessionId })).toMatchObject({ error: { type: 'not-found' } })
      expect(await left()).toEqual(['Camille Vidal', 'Camille Vidal'])
      expect(await closeOwnSession(camille.ctx, { sessionId })).toMatchObject({ ok: true })
      expect(await left()).toEqual(['Camille Vidal', null])
    }))
})

test('un compte suspendu dont une session traînerait n’entre pas', () =>
  inSandbox(async (ctx) => {
    const { userId } = await someMember(ctx, { status: 'suspended' })
    const token = await openSession(ctx.db, ctx, userId, null)
    expect(await whose(ctx, token)).toBeNull()
  }))

test('sans compte, « mon compte » n’existe pas et rien ne se ferme', () =>
  inSandbox(async (ctx) => {
    const visitor = asVisitor(ctx)
    expect(await ownAccount(visitor, null)).toBeNull()
    expect(await signOutEverywhere(visitor)).toMatchObject({ error: { type: 'not-allowed' } })
    const input = { present: PASSWORD, password: 'cinq rames bleues', device: null }
    expect(await changePassword(as(ctx, visitor.actor), input)).toMatchObject({ error: { type: 'not-allowed' } })
  }))
