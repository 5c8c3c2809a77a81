import { describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { inSandbox, withDatabase } from '#tests/context.ts'
import { addOrganisation } from './add-organisation.server.ts'
import { findOrMakePerson } from './find-or-make-person.server.ts'
import { someOrganisation } from './fixtures.ts'
import { mergePeople } from './merge-people.server.ts'
import { affiliations } from './schema.server.ts'
import { noteSituation, situationAt } from './situation.server.ts'

const DELEGATE = 'profil:etat-delegue-prefet'
const AGENT = 'profil:agent-collectivite'

async function someone(ctx: AppContext, email = 'lou@exemple.fr') {
  return (
    await findOrMakePerson(ctx.db, ctx, { givenName: 'Lou', familyName: 'Perrin', email, source: 'registration' })
  ).personId
}

async function organisation(ctx: AppContext, name: string) {
  const added = await addOrganisation(ctx, someOrganisation({ name, confirmed: true }))
  return added.ok ? added.value.id : ''
}

const spans = async (ctx: AppContext) => {
  const rows = await ctx.db.select().from(affiliations).orderBy(sql`valid_from nulls first, created_at`)
  return rows.map((row) => [row.function, row.validFrom, row.validTo])
}

describe('la situation à une date', () => {
  test('ce qu’une inscription dit est vrai à partir de son jour, et pas avant', () =>
    inSandbox(async (ctx) => {
      const [personId, organisationId] = [await someone(ctx), await organisation(ctx, 'Ville de Lunel')]
      await noteSituation(ctx.db, ctx, personId, '2022-03-10', {
        function: 'Cheffe de projet',
        profileId: AGENT,
        organisationId,
      })
      expect(await situationAt(ctx.db, personId, '2022-03-10')).toEqual({
        function: 'Cheffe de projet',
        profileId: AGENT,
        organisationId,
        organisationName: 'Ville de Lunel',
        departementId: null,
      })
      expect((await situationAt(ctx.db, personId, '2022-03-09')).organisationId).toBeNull()
    }))

  test('redire la même chose n’ajoute rien, aux accents près', () =>
    inSandbox(async (ctx) => {
      const [personId, organisationId] = [await someone(ctx), await organisation(ctx, 'Ville de Lunel')]
      const said = { function: 'Chargée de médiation', profileId: AGENT, organisationId }
      await noteSituation(ctx.db, ctx, personId, '2022-03-10', said)
      await noteSituation(ctx.db, ctx, personId, '2022-06-01', { ...said, function: 'chargee de mediation' })
      await noteSituation(ctx.db, ctx, personId, '2022-07-01', { organisationId })
      expect(await spans(ctx)).toEqual([['Chargée de médiation', '2022-03-10', null]])
    }))

  test('une autre fonction dans la même organisation termine la précédente la veille ; le passé reste', () =>
    inSandbox(async (ctx) => {
      const [personId, organisationId] = [await someone(ctx), await organisation(ctx, 'Ville de Lunel')]
      await noteSituation(ctx.db, ctx, personId, '2021-01-15', { function: 'Agente', profileId: AGENT, organisationId })
      await noteSituation(ctx.db, ctx, personId, '2022-09-01', {
        function: 'Directrice',
        profileId: AGENT,
        organisationId,
      })
      expect(await spans(ctx)).toEqual([
        ['Agente', '2021-01-15', '2022-08-31'],
        ['Directrice', '2022-09-01', null],
      ])
      expect((await situationAt(ctx.db, personId, '2022-08-31')).function).toBe('Agente')
    }))

  test('une activité plus ancienne, saisie après coup, prolonge la situation vers le passé sans chevaucher', () =>
    inSandbox(async (ctx) => {
      const [personId, organisationId] = [await someone(ctx), await organisation(ctx, 'Ville de Lunel')]
      await noteSituation(ctx.db, ctx, personId, '2022-09-01', { function: 'Directrice', organisationId })
      await noteSituation(ctx.db, ctx, personId, '2022-05-01', { function: 'Directrice', organisationId })
      await noteSituation(ctx.db, ctx, personId, '2021-05-01', { function: 'Stagiaire', organisationId })
      expect(await spans(ctx)).toEqual([
        ['Stagiaire', '2021-05-01', '2022-04-30'],
        ['Directrice', '2022-05-01', null],
      ])
    }))

  test('une autre organisation s’ajoute : on peut faire deux choses à la fois', () =>
    inSandbox(async (ctx) => {
      const [personId, lunel, sete] = [
        await someone(ctx),
        await organisation(ctx, 'Ville de Lunel'),
        await organisation(ctx, 'Mission locale de Sète'),
      ]
      await noteSituation(ctx.db, ctx, personId, '2022-01-01', { function: 'Élue', organisationId: lunel })
      await noteSituation(ctx.db, ctx, personId, '2022-02-01', { function: 'Bénévole', organisationId: sete })
      expect(await spans(ctx)).toEqual([
        ['Élue', '2022-01-01', null],
        ['Bénévole', '2022-02-01', null],
      ])
      expect((await situationAt(ctx.db, personId, '2022-03-01')).function).toBe('Bénévole')
    }))

  test('un profil sans organisation, ou une organisation inconnue de l’annuaire, se gardent aussi', () =>
    inSandbox(async (ctx) => {
      const personId = await someone(ctx)
      await noteSituation(ctx.db, ctx, personId, '2022-01-01', { profileId: DELEGATE })
      expect((await situationAt(ctx.db, personId, '2022-01-01')).profileId).toBe(DELEGATE)
      await noteSituation(ctx.db, ctx, personId, '2022-02-01', { organisationName: 'Les Amis du Canal' })
      await noteSituation(ctx.db, ctx, personId, '2022-03-01', { organisationName: 'les amis du canal' })
      expect((await situationAt(ctx.db, personId, '2022-03-01')).organisationName).toBe('Les Amis du Canal')
      expect(await spans(ctx)).toHaveLength(2)
      await noteSituation(ctx.db, ctx, personId, '2022-04-01', {})
      expect(await spans(ctx)).toHaveLength(2)
    }))

  test('après une fusion, elle se lit et se note sur la personne gardée', () =>
    inSandbox(async (ctx) => {
      const [kept, dropped] = [await someone(ctx), await someone(ctx, 'perrin@ville.fr')]
      const organisationId = await organisation(ctx, 'Ville de Lunel')
      await noteSituation(ctx.db, ctx, dropped, '2022-01-01', { function: 'Agente', organisationId })
      await mergePeople(ctx, { keptId: kept, droppedId: dropped })
      expect((await situationAt(ctx.db, kept, '2022-02-01')).function).toBe('Agente')
      expect((await situationAt(ctx.db, dropped, '2022-02-01')).function).toBe('Agente')
      await noteSituation(ctx.db, ctx, dropped, '2022-03-01', { function: 'Agente', organisationId })
      expect(await spans(ctx)).toEqual([['Agente', '2022-01-01', null]])
    }))
})

test('deux inscriptions simultanées de la même personne ne notent qu’une situation', () =>
  withDatabase(async (ctx) => {
    const [personId, organisationId] = [await someone(ctx), await organisation(ctx, 'Ville de Lunel')]
    const said = { function: 'Agente', organisationId }
    await Promise.all(
      Array.from({ length: 6 }, () => ctx.db.transaction((tx) => noteSituation(tx, ctx, personId, '2022-01-01', said))),
    )
    expect(await spans(ctx)).toEqual([['Agente', '2022-01-01', null]])
  }))
