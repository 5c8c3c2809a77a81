import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { parseListParams } from '#app/platform/list-params.ts'
import { asRole, inSandbox } from '#tests/context.ts'
import { addedOrganisation, addedPerson } from '../fixtures.ts'
import { loadOrganisation } from '../organisation-record.server.ts'
import { compareRecords } from './compare.server.ts'
import { decide } from './decide.server.ts'
import { findPairs } from './find-pairs.server.ts'
import { kinds } from './kinds.server.ts'
import { mergeRecords } from './merge-records.server.ts'
import { mergesOf } from './merges-of.server.ts'
import { listPairs, pairRules } from './pairs.server.ts'
import type { Entity } from './rules.ts'
import { undoMerge } from './undo-merge.server.ts'

async function listed(ctx: AppContext, query = '', entity: Entity = 'person') {
  const state = parseListParams(new URLSearchParams(query), pairRules(entity))
  if (!state.ok) throw new Error(state.error.type)
  const found = await listPairs(ctx, entity, state.value)
  if (!found.ok) throw new Error(found.error.type)
  return found.value
}

async function twoAlike(ctx: AppContext) {
  const email = 'amina@exemple.test'
  const full = await addedPerson(ctx, { email, phone: '0467000001' })
  const poor = await addedPerson(ctx, { email })
  await findPairs(ctx, 'person')
  return { full, poor }
}

const sentence = async (answer: ReturnType<typeof decide>) => {
  const result = await answer
  return result.ok ? result.value : `${result.error.status} ${result.error.sentence}`
}

describe('la liste des doublons', () => {
  test('les plus sûrs d’abord, filtrés par certitude et par raison, la fiche la plus remplie à gauche', () =>
    inSandbox(async (ctx) => {
      const { full, poor } = await twoAlike(ctx)
      await addedPerson(ctx, { givenName: 'Paul', familyName: 'Roux', organisationName: 'Cordia' })
      await addedPerson(ctx, { givenName: 'P.', familyName: 'Roux', organisationName: 'Cordia' })
      await findPairs(ctx, 'person')
      const { pairs, counts } = await listed(ctx)
      expect(pairs.map(({ score, sides }) => [score, ...sides.map(({ name }) => name)])).toMatchObject([
        [95, 'Amina Berthier', 'Amina Berthier'],
        [45, expect.any(String), expect.any(String)],
      ])
      expect(pairs[0]!.sides.map(({ id }) => id)).toEqual([full, poor])
      expect(counts).toMatchObject({ all: 2, certain: 1, likelihood: { sure: 1, possible: 1 }, reason: { email: 1 } })
      expect((await listed(ctx, 'certitude=possible')).total).toBe(1)
      expect((await listed(ctx, 'raison=email')).total).toBe(1)
      expect((await listed(ctx, 'raison=email&certitude=possible')).total).toBe(0)
    }))

  test('« ce ne sont pas les mêmes » vaut pour toujours, par-delà les fusions, et peut être repris', () =>
    inSandbox(async (ctx) => {
      const { full: one, poor: other } = await twoAlike(ctx)
      expect(await sentence(decide(ctx, 'person', { intent: 'apart', one, other }))).toContain('ne seront plus')
      await findPairs(ctx, 'person')
      expect((await listed(ctx)).total).toBe(0)
      expect((await compareRecords(ctx, 'person', one, null))?.twins).toEqual([])
      expect((await compareRecords(ctx, 'person', one, other))?.other?.apart).toBe(true)
      const third = await addedPerson(ctx, { email: 'amina@exemple.test' })
      await mergeRecords(ctx, kinds.person, { keptId: third, droppedId: other })
      await findPairs(ctx, 'person')
      expect((await listed(ctx)).total).toBe(0)
      const merge = (await mergesOf(ctx, 'person', third))![0]!
      await undoMerge(ctx, kinds.person, { mergeId: merge.id })
      expect((await listed(ctx, 'etat=ecartees')).pairs).toHaveLength(1)
      expect(await sentence(decide(ctx, 'person', { intent: 'again', one, other }))).toContain('de nouveau')
      await findPairs(ctx, 'person')
      expect((await listed(ctx)).total).toBe(3)
    }))

  test('les paires certaines se fusionnent d’un coup, si leur nombre est bien celui qui a été confirmé', () =>
    inSandbox(async (ctx) => {
      const { full } = await twoAlike(ctx)
      await addedPerson(ctx, { email: 'amina@exemple.test' })
      await addedPerson(ctx, { givenName: 'Amine', email: 'amina@exemple.test' })
      await findPairs(ctx, 'person')
      expect(await sentence(decide(ctx, 'person', { intent: 'certain', count: 2 }))).toContain('409 La liste a changé')
      expect(await sentence(decide(ctx, 'person', { intent: 'certain', count: 3 }))).toMatch(/^2.fusions faites\.$/)
      const { rows } = await ctx.db.execute(
        sql`select merged_into_id as id from directory.person where merged_into_id is not null`,
      )
      expect(rows).toEqual([{ id: full }, { id: full }])
    }))

  test('qui ne peut pas fusionner ne voit ni ne décide rien', () =>
    inSandbox(async (ctx) => {
      const { full: one, poor: other } = await twoAlike(ctx)
      const { ok, ...refused } = await listPairs(asRole(ctx, 'gestion'), 'person', {
        page: 1,
        pageSize: 20,
        sort: { key: 'score', direction: 'desc' },
        q: '',
        filters: {},
      })
      expect([ok, refused]).toEqual([false, { error: { type: 'not-allowed' } }])
      const gestion = asRole(ctx, 'gestion')
      for (const decision of [
        { intent: 'merge', one, other, kept: one },
        { intent: 'apart', one, other },
        { intent: 'again', one, other },
        { intent: 'certain', count: 1 },
        { intent: 'search' },
      ] as const)
        expect(await sentence(decide(gestion, 'person', decision))).toContain('403')
      expect(await compareRecords(gestion, 'person', one, other)).toBeNull()
      expect(await mergesOf(gestion, 'person', one)).toBeNull()
      expect((await undoMerge(gestion, kinds.person, { mergeId: one })).ok).toBe(false)
    }))
})

