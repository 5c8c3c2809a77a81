import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { asRole, asVisitor, at, inSandbox } from '#tests/context.ts'
import { addOrganisation, updateOrganisation } from './add-organisation.server.ts'
import { addPerson } from './add-person.server.ts'
import { addAffiliation, removeAffiliation, updateAffiliation } from './affiliations.server.ts'
import { consentsOf, currentConsents, noteConsent, recordConsents } from './consents.server.ts'
import { addedOrganisation, addedPerson, someOrganisation, somePerson, someSituation } from './fixtures.ts'
import { historyOf } from './history.server.ts'
import { mergePeople } from './merge-people.server.ts'
import { loadOrganisation } from './organisation-record.server.ts'
import { loadPerson } from './person-record.server.ts'
import { updatePerson } from './update-person.server.ts'

const NOBODY = '00000000-0000-4000-8000-00000000dead'

describe('ajouter une personne', () => {
  test('elle entre avec sa situation ; un nom d’organisation connu devient un lien', () =>
    inSandbox(async (ctx) => {
      const organisationId = await addedOrganisation(ctx, { name: 'Maison des Écoles' })
      const id = await addedPerson(ctx, {
        organisationName: 'maison des ecoles',
        function: 'Animatrice',
        profileId: 'profil:association',
      })
      const record = await loadPerson(ctx, id)
      expect(record?.affiliations).toMatchObject([
        {
          organisationId,
          organisation: 'Maison des Écoles',
          function: 'Animatrice',
          profile: 'Association',
          when: 'now',
        },
      ])
    }))

  test('quelqu’un qui lui ressemble est signalé, et l’on peut continuer quand même', () =>
    inSandbox(async (ctx) => {
      const id = await addedPerson(ctx, {
        givenName: 'Amina',
        familyName: 'Berthier',
        email: 'amina@exemple.fr',
        phone: '04 67 00 00 01',
      })
      const whys = async (said: Parameters<typeof somePerson>[0]) => {
        const added = await addPerson(ctx, somePerson(said))
        return added.ok || added.error.type !== 'like-others'
          ? null
          : added.error.twins.map((twin) => [twin.id, twin.why])
      }
      expect(await whys({ givenName: 'Aminà', familyName: 'BERTIER' })).toEqual([[id, 'name']])
      expect(await whys({ givenName: 'Autre', familyName: 'Nom', email: 'amina@exemple.fr' })).toEqual([[id, 'email']])
      expect(await whys({ givenName: 'Autre', familyName: 'Nom', phone: '+33467000001' })).toEqual([[id, 'phone']])
      expect(await whys({ givenName: 'Amine', familyName: 'Berthelot' })).toBeNull()
      expect((await addPerson(ctx, somePerson({ confirmed: true }))).ok).toBe(true)
    }))

  test('ce qui n’existe pas est refusé, et rien n’est écrit', () =>
    inSandbox(async (ctx) => {
      for (const [field, value] of [
        ['departementId', 'dep-00'],
        ['profileId', 'profil:inconnu'],
        ['organisationId', NOBODY],
      ] as const)
        expect(await addPerson(ctx, somePerson({ [field]: value }))).toEqual({
          ok: false,
          error: { type: 'unknown-reference', field },
        })
      const { rows } = await ctx.db.execute<{ n: number }>(sql`select count(*)::int as n from directory.person`)
      expect(rows[0]!.n).toBe(0)
    }))

  test('qui ne peut pas écrire dans l’annuaire n’y ajoute ni n’y change rien', () =>
    inSandbox(async (ctx) => {
      const [personId, organisationId] = [await addedPerson(ctx, { function: 'Élue' }), await addedOrganisation(ctx)]
      const affiliationId = (await loadPerson(ctx, personId))!.affiliations[0]!.id
      const ids = { personId, affiliationId }
      const answer = { purpose: 'newsletter', given: true, how: 'phone', wording: 'Oui.' } as const
      for (const other of [asVisitor(ctx), asRole(ctx, 'lecture')]) {
        const refused = [
          addPerson(other, somePerson()),
          updatePerson(other, personId, somePerson()),
          addAffiliation(other, personId, someSituation({ function: 'Maire' })),
          updateAffiliation(other, ids, someSituation({ function: 'Maire' })),
          removeAffiliation(other, ids),
          noteConsent(other, personId, answer),
          addOrganisation(other, someOrganisation()),
          updateOrganisation(other, organisationId, someOrganisation()),
          mergePeople(other, { keptId: personId, droppedId: NOBODY }),
        ]
        for (const result of await Promise.all(refused))
          expect(result).toEqual({ ok: false, error: { type: 'not-allowed' } })
      }
      expect(await loadPerson(asVisitor(ctx), personId)).toBeNull()
      expect(await loadOrganisation(asVisitor(ctx), organisationId)).toBeNull()
      expect(await historyOf(asRole(ctx, 'lecture'), 'person', personId)).toBeNull()
      expect(await mergePeople(asRole(ctx, 'gestion'), { keptId: personId, droppedId: NOBODY })).toMatchObject({
        ok: false,
      })
    }))
})

