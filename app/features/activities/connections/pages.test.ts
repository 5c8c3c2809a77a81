import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makePerson } from '../fixtures.ts'
import { listsAction } from './lists-action.server.ts'
import { newName } from './reading/new-name.ts'
import { reviewAction } from './review-action.server.ts'
import { connectionReview } from './review.server.ts'

const post = (body: FormData | URLSearchParams) => new Request('https://maillage.test/', { method: 'POST', body })

async function upload(ctx: AppContext, activityId: string, text: string | Uint8Array<ArrayBuffer> | null) {
  const form = new FormData()
  form.set('intent', 'importer')
  if (text !== null) form.set('fichier', new File([text], 'liste.csv', { type: 'text/csv' }))
  return listsAction(ctx, activityId, post(form))
}

const answer = (ctx: AppContext, activityId: string, importId: string, fields: Record<string, string>) =>
  reviewAction(
    ctx,
    { activityId, importId },
    post(new URLSearchParams({ intent: 'valider', regle: 'share', valeur: '33', ...fields })),
  )

async function draft(ctx: AppContext) {
  const { id } = await makeActivity(ctx, { mode: 'distanciel' })
  const { importId } = await upload(ctx, id, 'Nom;Durée\nZed;1 h 30\n')
  const [line] = (await connectionReview(ctx, { activityId: id, importId: importId! }))!.lines
  return { id, importId: importId!, line: line!.id }
}

test('chaque mauvais fichier a sa phrase à son champ et rien n’est gardé', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    const sentence = async (text: string | Uint8Array<ArrayBuffer> | null) => {
      const { status, errors } = await upload(ctx, id, text)
      return [status, errors?.fichier?.length]
    }
    for (const bad of [
      null,
      '',
      'recette;farine\ncrêpes;250 g\n',
      'Nom;Durée\n',
      '%PDF-1.7',
      new Uint8Array(6_000_000),
    ])
      expect(await sentence(bad)).toEqual([400, 1])
    expect((await listsAction(ctx, id, post(new URLSearchParams({ intent: 'casser' })))).status).toBe(400)
    expect((await listsAction(ctx, id, post(new URLSearchParams({ intent: 'annuler', trace: 'hier' })))).status).toBe(
      400,
    )
    expect((await upload(asRole(ctx, 'lecture'), id, 'Nom;Durée\nZed;1 h\n')).status).toBe(403)
  }))

test('chaque mauvaise réponse a sa phrase à sa ligne, ce qui était tapé est rendu', () =>
  inSandbox(async (ctx) => {
    const { id, importId, line } = await draft(ctx)
    const errorsOf = async (fields: Record<string, string>) => {
      const { status, errors, values } = await answer(ctx, id, importId, fields)
      expect(values).toBeDefined()
      return [status, Object.keys(errors ?? {})]
    }
    expect(await errorsOf({ valeur: 'beaucoup' })).toEqual([400, ['valeur']])
    expect(await errorsOf({ valeur: '180' })).toEqual([400, ['valeur']])
    expect(await errorsOf({ regle: 'humeur' })).toEqual([400, ['regle']])
    expect(await errorsOf({ [`d.${line}`]: 'peut-être' })).toEqual([400, [`d.${line}`]])
    expect(await errorsOf({ [`d.${line}`]: 'nouvelle', [`courriel.${line}`]: 'pas une adresse' })).toEqual([
      400,
      [`prenom.${line}`, `nom.${line}`, `courriel.${line}`],
    ])
    expect(await errorsOf({ [`d.${line}`]: 'autre' })).toEqual([400, [`autre.${line}`]])
    expect(await errorsOf({ [`d.${line}`]: 'autre', [`autreTexte.${line}`]: 'Personne de ce nom' })).toEqual([
      400,
      [`autre.${line}`],
    ])
    expect(await errorsOf({ [`d.${line}`]: id })).toEqual([400, [`d.${line}`]])
    expect((await reviewAction(ctx, { activityId: id, importId }, post(new URLSearchParams()))).status).toBe(400)
  }))

test('sans script, une autre personne se désigne par son nom ; garder ne pointe rien, annuler rend tout', () =>
  inSandbox(async (ctx) => {
    const { id, importId, line } = await draft(ctx)
    const personId = await makePerson(ctx, { givenName: 'Zénobie', familyName: 'Delmas' })
    const other = { [`d.${line}`]: 'autre', [`autreTexte.${line}`]: 'Zénobie Delmas' }
    expect((await answer(ctx, id, importId, { ...other, intent: 'garder' })).notice).toContain(
      'rien n’est encore pointé',
    )
    expect((await connectionReview(ctx, { activityId: id, importId }))!.lines[0]).toMatchObject({
      person: { id: personId },
    })
    expect((await answer(ctx, id, importId, {})).notice).toBe('1\u00a0personne ajoutée à la liste.')
    expect((await answer(ctx, id, importId, {})).notice).toContain('rien n’a changé')
    expect((await answer(ctx, id, importId, { intent: 'annuler' })).notice).toContain('Liste annulée.')
    expect((await answer(ctx, id, importId, { intent: 'ecarter' })).status).toBe(409)
  }))

test('le nom proposé pour une nouvelle personne', () => {
  expect(newName('DUPONT Marie - CD34')).toEqual({ givenName: 'Marie', familyName: 'DUPONT' })
  expect(newName('Martin, Paul')).toEqual({ givenName: 'Paul', familyName: 'Martin' })
  expect(newName('iPhone de Marie')).toEqual({ givenName: 'Marie', familyName: '' })
})
