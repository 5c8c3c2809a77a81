import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import { inSandbox, withDatabase } from '#tests/context.ts'
import { addedPerson } from './fixtures.ts'
import { mergePeople, undoPeopleMerge } from './merge-people.server.ts'
import { loadPerson } from './person-record.server.ts'

const NOBODY = '00000000-0000-4000-8000-00000000dead'

describe('fusionner deux fiches', () => {
  test('la fiche absorbée mène à la fiche gardée, qui reprend ce qui lui manquait', () =>
    inSandbox(async (ctx) => {
      const kept = await addedPerson(ctx, { email: 'amina@exemple.fr' })
      const dropped = await addedPerson(ctx, {
        familyName: 'Berthier-Roux',
        email: 'autre@exemple.fr',
        phone: '0467000001',
        function: 'Élue',
      })
      expect((await mergePeople(ctx, { keptId: kept, droppedId: dropped })).ok).toBe(true)
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
      const [a, b, c] = [await addedPerson(ctx), await addedPerson(ctx), await addedPerson(ctx)]
      const merge = async (keptId: string, droppedId: string) => {
        const result = await mergePeople(ctx, { keptId, droppedId })
        return result.ok ? 'ok' : result.error.type
      }
      expect(await merge(a, a)).toBe('same-record')
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
    const [a, b] = [await addedPerson(ctx), await addedPerson(ctx)]
    const results = await Promise.all([
      mergePeople(ctx, { keptId: a, droppedId: b }),
      mergePeople(ctx, { keptId: b, droppedId: a }),
    ])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  }))

test('deux mains qui défont la même fusion en même temps ne la défont qu’une fois', () =>
  withDatabase(async (ctx) => {
    const [keptId, droppedId] = [await addedPerson(ctx), await addedPerson(ctx)]
    const merged = await mergePeople(ctx, { keptId, droppedId })
    const mergeId = merged.ok ? merged.value.mergeId : ''
    const undone = await Promise.all([1, 2, 3].map(() => undoPeopleMerge(ctx, { mergeId })))
    expect(undone.filter(({ ok }) => ok)).toHaveLength(1)
    const { rows } = await ctx.db.execute(sql`select distinct identity_id from directory.person_card`)
    expect(rows).toHaveLength(2)
  }))
