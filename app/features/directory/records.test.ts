import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, asVisitor, at, inSandbox, withDatabase } from '#tests/context.ts'
import { addOrganisation, updateOrganisation } from './add-organisation.server.ts'
import { addPerson } from './add-person.server.ts'
import { addAffiliation, removeAffiliation, updateAffiliation } from './affiliations.server.ts'
import { consentsOf, currentConsents, noteConsent, recordConsents } from './consents.server.ts'
import { someOrganisation, somePerson, someSituation } from './fixtures.ts'
import { historyOf } from './history.server.ts'
import { newPersonInput, organisationInput, situationInput } from './inputs.server.ts'
import { mergePeople } from './merge-people.server.ts'
import { organisationByName } from './organisation-by-name.server.ts'
import { loadOrganisation } from './organisation-record.server.ts'
import { loadPerson } from './person-record.server.ts'
import { updatePerson } from './update-person.server.ts'

const NOBODY = '00000000-0000-4000-8000-00000000dead'
const SIRET = '73282932000074'

async function person(ctx: AppContext, said: Parameters<typeof somePerson>[0] = {}): Promise<string> {
  const added = await addPerson(ctx, somePerson({ confirmed: true, ...said }))
  if (!added.ok) throw new Error(added.error.type)
  return added.value.id
}

async function organisation(ctx: AppContext, said: Parameters<typeof someOrganisation>[0] = {}): Promise<string> {
  const added = await addOrganisation(ctx, someOrganisation({ confirmed: true, ...said }))
  if (!added.ok) throw new Error(added.error.type)
  return added.value.id
}

