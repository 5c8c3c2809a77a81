import { expect, test } from 'vitest'
import { asRole, asVisitor, inSandbox } from '#tests/context.ts'
import {
  failProgress,
  finishProgress,
  latestProgress,
  readProgress,
  startProgress,
  stepProgress,
} from './progress.server.ts'

test('un long travail avance, puis s’achève, sous les yeux de qui l’a demandé', () =>
  inSandbox(async (ctx) => {
    const owner = asRole(ctx, 'charge-de-mission')
    const id = await startProgress(owner, { label: 'Importer une liste', total: 300 })
    await stepProgress(ctx, id, { done: 120, step: 'Lecture des lignes' })
    expect(await readProgress(owner, id)).toMatchObject({
      done: 120,
      total: 300,
      step: 'Lecture des lignes',
      finishedAt: null,
    })
    await finishProgress(ctx, id, { added: 290 })
    expect(await readProgress(owner, id)).toMatchObject({ finishedAt: ctx.now(), result: { added: 290 }, step: null })
  }))

test('un échec garde sa raison', () =>
  inSandbox(async (ctx) => {
    const id = await startProgress(ctx, { label: 'Composer le rapport' })
    await failProgress(ctx, id, 'Une image n’a pas de texte de remplacement.')
    expect(await readProgress(ctx, id)).toMatchObject({ failedReason: 'Une image n’a pas de texte de remplacement.' })
  }))

test('celui d’un autre ne se lit pas, sauf par qui suit les tâches', () =>
  inSandbox(async (ctx) => {
    const ownerId = '00000000-0000-4000-8000-00000000000a'
    const id = await startProgress(ctx, { label: 'Importer une liste', ownerId })
    expect(await readProgress(asRole(ctx, 'charge-de-mission'), id)).toBeNull()
    expect(await readProgress(asVisitor(ctx), id)).toBeNull()
    expect(await latestProgress(asRole(ctx, 'charge-de-mission'))).toEqual([])
    expect(await readProgress(asRole(ctx, 'gestion'), id)).toMatchObject({ id })
    expect(await latestProgress(asRole(ctx, 'gestion'))).toMatchObject([{ id }])
  }))
