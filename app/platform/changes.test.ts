import { expect, test } from 'vitest'
import { inSandbox } from '#tests/context.ts'
import { changedFields, changesOf, recordChange } from './changes.server.ts'

test('une modification se lit champ par champ, la plus récente d’abord', () =>
  inSandbox(async (ctx) => {
    const before = { title: 'Avant', place: null as string | null, at: new Date('2022-01-01') }
    const fields = changedFields(before, { title: 'Après', place: null, at: new Date('2022-01-01') })
    expect(fields).toEqual({ title: ['Avant', 'Après'] })

    await recordChange(ctx.db, ctx, { action: 'essai.created', entity: 'essai', entityId: '1' })
    await recordChange(ctx.db, ctx, { action: 'essai.updated', entity: 'essai', entityId: '1', fields })
    await recordChange(ctx.db, ctx, { action: 'essai.created', entity: 'essai', entityId: '2' })

    expect(await changesOf(ctx.db, 'essai', '1')).toMatchObject([
      { action: 'essai.updated', actorLabel: 'Essais', fields: { title: ['Avant', 'Après'] } },
      { action: 'essai.created', fields: {} },
    ])
  }))

test('chaque essai part d’une base sans trace des autres', () =>
  inSandbox(async (ctx) => {
    expect(await changesOf(ctx.db, 'essai', '1')).toEqual([])
  }))
