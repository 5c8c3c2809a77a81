import fc from 'fast-check'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { asVisitor, inSandbox, withDatabase } from '#tests/context.ts'
import { findOrMakePerson, type PersonSaid } from './find-or-make-person.server.ts'
import { mergePeople } from './merge-people.server.ts'
import { people } from './schema.server.ts'

const jean: PersonSaid = { givenName: 'Jean', familyName: 'Dupont', email: 'jean@exemple.fr', source: 'registration' }

describe('trouver ou créer une personne', () => {
  test('la même adresse et le même nom, accents et casse mis à part, sont une seule personne', () =>
    inSandbox(async (ctx) => {
      const first = await findOrMakePerson(ctx.db, ctx, { ...jean, givenName: 'Zoé', familyName: 'Lefèvre' })
      expect(first.created).toBe(true)
      const again = { ...jean, givenName: 'ZOE', familyName: 'LEFEVRE', email: ' Jean@Exemple.fr ' }
      expect(await findOrMakePerson(ctx.db, ctx, again)).toEqual({ personId: first.personId, created: false })
    }))

  test('une faute de frappe, un nom composé ou une initiale désignent la même personne', () =>
    inSandbox(async (ctx) => {
      const { personId } = await findOrMakePerson(ctx.db, ctx, jean)
      for (const said of [
        { familyName: 'Dupond' },
        { familyName: 'Dupont-Martin' },
        { givenName: 'J.' },
        { givenName: 'Dupont', familyName: 'Jean' },
      ])
        expect(await findOrMakePerson(ctx.db, ctx, { ...jean, ...said })).toEqual({ personId, created: false })
    }))

  test('une adresse partagée avec un autre nom est une autre personne, y compris dans un couple', () =>
    inSandbox(async (ctx) => {
      const michel = await findOrMakePerson(ctx.db, ctx, { ...jean, givenName: 'Michel' })
      for (const givenName of ['Michèle', 'Jeanne', 'Louise']) {
        const other = await findOrMakePerson(ctx.db, ctx, { ...jean, givenName })
        expect(other).toEqual({ personId: expect.not.stringMatching(michel.personId), created: true })
      }
    }))

  test('une initiale qui peut désigner deux personnes n’en désigne aucune', () =>
    inSandbox(async (ctx) => {
      await findOrMakePerson(ctx.db, ctx, jean)
      await findOrMakePerson(ctx.db, ctx, { ...jean, givenName: 'Jacqueline' })
      expect((await findOrMakePerson(ctx.db, ctx, { ...jean, givenName: 'J.' })).created).toBe(true)
    }))

  test('ce qu’écrit un visiteur ne change rien à la fiche qui existe', () =>
    inSandbox(async (ctx) => {
      const { personId } = await findOrMakePerson(ctx.db, ctx, jean)
      const [before] = await ctx.db.select().from(people)
      await findOrMakePerson(ctx.db, asVisitor(ctx), { ...jean, familyName: 'Dupond', phone: '0600000000' })
      expect(await ctx.db.select().from(people)).toEqual([{ ...before, id: personId }])
    }))

  test('une fiche fusionnée mène à celle qui est gardée', () =>
    inSandbox(async (ctx) => {
      const dropped = await findOrMakePerson(ctx.db, ctx, jean)
      const kept = await findOrMakePerson(ctx.db, ctx, { ...jean, email: 'j.dupont@ville.fr' })
      await mergePeople(ctx, { keptId: kept.personId, droppedId: dropped.personId })
      expect(await findOrMakePerson(ctx.db, ctx, jean)).toEqual({ personId: kept.personId, created: false })
    }))

  test('sans adresse, seul le même téléphone avec le même nom fait une même personne', () =>
    inSandbox(async (ctx) => {
      const said = { ...jean, email: null, phone: '06 12 34 56 78' }
      const { personId } = await findOrMakePerson(ctx.db, ctx, said)
      expect(await findOrMakePerson(ctx.db, ctx, { ...said, phone: '+33 6 12 34 56 78' })).toEqual({
        personId,
        created: false,
      })
      expect((await findOrMakePerson(ctx.db, ctx, { ...said, phone: null })).created).toBe(true)
    }))

  test('recommencer ne crée personne de plus, quels que soient le nom et l’adresse', () =>
    inSandbox(async (ctx) => {
      const name = fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
        .map((text) => text.replaceAll('\u0000', '').toWellFormed())
      const said = fc.record({
        givenName: name,
        familyName: name.filter((text) => text.trim() !== ''),
        email: fc.emailAddress(),
      })
      await fc.assert(
        fc.asyncProperty(said, async (one) => {
          const first = await findOrMakePerson(ctx.db, ctx, { ...one, source: 'registration' })
          expect(await findOrMakePerson(ctx.db, ctx, { ...one, source: 'walk-in' })).toEqual({
            ...first,
            created: false,
          })
        }),
        { numRuns: 40 },
      )
    }))
})

test('vingt inscriptions simultanées de la même personne en créent une seule', () =>
  withDatabase(async (ctx) => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => ctx.db.transaction((tx) => findOrMakePerson(tx, ctx, jean))),
    )
    expect(new Set(all.map(({ personId }) => personId)).size).toBe(1)
    expect(all.filter(({ created }) => created)).toHaveLength(1)
    const { rows } = await ctx.db.execute<{ n: number }>(sql`select count(*)::int as n from directory.person`)
    expect(rows[0]!.n).toBe(1)
  }))
