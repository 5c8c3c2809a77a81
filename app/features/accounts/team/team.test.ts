import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { findOrMakePerson, personCards } from '#app/features/directory/index.server.ts'
import { roles } from '#app/platform/permissions.ts'
import { mails } from '#app/platform/schema.server.ts'
import { asRole, asVisitor, inSandbox, withDatabase } from '#tests/context.ts'
import { choosePassword } from '../entry/choose-password.server.ts'
import { someMember } from '../fixtures.ts'
import { makeLink, peekLink } from '../one-time-links.server.ts'
import { users } from '../schema.server.ts'
import { changeRole, reactivateMember, suspendMember } from './change-member.server.ts'
import { inviteAgain, inviteMember } from './invite-member.server.ts'
import { countTeam, listTeam, memberRecord } from './queries.server.ts'

const guest = {
  personId: null,
  givenName: 'Inès',
  familyName: 'Caumont',
  email: 'ines.caumont@example.org',
  role: 'charge-de-mission',
} as const

const list = { page: 1, pageSize: 50, sort: { key: 'nom', direction: 'asc' as const }, q: '', filters: {} }
const tokenOf = (path: string) => path.split('/').at(-1)!

describe('inviter', () => {
  test('crée le compte, écrit à la personne, et son lien lui fait choisir un mot de passe', () =>
    inSandbox(async (ctx) => {
      const admin = await someMember(ctx, { givenName: 'Paul', familyName: 'Roux', role: 'administration' })
      const invited = await inviteMember(admin.ctx, guest)
      if (!invited.ok) throw new Error(invited.error.type)
      const { userId, path } = invited.value
      const [mail] = await ctx.db.select().from(mails)
      expect(mail).toMatchObject({ purpose: 'accounts.invitation', toAddress: guest.email, entityId: userId })
      expect(mail!.text).toContain(`https://maillage.test${path}`)
      expect(mail!.text).toContain('Paul Roux vous ouvre un compte')

      expect(await memberRecord(admin.ctx, userId)).toMatchObject({ state: 'invited', fullName: 'Inès Caumont' })
      const input = { token: tokenOf(path), purpose: 'invitation', password: 'cinq rames bleues' } as const
      const around = { ip: '::1', device: null, formerSession: null }
      expect(await choosePassword(asVisitor(ctx), { ...input, ...around })).toMatchObject({ ok: true })
      expect(await memberRecord(admin.ctx, userId)).toMatchObject({
        state: 'active',
        history: [
          { action: 'accounts.password-chosen', actorLabel: 'Inès Caumont' },
          {
            action: 'accounts.invited',
            actorLabel: 'Paul Roux',
            fields: { email: [null, guest.email], role: [null, guest.role] },
          },
        ],
      })
    }))

  test('reprend la personne de l’annuaire, trouvée ou désignée, et celle qui a été gardée après une fusion', () =>
    inSandbox(async (ctx) => {
      const { givenName, familyName, email } = guest
      const { personId } = await findOrMakePerson(ctx.db, ctx, { givenName, familyName, email, source: 'test' })
      const found = await inviteMember(ctx, guest)
      expect(found.ok && (await memberRecord(ctx, found.value.userId))?.personId).toBe(personId)

      const other = await findOrMakePerson(ctx.db, ctx, { givenName: 'Ali', familyName: 'Ben', source: 'test' })
      const named = await inviteMember(ctx, { ...guest, personId: other.personId, email: 'ali@example.org' })
      expect(named.ok && (await memberRecord(ctx, named.value.userId))?.fullName).toBe('Ali Ben')
      expect(await ctx.db.select().from(personCards)).toHaveLength(2)
    }))

  test('une adresse, une personne : un compte', () =>
    inSandbox(async (ctx) => {
      const first = await inviteMember(ctx, guest)
      const userId = first.ok ? first.value.userId : ''
      const again = await inviteMember(ctx, { ...guest, familyName: 'Autre', email: guest.email.toUpperCase() })
      expect(again).toEqual({ ok: false, error: { type: 'email-taken', userId } })
      const { personId } = (await memberRecord(ctx, userId))!
      expect(await inviteMember(ctx, { ...guest, personId, email: 'autre@example.org' })).toEqual({
        ok: false,
        error: { type: 'person-taken', userId },
      })
      const nobody = '00000000-0000-4000-8000-00000000000f'
      expect(await inviteMember(ctx, { ...guest, personId: nobody, email: 'x@example.org' })).toMatchObject({
        error: { type: 'person-unknown' },
      })
    }))

  test('renvoyer l’invitation annule la première ; on n’invite pas deux fois qui est entré', () =>
    inSandbox(async (ctx) => {
      const invited = await inviteMember(ctx, guest)
      if (!invited.ok) throw new Error(invited.error.type)
      const { userId, path } = invited.value
      expect(await inviteAgain(ctx, { userId })).toMatchObject({ ok: true })
      expect(await peekLink(ctx, 'invitation', tokenOf(path))).toBeNull()
      expect(await ctx.db.select().from(mails)).toHaveLength(2)
      const joined = await someMember(ctx)
      expect(await inviteAgain(ctx, { userId: joined.userId })).toMatchObject({ error: { type: 'already-joined' } })
      expect(await inviteAgain(ctx, { userId: joined.personId })).toMatchObject({ error: { type: 'not-found' } })
    }))
})

