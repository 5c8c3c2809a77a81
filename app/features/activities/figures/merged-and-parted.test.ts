import { expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { mergePeople, undoPeopleMerge } from '#app/features/directory/index.server.ts'
import { loadPanels } from '#app/platform/panels.server.ts'
import { at, inSandbox } from '../../../../tests/context.ts'
import { attendancePanels } from '../attendance/panels.server.ts'
import { makeActivity, makeAttendance, makeOrganisation, makePerson } from '../fixtures.ts'
import { recordPanels } from '../record/panels.server.ts'
import { partnersOf } from '../record/write-partners.server.ts'
import { figureById } from './catalogue.server.ts'
import { yearPeriod } from './period.ts'

test('deux présences d’une même personne à une activité comptent une fois, et de nouveau deux si la fusion est défaite', () =>
  inSandbox(async (sandbox) => {
    const ctx = at(sandbox, '2023-06-01T08:00:00Z')
    const { id: activityId } = await makeActivity(ctx)
    const [keptId, droppedId] = [await makePerson(ctx), await makePerson(ctx)]
    for (const personId of [keptId, droppedId]) await makeAttendance(ctx, { activityId, personId, status: 'present' })
    const counts = async () => {
      const values: (number | null)[] = []
      for (const id of ['presences', 'personnes']) {
        const found = await figureById(id)!.compute(ctx, yearPeriod(2022), {})
        values.push(found.ok ? found.value.value : null)
      }
      return values
    }
    expect(await counts()).toEqual([2, 2])
    const merged = await mergePeople(ctx, { keptId, droppedId })
    expect(await counts()).toEqual([1, 1])
    await undoPeopleMerge(ctx, { mergeId: merged.ok ? merged.value.mergeId : '' })
    expect(await counts()).toEqual([2, 2])
  }))

test('une organisation fusionnée ne fait qu’un partenaire, et ses présences se lisent sur celle qui est gardée', () =>
  inSandbox(async (ctx) => {
    const [kept, dropped] = [await makeOrganisation(ctx), await makeOrganisation(ctx)]
    const { id: activityId } = await makeActivity(ctx)
    for (const id of [kept, dropped])
      await ctx.db.execute(
        sql`insert into activities.activity_partner (activity_id, organisation_id) values (${activityId}, ${id})`,
      )
    await makeAttendance(ctx, { organisationId: dropped, status: 'present' })
    await ctx.db.execute(sql`update directory.organisation set merged_into_id = ${kept} where id = ${dropped}`)
    expect(await partnersOf(ctx.db, activityId)).toMatchObject([{ organisationId: kept }])
    const panels = await loadPanels(ctx, [...attendancePanels, ...recordPanels], 'organisation', kept)
    expect(panels.map(({ total }) => total)).toEqual([1, 1])
  }))
