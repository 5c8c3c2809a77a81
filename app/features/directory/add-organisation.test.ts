import { describe, expect, test } from 'vitest'
import { inSandbox } from '#tests/context.ts'
import { addOrganisation, updateOrganisation } from './add-organisation.server.ts'
import { addedOrganisation, addedPerson, someOrganisation } from './fixtures.ts'
import { organisationByName } from './organisation-by-name.server.ts'
import { loadOrganisation } from './organisation-record.server.ts'

const SIRET = '73282932000074'

describe('les organisations', () => {
  test('un SIRET n’appartient qu’à une organisation', () =>
    inSandbox(async (ctx) => {
      const id = await addedOrganisation(ctx, { siret: SIRET })
      const again = someOrganisation({ name: 'Toute autre chose', siret: SIRET })
      const taken = { type: 'siret-taken', organisationId: id, name: 'Association Les Passerelles' }
      expect(await addOrganisation(ctx, again)).toEqual({ ok: false, error: taken })
      const other = await addedOrganisation(ctx, { name: 'Toute autre chose' })
      expect(await updateOrganisation(ctx, other, again)).toEqual({ ok: false, error: taken })
      expect((await updateOrganisation(ctx, id, someOrganisation({ siret: SIRET, acronym: 'LP' }))).ok).toBe(true)
    }))

  test('un nom presque pareil est signalé', () =>
    inSandbox(async (ctx) => {
      const id = await addedOrganisation(ctx)
      const added = await addOrganisation(ctx, someOrganisation({ name: 'Association les passerelle' }))
      expect(added).toMatchObject({ ok: false, error: { type: 'like-others', twins: [{ id, why: 'name' }] } })
      expect((await addOrganisation(ctx, someOrganisation({ name: 'Ville de Sète' }))).ok).toBe(true)
    }))

  test('se retrouvent par leur nom, ou par un sigle que personne d’autre ne porte', () =>
    inSandbox(async (ctx) => {
      const id = await addedOrganisation(ctx, { name: 'Centre d’études du littoral', acronym: 'CEL' })
      for (const name of ['centre d etudes du littoral', 'CENTRE D’ÉTUDES DU LITTORAL', 'cel'])
        expect((await organisationByName(ctx.db, name))?.id).toBe(id)
      await addedOrganisation(ctx, { name: 'Club des élus locaux', acronym: 'CEL' })
      expect(await organisationByName(ctx.db, 'CEL')).toBeNull()
      for (const name of ['', '  ', '%', 'littoral']) expect(await organisationByName(ctx.db, name)).toBeNull()
    }))

  test('la fiche montre qui y travaille et qui y travaillait', () =>
    inSandbox(async (ctx) => {
      const organisationId = await addedOrganisation(ctx)
      await addedPerson(ctx, { familyName: 'Avant', organisationId, validFrom: '2015-01-01', validTo: '2019-12-31' })
      await addedPerson(ctx, { familyName: 'Maintenant', organisationId })
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
