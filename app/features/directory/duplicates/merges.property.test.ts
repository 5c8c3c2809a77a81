import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { inSandbox } from '#tests/context.ts'
import { addedOrganisation, addedPerson } from '../fixtures.ts'
import { kinds } from './kinds.server.ts'
import { type Choices, mergeRecords } from './merge-records.server.ts'
import type { Entity } from './rules.ts'
import { undoMerge } from './undo-merge.server.ts'

type Gesture = { do: 'merge'; kept: number; dropped: number; choices: Choices } | { do: 'undo'; which: number }

const MANY = 5
const record = fc.nat({ max: MANY - 1 })
const side = fc.constantFrom('kept', 'dropped', 'both') as fc.Arbitrary<Choices[string]>
const choices = fc.dictionary(fc.constantFrom('email', 'phone', 'note', 'givenName', 'siret', 'name', 'acronym'), side)
const gesture: fc.Arbitrary<Gesture> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), kept: record, dropped: record, choices }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat({ max: 9 }) }) },
)

const SIRETS = ['73282932000074', null, '55208131766522', null, '35600000000048']

const addOne: Record<Entity, (ctx: AppContext, i: number) => Promise<string>> = {
  person: (ctx, i) =>
    addedPerson(ctx, {
      givenName: `Prénom ${i % 3}`,
      email: i % 2 ? `p${i}@exemple.test` : null,
      phone: i > 2 ? '0467000001' : null,
      note: `Note ${i % 2}`,
    }),
  organisation: (ctx, i) =>
    addedOrganisation(ctx, {
      name: `Organisation ${i}`,
      acronym: i % 2 ? `O${i}` : null,
      siret: SIRETS[i],
      note: null,
    }),
}

/** Every record with all that a merge may touch. */
async function picture(ctx: AppContext, entity: Entity) {
  const { rows } = await ctx.db.execute(
    sql`select to_jsonb(r) - 'updated_at' as r from ${kinds[entity].table} r order by id`,
  )
  return rows
}

async function countOf(ctx: AppContext, entity: Entity) {
  const view = entity === 'person' ? sql`directory.person_card` : sql`directory.organisation_card`
  const { rows } = await ctx.db.execute<{ n: number; chains: number }>(sql`
    select (select count(distinct identity_id)::int from ${view}) as n, (select count(*)::int from ${kinds[entity].table} r
      join ${kinds[entity].table} k on k.id = r.merged_into_id where k.merged_into_id is not null) as chains`)
  expect(rows[0]!.chains).toBe(0)
  return rows[0]!.n
}

/** Plays the gestures, then undoes what stands, in an order of its own: the latest first would be too easy. */
async function play(ctx: AppContext, entity: Entity, gestures: readonly Gesture[], order: number) {
  const kind = kinds[entity]
  const ids: string[] = []
  for (let i = 0; i < MANY; i += 1) ids.push(await addOne[entity](ctx, i))
  const before = await picture(ctx, entity)
  const standing: string[] = []
  for (const one of gestures) {
    const count = await countOf(ctx, entity)
    if (one.do === 'merge') {
      const input = { keptId: ids[one.kept]!, droppedId: ids[one.dropped]!, choices: one.choices }
      const merged = await mergeRecords(ctx, kind, input)
      if (merged.ok) standing.push(merged.value.mergeId)
      expect(await countOf(ctx, entity)).toBe(count - (merged.ok ? 1 : 0))
    } else if (standing.length > 0) {
      const mergeId = standing[one.which % standing.length]!
      const undone = await undoMerge(ctx, kind, { mergeId })
      if (undone.ok) standing.splice(standing.indexOf(mergeId), 1)
      else expect(undone.error.type).toBe('kept-merged-since')
      expect(await countOf(ctx, entity)).toBe(count + (undone.ok ? 1 : 0))
    }
  }
  for (let turn = order; standing.length > 0; turn += order + 1) {
    const mergeId = standing[turn % standing.length]!
    if ((await undoMerge(ctx, kind, { mergeId })).ok) standing.splice(standing.indexOf(mergeId), 1)
    else turn += 1
  }
  expect(await picture(ctx, entity)).toEqual(before)
}

test.each(['person', 'organisation'] as const)(
  '%s : fusionner et défaire, dans n’importe quel ordre, ne fait jamais monter le compte et rend l’état d’avant',
  async (entity) => {
    const plan = fc.array(gesture, { minLength: 1, maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(plan, fc.nat({ max: 3 }), (gestures, order) =>
        inSandbox((ctx) => play(ctx, entity, gestures, order)),
      ),
      { numRuns: 25, seed: 2022 },
    )
  },
)