describe('ajouter une personne', () => {
  test('elle entre avec sa situation ; un nom d’organisation connu devient un lien', () =>
    inSandbox(async (ctx) => {
      const organisationId = await organisation(ctx, { name: 'Maison des Écoles' })
      const id = await person(ctx, {
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
      const id = await person(ctx, {
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
      const [personId, organisationId] = [await person(ctx, { function: 'Élue' }), await organisation(ctx)]
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
      const id = await person(ctx, { email: 'a@exemple.fr' })
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
      const id = await person(ctx)
      await organisation(ctx, { name: 'Ville de Lunel' })
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
      const [one, other] = [await person(ctx, { function: 'Élue' }), await person(ctx)]
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
      const id = await person(ctx)
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

describe('les organisations', () => {
  test('un SIRET n’appartient qu’à une organisation', () =>
    inSandbox(async (ctx) => {
      const id = await organisation(ctx, { siret: SIRET })
      const again = someOrganisation({ name: 'Toute autre chose', siret: SIRET })
      const taken = { type: 'siret-taken', organisationId: id, name: 'Association Les Passerelles' }
      expect(await addOrganisation(ctx, again)).toEqual({ ok: false, error: taken })
      const other = await organisation(ctx, { name: 'Toute autre chose' })
      expect(await updateOrganisation(ctx, other, again)).toEqual({ ok: false, error: taken })
      expect((await updateOrganisation(ctx, id, someOrganisation({ siret: SIRET, acronym: 'LP' }))).ok).toBe(true)
    }))

  test('un nom presque pareil est signalé', () =>
    inSandbox(async (ctx) => {
      const id = await organisation(ctx)
      const added = await addOrganisation(ctx, someOrganisation({ name: 'Association les passerelle' }))
      expect(added).toMatchObject({ ok: false, error: { type: 'like-others', twins: [{ id, why: 'name' }] } })
      expect((await addOrganisation(ctx, someOrganisation({ name: 'Ville de Sète' }))).ok).toBe(true)
    }))

  test('se retrouvent par leur nom, ou par un sigle que personne d’autre ne porte', () =>
    inSandbox(async (ctx) => {
      const id = await organisation(ctx, { name: 'Centre d’études du littoral', acronym: 'CEL' })
      for (const name of ['centre d etudes du littoral', 'CENTRE D’ÉTUDES DU LITTORAL', 'cel'])
        expect((await organisationByName(ctx.db, name))?.id).toBe(id)
      await organisation(ctx, { name: 'Club des élus locaux', acronym: 'CEL' })
      expect(await organisationByName(ctx.db, 'CEL')).toBeNull()
      for (const name of ['', '  ', '%', 'littoral']) expect(await organisationByName(ctx.db, name)).toBeNull()
    }))

  test('la fiche montre qui y travaille et qui y travaillait', () =>
    inSandbox(async (ctx) => {
      const organisationId = await organisation(ctx)
      await person(ctx, { familyName: 'Avant', organisationId, validFrom: '2015-01-01', validTo: '2019-12-31' })
      await person(ctx, { familyName: 'Maintenant', organisationId })
      const record = await loadOrganisation(ctx, organisationId)
      expect(record).toMatchObject({
        total: { now: 1, past: 1 },
        members: [
          { name: 'Amina Maintenant', past: false },
          { name: 'Amina Avant', past: true },
        ],
      })
    }))
})

describe('fusionner deux fiches', () => {
  test('la fiche absorbée mène à la fiche gardée, qui reprend ce qui lui manquait', () =>
    inSandbox(async (ctx) => {
      const kept = await person(ctx, { email: 'amina@exemple.fr' })
      const dropped = await person(ctx, {
        familyName: 'Berthier-Roux',
        email: 'autre@exemple.fr',
        phone: '0467000001',
        function: 'Élue',
      })
      expect(await mergePeople(ctx, { keptId: kept, droppedId: dropped })).toEqual({ ok: true, value: null })
      const record = await loadPerson(ctx, kept)
      expect(record?.person).toMatchObject({ email: 'amina@exemple.fr', phone: '0467000001' })
      expect(record?.affiliations).toMatchObject([{ function: 'Élue', personId: dropped }])
      expect((await loadPerson(ctx, dropped))?.person.mergedIntoId).toBe(kept)
      expect((await changesOf(ctx.db, 'person', kept))[0]).toMatchObject({ action: 'directory.people-merged' })
      const { rows } = await ctx.db.execute<{ name: string }>(
        sql`select name from platform.outbox where kind = 'event'`,
      )
      expect(rows).toEqual([{ name: 'directory.people-merged' }])
    }))

  test('ni avec soi-même, ni avec une inconnue, ni en rond ; les fusions d’avant suivent', () =>
    inSandbox(async (ctx) => {
      const [a, b, c] = [await person(ctx), await person(ctx), await person(ctx)]
      const merge = async (keptId: string, droppedId: string) => {
        const result = await mergePeople(ctx, { keptId, droppedId })
        return result.ok ? 'ok' : result.error.type
      }
      expect(await merge(a, a)).toBe('same-person')
      expect(await merge(a, NOBODY)).toBe('not-found')
      expect(await merge(b, a)).toBe('ok')
      expect(await merge(a, b)).toBe('already-merged')
      expect(await merge(c, b)).toBe('ok')
      const { rows } = await ctx.db.execute(sql`select distinct identity_id as id from directory.person_card`)
      expect(rows).toEqual([{ id: c }])
    }))
})

test('deux fusions croisées en même temps ne font pas de rond', () =>
  withDatabase(async (ctx) => {
    const [a, b] = [await person(ctx), await person(ctx)]
    const results = await Promise.all([
      mergePeople(ctx, { keptId: a, droppedId: b }),
      mergePeople(ctx, { keptId: b, droppedId: a }),
    ])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  }))

describe('les formulaires', () => {
  const sentences = (result: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
    (result.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message])

  test('une mauvaise saisie donne une phrase à son champ', () => {
    const typed = { familyName: ' ', email: 'pas une adresse', phone: 'demander à Paul', validFrom: '31/02/2022' }
    expect(sentences(newPersonInput.safeParse(typed))).toEqual([
      ['familyName', 'Donnez un nom de famille.'],
      ['email', 'Cette adresse électronique n’est pas valable.'],
      ['phone', expect.stringContaining('donnez des chiffres')],
      ['validFrom', expect.stringContaining('Cette date n’existe pas')],
    ])
    const backwards = { function: 'Élue', validFrom: '2022-02-01', validTo: '31/01/2022' }
    expect(sentences(situationInput.safeParse(backwards))).toEqual([
      ['validTo', 'La fin ne peut pas précéder le début.'],
    ])
  })

  test('un SIRET de treize chiffres, un SIRET faux, un site qui n’en est pas un', () => {
    const of = (said: object) => sentences(organisationInput.safeParse({ name: 'Ville', ...said }))
    expect(of({ siret: '7328293200007' })).toEqual([['siret', 'Un SIRET a 14 chiffres.']])
    expect(of({ siret: '732 829 320 00075' })).toEqual([
      ['siret', expect.stringContaining('un chiffre au moins est faux')],
    ])
    expect(of({ siret: '732 829 320 00074', website: 'www.ville.fr' })).toEqual([])
    expect(of({ website: 'javascript:alert(1)' })).toEqual([['website', expect.stringContaining('n’est pas valable')]])
    expect(of({ name: 'x'.repeat(10_000) })).toEqual([['name', 'Ce texte est trop long (200 caractères au plus).']])
  })
})