describe('la dernière administration', () => {
  test('ne peut ni changer de rôle ni être suspendue ; une invitée qui n’est pas entrée ne compte pas', () =>
    inSandbox(async (ctx) => {
      const last = await someMember(ctx, { role: 'administration' })
      await someMember(ctx, { role: 'administration', joined: false })
      await someMember(ctx, { role: 'administration', status: 'suspended' })
      const refused = { ok: false, error: { type: 'last-administration' } }
      expect(await changeRole(last.ctx, { userId: last.userId, role: 'direction' })).toEqual(refused)
      expect(await suspendMember(ctx, { userId: last.userId })).toEqual(refused)

      const second = await someMember(ctx, { role: 'administration' })
      expect(await suspendMember(second.ctx, { userId: second.userId })).toMatchObject({ error: { type: 'yourself' } })
      expect(await changeRole(last.ctx, { userId: last.userId, role: 'direction' })).toMatchObject({ ok: true })
      expect(await suspendMember(ctx, { userId: second.userId })).toEqual(refused)
    }))

  test('reste, même quand chacune retire l’autre au même instant', () =>
    withDatabase(async (ctx) => {
      const admins: Awaited<ReturnType<typeof someMember>>[] = []
      for (let i = 0; i < 4; i += 1) admins.push(await someMember(ctx, { role: 'administration' }))
      await Promise.all(
        admins.flatMap(({ userId }, i) => [
          suspendMember(admins[(i + 1) % 4]!.ctx, { userId }),
          changeRole(admins[(i + 2) % 4]!.ctx, { userId, role: 'lecture' }),
        ]),
      )
      const rows = await ctx.db.select().from(users).where(eq(users.role, 'administration'))
      expect(rows.filter(({ status }) => status === 'active')).toHaveLength(1)
    }))
})

test('suspendre annule les liens en attente ; rétablir laisse le mot de passe', () =>
  inSandbox(async (ctx) => {
    const { userId } = await someMember(ctx)
    const token = await makeLink(ctx.db, ctx, 'sign-in', userId)
    await suspendMember(ctx, { userId })
    await reactivateMember(ctx, { userId })
    expect(await peekLink(ctx, 'sign-in', token)).toBeNull()
    expect(await memberRecord(ctx, userId)).toMatchObject({
      state: 'active',
      history: [{ action: 'accounts.reactivated' }, { action: 'accounts.suspended' }],
    })
  }))

test('refaire ce qui est déjà fait n’écrit rien', () =>
  inSandbox(async (ctx) => {
    const { userId } = await someMember(ctx, { role: 'lecture' })
    expect(await changeRole(ctx, { userId, role: 'lecture' })).toMatchObject({ ok: true })
    expect(await reactivateMember(ctx, { userId })).toMatchObject({ ok: true })
    expect((await memberRecord(ctx, userId))?.history).toEqual([])
  }))

test('un changement de rôle se lit dans l’histoire du compte', () =>
  inSandbox(async (ctx) => {
    const { userId } = await someMember(ctx, { role: 'lecture' })
    await changeRole(ctx, { userId, role: 'gestion' })
    expect((await memberRecord(ctx, userId))?.history).toMatchObject([
      { action: 'accounts.role-changed', fields: { role: ['lecture', 'gestion'] } },
    ])
  }))

test('la liste se cherche sans accents, se filtre et se trie', () =>
  inSandbox(async (ctx) => {
    await someMember(ctx, { givenName: 'Éloïse', familyName: 'Ziani', role: 'direction' })
    await someMember(ctx, { givenName: 'Paul', familyName: 'Ardent', role: 'lecture', status: 'suspended' })
    await someMember(ctx, { givenName: 'Rose', familyName: 'Mège', role: 'lecture', joined: false })
    const names = async (more: object) => (await listTeam(ctx, { ...list, ...more }))?.map(({ fullName }) => fullName)
    expect(await names({})).toEqual(['Paul Ardent', 'Rose Mège', 'Éloïse Ziani'])
    expect(await names({ sort: { key: 'nom', direction: 'desc' } })).toEqual([
      'Éloïse Ziani',
      'Rose Mège',
      'Paul Ardent',
    ])
    expect(await names({ q: 'eloi' })).toEqual(['Éloïse Ziani'])
    expect(await names({ q: 'personne' })).toEqual([])
    expect(await names({ filters: { etat: ['invited', 'suspended'], role: [] } })).toEqual(['Paul Ardent', 'Rose Mège'])
    expect(await names({ filters: { role: ['direction'] } })).toEqual(['Éloïse Ziani'])
    expect(await countTeam(ctx, { ...list, filters: { role: ['lecture'] } })).toBe(2)
  }))

test.each(roles)('le rôle « %s » voit et modifie l’équipe selon ses droits', (role) =>
  inSandbox(async (ctx) => {
    const { userId } = await someMember(ctx)
    await someMember(ctx, { role: 'administration' })
    const actor = asRole(ctx, role)
    const [sees, writes] = [role === 'administration' || role === 'direction', role === 'administration']
    expect((await listTeam(actor, list)) !== null).toBe(sees)
    expect((await countTeam(actor, list)) > 0).toBe(sees)
    expect((await memberRecord(actor, userId)) !== null).toBe(sees)
    const refused = { error: { type: 'not-allowed' } }
    const answers = [
      await inviteMember(actor, guest),
      await suspendMember(actor, { userId }),
      await reactivateMember(actor, { userId }),
      await changeRole(actor, { userId, role: 'direction' }),
    ]
    for (const answer of answers) expect(answer).toMatchObject(writes ? { ok: true } : refused)
    if (!writes) expect(await inviteAgain(actor, { userId })).toMatchObject(refused)
  }),
)
