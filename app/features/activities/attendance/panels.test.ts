import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { mergePeople } from '#app/features/directory/index.server.ts'
import { loadPanels } from '#app/platform/panels.server.ts'
import { asVisitor, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makeOrganisation, makePerson } from '../fixtures.ts'
import { attendancePanels } from './panels.server.ts'

test('une personne montre ses participations de toutes les années, fiches fusionnées comprises', () =>
  inSandbox(async (ctx) => {
    const [kept, dropped] = [
      await makePerson(ctx, { familyName: 'Doublon' }),
      await makePerson(ctx, { familyName: 'Doublon' }),
    ]
    const session = { startsAt: new Date('2021-03-04T08:00:00Z'), endsAt: new Date('2021-03-04T10:00:00Z') }
    const former = await makeActivity(ctx, { title: 'Ancienne', role: 'partenaire', sessions: [session] })
    await makeAttendance(ctx, { personId: dropped, activityId: former.id, status: 'excused' })
    await makeAttendance(ctx, { personId: kept })
    await mergePeople(ctx, { keptId: kept, droppedId: dropped })
    const [panel] = await loadPanels(ctx, attendancePanels, 'person', kept)
    expect(panel).toMatchObject({
      total: 2,
      items: [{ state: 'Présent·e' }, { label: 'Ancienne', detail: 'Séminaire, centre partenaire', state: 'Excusé·e' }],
    })
  }))

test('une organisation montre les présences de ses membres au jour de l’activité', () =>
  inSandbox(async (ctx) => {
    const organisationId = await makeOrganisation(ctx)
    const personId = await makePerson(ctx, { givenName: 'Inès', familyName: 'Bouzid' })
    await makeAttendance(ctx, { personId, organisationId })
    await makeAttendance(ctx, { organisationId, status: 'absent' })
    await ctx.db.execute(sql`delete from directory.affiliation`)
    const [panel] = await loadPanels(ctx, attendancePanels, 'organisation', organisationId)
    expect(panel).toMatchObject({ total: 1, items: [{ label: 'Inès Bouzid' }] })
  }))

test('un visiteur ne voit aucune participation', () =>
  inSandbox(async (ctx) => {
    const { personId } = await makeAttendance(ctx)
    expect(await loadPanels(asVisitor(ctx), attendancePanels, 'person', personId)).toEqual([])
  }))
