import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { readProgress } from '#app/platform/progress.server.ts'
import { asRole, inSandbox } from '#tests/context.ts'
import { addedOrganisation, addedPerson } from '../fixtures.ts'
import { kinds } from './kinds.server.ts'
import { findPairs } from './find-pairs.server.ts'
import { mergeRecords } from './merge-records.server.ts'
import type { Entity } from './rules.ts'
import { askSearch, duplicatesJobs, searchState } from './search.server.ts'

/** « nom, nom : raisons », whichever side each of the two stands on. */
async function found(ctx: AppContext, entity: Entity): Promise<string[]> {
  await findPairs(ctx, entity)
  const name = entity === 'person' ? sql`given_name || ' ' || family_name` : sql`name`
  const { rows } = await ctx.db.execute<{ names: string[]; reasons: string[] }>(sql`
    select array(select ${name} from ${kinds[entity].table} r where r.id in (d.one_id, d.other_id) order by created_at, id) as names, d.reasons
    from directory.duplicate_pair d where entity = ${entity} order by score desc`)
  return rows.map(({ names, reasons }) => `${names.sort().join(' = ')} : ${reasons.join(', ')}`).sort()
}

test('un même nom se retrouve quelle que soit la façon dont il est écrit', () =>
  inSandbox(async (ctx) => {
    await addedPerson(ctx, { givenName: 'Hélène', familyName: 'de La Fontaine', email: 'h@exemple.test' })
    await addedPerson(ctx, { givenName: 'HELENE', familyName: 'FONTAINE', email: 'H@exemple.test' })
    await addedPerson(ctx, { givenName: 'Durand', familyName: 'Nathalie' })
    await addedPerson(ctx, { givenName: 'Nathalie', familyName: 'Durand' })
    await addedPerson(ctx, { givenName: 'Nathalie', familyName: 'Duramd' })
    await addedPerson(ctx, { givenName: 'Jean', familyName: 'Roux', organisationName: 'Cordia' })
    await addedPerson(ctx, { givenName: 'J.', familyName: 'Roux', organisationName: 'CORDIA' })
    await addedPerson(ctx, { givenName: 'Paul', familyName: 'Seul', email: 'h@exemple.test' })
    expect(await found(ctx, 'person')).toEqual([
      'Durand Nathalie = Nathalie Durand : order',
      'HELENE FONTAINE = Hélène de La Fontaine : particle, email',
      'J. Roux = Jean Roux : initial, organisation',
      'Nathalie Duramd = Nathalie Durand : long-slip',
    ])
  }))

test('une fiche déjà fusionnée n’est plus comparée ; la liste est refaite à chaque recherche', () =>
  inSandbox(async (ctx) => {
    const [a, b] = [
      await addedPerson(ctx, { phone: '0467000001' }),
      await addedPerson(ctx, { phone: '+33 4 67 00 00 01' }),
    ]
    expect(await found(ctx, 'person')).toEqual(['Amina Berthier = Amina Berthier : same-name, phone'])
    await mergeRecords(ctx, kinds.person, { keptId: a, droppedId: b })
    expect(await found(ctx, 'person')).toEqual([])
  }))

test('les organisations se comparent par leur nom, leur sigle, leur site', () =>
  inSandbox(async (ctx) => {
    await addedOrganisation(ctx, { name: 'Ville de Lunel', website: 'https://www.lunel.fr/accueil' })
    await addedOrganisation(ctx, { name: 'Mairie de Lunel', website: 'http://lunel.fr' })
    await addedOrganisation(ctx, { name: 'Collège 12' })
    await addedOrganisation(ctx, { name: 'Collège 13' })
    expect(await found(ctx, 'organisation')).toEqual(['Mairie de Lunel = Ville de Lunel : near-name, site'])
  }))

test('la recherche demandée se fait en arrière-plan, une à la fois, et dit où elle en est', () =>
  inSandbox(async (ctx) => {
    await addedPerson(ctx)
    await addedPerson(ctx)
    expect(await askSearch(asRole(ctx, 'gestion'), 'person')).toEqual({ ok: false, error: { type: 'not-allowed' } })
    const asked = await askSearch(ctx, 'person')
    expect(await askSearch(ctx, 'person')).toEqual({ ok: false, error: { type: 'under-way' } })
    expect(await searchState(ctx, 'person')).toMatchObject({ underWay: true, progress: { done: 0 } })
    const { rows } = await ctx.db.execute<{ payload: Record<string, unknown> }>(
      sql`select payload from platform.outbox where name = 'directory.search-duplicates'`,
    )
    const run = duplicatesJobs.find(({ queue }) => queue === 'directory.search-duplicates')!.run
    await run(ctx, rows[0]!.payload)
    await run(ctx, rows[0]!.payload)
    expect(await searchState(ctx, 'person')).toMatchObject({ underWay: false, endedAt: ctx.now() })
    const progress = asked.ok ? await readProgress(ctx, asked.value.progressId) : null
    expect(progress?.result).toEqual({ records: 2, found: 1 })
    await duplicatesJobs.find(({ queue }) => queue === 'directory.nightly-duplicates')!.run(ctx, {})
    expect((await searchState(ctx, 'organisation')).endedAt).toEqual(ctx.now())
  }))
