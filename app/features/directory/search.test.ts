import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asVisitor, inSandbox } from '#tests/context.ts'
import { addOrganisation } from './add-organisation.server.ts'
import { addPerson } from './add-person.server.ts'
import { someOrganisation, somePerson } from './fixtures.ts'
import { mergePeople } from './merge-people.server.ts'
import { organisationNames, searchOrganisations, searchPeople } from './search.server.ts'

async function seeded(ctx: AppContext) {
  const cordia = await addOrganisation(ctx, someOrganisation({ name: 'Association Cordia', siret: '73282932000074' }))
  const organisationId = cordia.ok ? cordia.value.id : ''
  const add = async (said: Parameters<typeof somePerson>[0]) => {
    const added = await addPerson(ctx, somePerson({ confirmed: true, ...said }))
    return added.ok ? added.value.id : ''
  }
  const jean = await add({
    givenName: 'Jean',
    familyName: 'Dupont',
    email: 'j.dupont@cordia.fr',
    phone: '+33 6 12 34 56 78',
    organisationId,
    function: 'Directeur',
  })
  const lea = await add({ givenName: 'Léa', familyName: 'Müller-Œuvrard', email: 'lea@exemple.fr' })
  await add({ givenName: 'Ali', familyName: 'Bo' })
  return { organisationId, jean, lea }
}

const first = async (ctx: AppContext, text: string) => (await searchPeople(ctx, text, 6))[0]?.label

describe('la recherche', () => {
  test('trouve une personne par son nom dans tous les sens, son début, une faute, son adresse, son téléphone ou son organisation', () =>
    inSandbox(async (ctx) => {
      await seeded(ctx)
      const asked = [
        'dupont jean',
        'Jean DUPONT',
        'dupon',
        'Dupond',
        'dupnt',
        'jaen dupont',
        'j.dupont@cordia.fr',
        'J.DUPONT@',
        '06 12 34 56 78',
        '+33612345678',
        'cordia',
        'cordai',
        'dupont cordia',
        'du',
      ]
      for (const text of asked) expect([text, await first(ctx, text)]).toEqual([text, 'Jean Dupont'])
    }))

  test('pardonne les accents et les ligatures', () =>
    inSandbox(async (ctx) => {
      await seeded(ctx)
      for (const text of ['muller oeuvrard', 'LÉA MÜLLER', 'lea muler', 'Œuvrard'])
        expect(await first(ctx, text)).toBe('Léa Müller-Œuvrard')
      expect(await first(ctx, 'bo')).toBe('Ali Bo')
    }))

  test('dit la fonction et l’organisation, et mène à la fiche', () =>
    inSandbox(async (ctx) => {
      const { jean } = await seeded(ctx)
      expect(await searchPeople(ctx, 'dupont', 6)).toEqual([
        { id: jean, label: 'Jean Dupont', detail: 'Directeur, Association Cordia', href: `/bureau/personnes/${jean}` },
      ])
    }))

  test('l’ancien nom d’une fiche fusionnée mène à la fiche gardée', () =>
    inSandbox(async (ctx) => {
      const { jean, lea } = await seeded(ctx)
      await mergePeople(ctx, { keptId: jean, droppedId: lea })
      expect((await searchPeople(ctx, 'müller', 6)).map(({ id }) => id)).toEqual([jean])
    }))

  test('une organisation se trouve par son nom, une faute ou son SIRET', () =>
    inSandbox(async (ctx) => {
      const { organisationId } = await seeded(ctx)
      for (const text of ['cordia', 'asociation cordia', 'CORDAI', '732 829 320', '73282932000074'])
        expect([text, (await searchOrganisations(ctx, text, 6))[0]?.id]).toEqual([text, organisationId])
    }))

  test('un visiteur ne trouve personne ; le site public ne rend que des noms d’organisations', () =>
    inSandbox(async (ctx) => {
      const { organisationId } = await seeded(ctx)
      expect(await searchPeople(asVisitor(ctx), 'dupont', 6)).toEqual([])
      expect(await searchOrganisations(asVisitor(ctx), 'cordia', 6)).toEqual([])
      expect(await organisationNames(ctx.db, 'cordia')).toEqual([{ id: organisationId, label: 'Association Cordia' }])
      expect(await organisationNames(ctx.db, 'c')).toEqual([])
    }))

  test('aucun texte ne la fait échouer', () =>
    inSandbox(async (ctx) => {
      await seeded(ctx)
      const texts = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({
          unit: fc.constantFrom('%', '_', '\\', "'", '"', '@', '.', ' ', '\u0000', '\ud800', 'a', '0', '+', 'é'),
          maxLength: 30,
        }),
      )
      await fc.assert(
        fc.asyncProperty(texts, async (text) => {
          await searchPeople(ctx, text, 5)
          await searchOrganisations(ctx, text, 5)
        }),
        { numRuns: 60 },
      )
      expect(await searchPeople(ctx, 'dupont '.repeat(5000), 5)).toHaveLength(1)
    }))
})
