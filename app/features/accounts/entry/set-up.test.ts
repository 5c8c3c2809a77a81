import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { personCards } from '#app/features/directory/index.server.ts'
import { changesOf } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { asVisitor, at, inSandbox, withDatabase } from '#tests/context.ts'
import { someMember } from '../fixtures.ts'
import { oneTimeLinks, users } from '../schema.server.ts'
import { actorOfSession } from '../sessions.server.ts'
import { makeSetUpLink } from '../set-up-link.server.ts'
import { canSetUp, setUp } from './set-up.server.ts'

const first = {
  centreName: 'Villes et Liens',
  givenName: 'Inès',
  familyName: 'Caumont',
  email: 'ines.caumont@example.org',
  password: 'quatre rames vertes',
  ip: '192.0.2.1',
  device: 'Firefox, Windows',
}

async function freshLink(ctx: AppContext): Promise<string> {
  const path = await makeSetUpLink(ctx)
  expect(path).toMatch(/^\/installation\/[\w-]{43}$/)
  return path!.split('/').at(-1)!
}

test('le premier compte règle le nom du centre, crée la personne, administre, et entre', () =>
  inSandbox(async (ctx) => {
    const made = await setUp(asVisitor(ctx), { ...first, token: await freshLink(ctx) })
    const actor = await actorOfSession(ctx.db, made.ok ? made.value.session : null, ctx.now())
    expect(actor).toMatchObject({ kind: 'user', label: 'Inès Caumont', role: 'administration' })
    expect((await readCentre(ctx.db)).name).toBe('Villes et Liens')

    const [user] = await ctx.db.select().from(users)
    expect(user).toMatchObject({ email: first.email, status: 'active' })
    expect(user!.passwordHash).toMatch(/^\$argon2id\$/)
    const [person] = await ctx.db.select().from(personCards).where(eq(personCards.id, user!.personId))
    expect(person).toMatchObject({ fullName: 'Inès Caumont', email: first.email })
    expect(await changesOf(ctx.db, 'user', user!.id)).toMatchObject([
      { action: 'accounts.set-up', actorLabel: 'Installation', fields: { role: [null, 'administration'] } },
    ])
  }))

test('le lien sert une fois, et plus aucun n’est donné ensuite', () =>
  inSandbox(async (ctx) => {
    const token = await freshLink(ctx)
    await setUp(asVisitor(ctx), { ...first, token })
    expect(await canSetUp(asVisitor(ctx), token)).toBe(false)
    const again = await setUp(asVisitor(ctx), { ...first, token, email: 'autre@example.org' })
    expect(again).toEqual({ ok: false, error: { type: 'link-unusable' } })
    expect(await makeSetUpLink(ctx)).toBeNull()
  }))

test('vingt-quatre heures, puis il ne vaut plus rien', () =>
  inSandbox(async (start) => {
    const ctx = at(start, '2022-11-24T09:00:00Z')
    const token = await freshLink(ctx)
    expect(await canSetUp(at(ctx, '2022-11-25T08:59:59Z'), token)).toBe(true)
    expect(await canSetUp(at(ctx, '2022-11-25T09:00:00Z'), token)).toBe(false)
    const late = await setUp(at(asVisitor(ctx), '2022-11-25T09:00:00Z'), { ...first, token })
    expect(late).toMatchObject({ error: { type: 'link-unusable' } })
  }))

test('un nouveau démarrage annule le lien du précédent ; la base n’en garde que l’empreinte', () =>
  inSandbox(async (ctx) => {
    const [former, present] = [await freshLink(ctx), await freshLink(ctx)]
    expect(await canSetUp(ctx, former)).toBe(false)
    expect(await canSetUp(ctx, present)).toBe(true)
    const rows = await ctx.db.select().from(oneTimeLinks)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(present)
  }))

test('un compte créé entre-temps en ligne de commande : le lien ne sert plus', () =>
  inSandbox(async (ctx) => {
    const token = await freshLink(ctx)
    await someMember(ctx, { role: 'administration' })
    expect(await canSetUp(ctx, token)).toBe(false)
    expect(await setUp(asVisitor(ctx), { ...first, token })).toMatchObject({ error: { type: 'link-unusable' } })
  }))

test('un mot de passe courant, ou fait de ses noms, ne consomme pas le lien', () =>
  inSandbox(async (ctx) => {
    const token = await freshLink(ctx)
    for (const password of ['motdepasse2022', 'villesetliens34'])
      expect(await setUp(asVisitor(ctx), { ...first, token, password })).toMatchObject({
        error: { type: 'password-too-common' },
      })
    expect(await canSetUp(ctx, token)).toBe(true)
    expect(await ctx.db.select().from(users)).toEqual([])
  }))

test('deux installations au même instant : un seul compte', () =>
  withDatabase(async (ctx) => {
    const token = await freshLink(ctx)
    const tries = ['a', 'b', 'c', 'd'].map((name) =>
      setUp(asVisitor(ctx), { ...first, token, familyName: `Essai ${name}`, email: `${name}@example.org` }),
    )
    const results = await Promise.all(tries)
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await ctx.db.select().from(users)).toHaveLength(1)
    expect(await ctx.db.select().from(personCards)).toHaveLength(1)
  }))

test('des jetons essayés sans fin depuis une adresse : on s’arrête de répondre', () =>
  inSandbox(async (ctx) => {
    const token = await freshLink(ctx)
    for (let i = 0; i < 20; i += 1) await setUp(asVisitor(ctx), { ...first, token: `${i}` })
    expect(await setUp(asVisitor(ctx), { ...first, token })).toMatchObject({ error: { type: 'too-many-tries' } })
    expect(await setUp(asVisitor(ctx), { ...first, token, ip: '192.0.2.2' })).toMatchObject({ ok: true })
  }))
