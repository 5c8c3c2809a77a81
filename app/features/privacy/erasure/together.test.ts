import { sql } from 'drizzle-orm'
import { mkdtempSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeActivity, makeAttendance, makePerson } from '#app/features/activities/fixtures.ts'
import { findOrMakePerson } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { allPersonalData } from '../../../personal-data.server.ts'
import { at, withDatabase } from '../../../../tests/context.ts'
import { askErasure, eraseInBackground } from './background.server.ts'
import { erasePeople } from './erase-people.server.ts'
import { eraseAgain, erasureListFile, parseErasureList, writeErasureList } from './erasure-list.server.ts'

const someone = { givenName: 'Amina', familyName: 'Berthier', email: 'amina@exemple.test' }
const countPeople = async (ctx: AppContext) =>
  (
    await ctx.db.execute<{ living: number; shells: number }>(sql`
    select (count(*) filter (where erased_year is null))::int as living, (count(erased_year))::int as shells from directory.person`)
  ).rows[0]!

test('qui se réinscrit pendant qu’on l’efface est une nouvelle personne, et rien ne casse', () =>
  withDatabase(async (ctx) => {
    const personId = await makePerson(ctx, someone)
    const { id: activityId } = await makeActivity(ctx, {
      sessions: [{ startsAt: new Date('2022-01-08T08:30:00Z'), endsAt: new Date('2022-01-08T11:30:00Z') }],
    })
    await makeAttendance(ctx, { personId, activityId })
    let again: Promise<string> = Promise.resolve('')
    await ctx.db.transaction(async (tx) => {
      await erasePeople({ ...ctx, db: tx }, allPersonalData, { personIds: [personId], rule: 'request' })
      // while the erasure is not committed, the same person registers: they wait for it
      again = ctx.db.transaction(async (other) => {
        const found = await findOrMakePerson(other, ctx, { ...someone, source: 'registration' })
        await makeAttendance({ ...ctx, db: other }, { personId: found.personId, activityId, status: 'registered' })
        return found.personId
      })
    })
    expect(await again).not.toBe(personId)
    expect(await countPeople(ctx)).toEqual({ living: 1, shells: 1 })
  }))

test('qui s’inscrit juste avant la purge n’est plus à purger', () =>
  withDatabase(async (sandbox) => {
    const personId = await makePerson(at(sandbox, '2018-01-01T08:00:00Z'), someone)
    const asked = { personIds: [personId], rule: 'retention' as const }
    let purge: ReturnType<typeof erasePeople> | null = null
    await sandbox.db.transaction(async (tx) => {
      const { personId: found } = await findOrMakePerson(tx, sandbox, { ...someone, source: 'registration' })
      expect(found).toBe(personId)
      purge = erasePeople(sandbox, allPersonalData, asked)
      await makeAttendance({ ...sandbox, db: tx }, { personId, status: 'registered' })
    })
    expect(await purge).toEqual({ erased: 0, left: [{ personId, why: 'not-due' }] })
  }))

test('effacer toute la liste se fait en arrière-plan, et se reprend où il s’est arrêté', () =>
  withDatabase(async (ctx) => {
    for (let i = 0; i < 3; i += 1) await makePerson(at(ctx, '2018-01-01T08:00:00Z'))
    await makePerson(ctx)
    const asked = await askErasure(ctx, allPersonalData, 'all')
    if (!asked.ok) throw new Error(asked.error.type)
    const payload = {
      progressId: asked.value.progressId,
      personIds: null,
      at: ctx.now().toISOString(),
      by: 'Direction',
    }
    await eraseInBackground(ctx, allPersonalData, payload)
    await eraseInBackground(ctx, allPersonalData, payload)
    expect(await countPeople(ctx)).toEqual({ living: 1, shells: 0 })
    const { rows } = await ctx.db.execute(sql`select distinct actor_label, rule from privacy.erasure`)
    expect(rows).toEqual([{ actor_label: 'Direction', rule: 'retention' }])
  }))

test('une sauvegarde restaurée est effacée de nouveau, par une liste qui ne nomme personne', () =>
  withDatabase((backup) =>
    withDatabase(async (present) => {
      const filesDir = path.join(mkdtempSync(path.join(tmpdir(), 'maillage-')), 'files')
      mkdirSync(filesDir)
      const personId = await makePerson(present, someone)
      // the backup was made before the erasure: it still knows the person, under the same id
      await backup.db.execute(sql`
        insert into directory.person (id, given_name, family_name, email, created_at, updated_at)
        values (${personId}, ${someone.givenName}, ${someone.familyName}, ${someone.email}, now(), now())`)
      await erasePeople(present, allPersonalData, { personIds: [personId], rule: 'request' })
      await writeErasureList({ ...present, filesDir })
      const text = readFileSync(erasureListFile(filesDir), 'utf8')
      expect(text.toLowerCase()).not.toMatch(/amina|berthier/)
      expect(text).not.toContain(personId)
      expect(await eraseAgain(backup, allPersonalData, parseErasureList(text)!)).toEqual({ known: 1, erased: 1 })
      expect(await eraseAgain(backup, allPersonalData, parseErasureList(text)!)).toEqual({ known: 1, erased: 0 })
      expect(await countPeople(backup)).toEqual({ living: 0, shells: 0 })
      const { rows } = await backup.db.execute<{ rule: string }>(sql`select rule from privacy.erasure order by rule`)
      expect(rows.map(({ rule }) => rule)).toEqual(['request', 'restored'])
    }),
  ))

test('un fichier qui n’est pas une liste d’effacements est refusé', () => {
  for (const text of ['{', '{"id":"x"}', 'bonjour\n', '[]']) expect(parseErasureList(text)).toBeNull()
  expect(parseErasureList('\n')).toEqual([])
})