describe('choisir champ par champ, puis défaire', () => {
  test('ce qui a été ajouté depuis à la fiche gardée y reste', () =>
    inSandbox(async (ctx) => {
      const keptId = await addedPerson(ctx, { email: 'un@exemple.test', phone: '0467000001', note: 'Une' })
      const droppedId = await addedPerson(ctx, { email: 'deux@exemple.test', phone: '0467000002', note: 'Deux' })
      const { other } = (await compareRecords(ctx, 'person', keptId, droppedId))!
      expect(other?.differences.map(({ label }) => label)).toEqual(['Adresse électronique', 'Téléphone', 'Note'])
      const choices = { email: 'dropped', phone: 'dropped', note: 'both' } as const
      await mergeRecords(ctx, kinds.person, { keptId, droppedId, choices })
      const facts = sql`select email, phone, note from directory.person where id = ${keptId}`
      expect((await ctx.db.execute(facts)).rows).toEqual([
        { email: 'deux@exemple.test', phone: '0467000002', note: 'Une\n\nDeux' },
      ])
      await ctx.db.execute(sql`update directory.person set phone = '0499999999' where id = ${keptId}`)
      const [merge] = (await mergesOf(ctx, 'person', keptId))!
      expect(merge!.taken.find(({ field }) => field === 'Note')?.after).toBe('Une\n\nDeux')
      expect((await undoMerge(ctx, kinds.person, { mergeId: merge!.id, apart: true })).ok).toBe(true)
      expect((await ctx.db.execute(facts)).rows).toEqual([
        { email: 'un@exemple.test', phone: '0499999999', note: 'Une' },
      ])
      expect(await undoMerge(ctx, kinds.person, { mergeId: merge!.id })).toEqual({
        ok: false,
        error: { type: 'already-undone' },
      })
      expect((await listed(ctx, 'etat=ecartees')).total).toBe(1)
      const { rows } = await ctx.db.execute(sql`select name from platform.outbox where kind = 'event' order by id`)
      expect(rows).toEqual([{ name: 'directory.people-merged' }, { name: 'directory.people-unmerged' }])
    }))

  test('une fiche gardée qui a été fusionnée depuis : cette fusion-là se défait d’abord', () =>
    inSandbox(async (ctx) => {
      const [a, b, c] = [await addedPerson(ctx), await addedPerson(ctx), await addedPerson(ctx)]
      const first = await mergeRecords(ctx, kinds.person, { keptId: b, droppedId: a })
      await mergeRecords(ctx, kinds.person, { keptId: c, droppedId: b })
      const undone = await undoMerge(ctx, kinds.person, { mergeId: first.ok ? first.value.mergeId : '' })
      expect(undone).toEqual({ ok: false, error: { type: 'kept-merged-since', into: c } })
    }))

  test('les personnes d’une organisation fusionnée se lisent sur celle qui est gardée', () =>
    inSandbox(async (ctx) => {
      const keptId = await addedOrganisation(ctx, { name: 'Ville de Lunel' })
      const droppedId = await addedOrganisation(ctx, { name: 'Mairie de Lunel', siret: '73282932000074' })
      await addedPerson(ctx, { organisationId: droppedId })
      const merged = await mergeRecords(ctx, kinds.organisation, { keptId, droppedId })
      const record = await loadOrganisation(ctx, keptId)
      expect(record).toMatchObject({ organisation: { siret: '73282932000074' }, total: { now: 1 } })
      await undoMerge(ctx, kinds.organisation, { mergeId: merged.ok ? merged.value.mergeId : '' })
      expect((await loadOrganisation(ctx, droppedId))?.organisation.siret).toBe('73282932000074')
      expect((await loadOrganisation(ctx, keptId))?.total.now).toBe(0)
    }))
})