describe('modifier', () => {
  test('l’historique dit champ par champ ce qui a changé, en français', () =>
    inSandbox(async (ctx) => {
      const id = await addedPerson(ctx, { email: 'a@exemple.fr' })
      const said = somePerson({ email: 'b@exemple.fr', note: 'À rappeler' })
      const { givenName, familyName, email, phone, departementId, note } = said
      const input = { givenName, familyName, email, phone, departementId, note }
      expect((await updatePerson(ctx, id, input)).ok).toBe(true)
      expect((await updatePerson(ctx, id, input)).ok).toBe(true)
      const history = await historyOf(ctx, 'person', id)
      expect(history?.map(({ what, changes }) => [what, changes])).toEqual([
        [
          'Fiche modifiée',
          [
            { field: 'Adresse électronique', before: 'a@exemple.fr', after: 'b@exemple.fr' },
            { field: 'Note', before: '', after: 'À rappeler' },
          ],
        ],
        ['Personne ajoutée', [{ field: 'Origine', before: '', after: 'Saisie par l’équipe' }]],
      ])
    }))

  test('une situation s’ajoute, se termine, se retire ; chaque geste reste lisible', () =>
    inSandbox(async (ctx) => {
      const id = await addedPerson(ctx)
      await addedOrganisation(ctx, { name: 'Ville de Lunel' })
      const added = await addAffiliation(
        ctx,
        id,
        someSituation({ organisationPlain: 'ville de lunel', function: 'Élue', validFrom: '2020-07-01' }),
      )
      const affiliationId = added.ok ? added.value.id : ''
      await updateAffiliation(
        ctx,
        { personId: id, affiliationId },
        someSituation({
          organisationName: 'Ville de Lunel',
          function: 'Élue',
          validFrom: '2020-07-01',
          validTo: '2022-06-30',
        }),
      )
      expect((await loadPerson(ctx, id))?.affiliations).toMatchObject([{ when: 'past', validTo: '2022-06-30' }])
      await removeAffiliation(ctx, { personId: id, affiliationId })
      expect((await loadPerson(ctx, id))?.affiliations).toEqual([])
      const history = await historyOf(ctx, 'person', id)
      expect(
        history
          ?.slice(0, 3)
          .map(({ what, changes }) => [what, changes.find(({ field }) => field === 'Jusqu’au')?.after]),
      ).toEqual([
        ['Situation retirée', ''],
        ['Situation modifiée', '30/06/2022'],
        ['Situation ajoutée', undefined],
      ])
      expect(await addAffiliation(ctx, id, someSituation())).toEqual({ ok: false, error: { type: 'empty' } })
    }))

  test('la situation d’une personne ne se change pas par la fiche d’une autre', () =>
    inSandbox(async (ctx) => {
      const [one, other] = [await addedPerson(ctx, { function: 'Élue' }), await addedPerson(ctx)]
      const affiliationId = (await loadPerson(ctx, one))!.affiliations[0]!.id
      const ids = { personId: other, affiliationId }
      expect(await removeAffiliation(ctx, ids)).toEqual({ ok: false, error: { type: 'not-found' } })
      expect(await updateAffiliation(ctx, ids, someSituation({ function: 'x' }))).toEqual({
        ok: false,
        error: { type: 'not-found' },
      })
    }))
})

describe('les consentements', () => {
  test('la réponse la plus récente compte, les précédentes restent', () =>
    inSandbox(async (ctx) => {
      const id = await addedPerson(ctx)
      const yes = { purpose: 'newsletter', given: true, how: 'registration', wording: 'J’accepte.' } as const
      await recordConsents(ctx.db, at(ctx, '2022-01-01T09:00:00Z'), id, [yes, { ...yes, purpose: 'photos' }])
      await noteConsent(at(ctx, '2022-05-01T09:00:00Z'), id, { ...yes, given: false, how: 'phone' })
      const all = await consentsOf(ctx.db, id)
      expect(all).toHaveLength(3)
      expect(currentConsents(all)).toMatchObject({
        newsletter: { given: false, how: 'phone' },
        photos: { given: true },
      })
      expect(await noteConsent(ctx, NOBODY, yes)).toEqual({ ok: false, error: { type: 'not-found' } })
    }))
})
