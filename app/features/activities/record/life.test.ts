import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makeOrganisation, makeTerritory } from '../fixtures.ts'
import {
  activityPartners,
  activityTerritories,
  activityThemes,
  attendances,
  programmeItems,
  questions,
  speakers,
} from '../schema.server.ts'
import { cancelActivity } from './cancel-activity.server.ts'
import { deleteDraft } from './delete-draft.server.ts'
import { duplicateActivity } from './duplicate-activity.server.ts'
import type { Activity } from './editing.server.ts'
import { overrideHalfDays } from './override-half-days.server.ts'
import { publishActivity, unpublishActivity } from './publish-activity.server.ts'
import { readActivity } from './record.server.ts'
import { programmeOf } from './set-programme.server.ts'
import { questionsOf } from './set-questions.server.ts'

const target = ({ id, updatedAt }: Activity) => ({ activityId: id, version: updatedAt })
const draft = { status: 'draft', publishedAt: null } as const
const events = async (ctx: AppContext) =>
  (await ctx.db.execute<{ name: string }>(sql`select name from platform.outbox order by id`)).rows.map(
    ({ name }) => name,
  )

test('publier donne une date de publication et le dit à la maison', () =>
  inSandbox(async (ctx) => {
    const published = await publishActivity(ctx, target(await makeActivity(ctx, draft)))
    expect(published).toMatchObject({ ok: true, value: { status: 'published', publishedAt: ctx.now() } })
    expect(await events(ctx)).toEqual(['activities.published'])
  }))

test('sans séance, ou déjà publiée, une activité ne se publie pas', () =>
  inSandbox(async (ctx) => {
    const empty = await makeActivity(ctx, { ...draft, sessions: [] })
    expect(await publishActivity(ctx, target(empty))).toEqual({ ok: false, error: { type: 'no-session' } })
    const already = await makeActivity(ctx)
    expect(await publishActivity(ctx, target(already))).toEqual({ ok: false, error: { type: 'not-a-draft' } })
    expect(await events(ctx)).toEqual([])
  }))

test('une activité redevient un brouillon tant que personne n’y est inscrit, et garde son adresse', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    await makeAttendance(ctx, { activityId: activity.id, status: 'cancelled' })
    expect(await unpublishActivity(ctx, target(activity))).toMatchObject({
      ok: true,
      value: { status: 'draft', slug: activity.slug },
    })
    const attended = await makeActivity(ctx)
    await makeAttendance(ctx, { activityId: attended.id, status: 'waitlisted' })
    expect(await unpublishActivity(ctx, target(attended))).toEqual({
      ok: false,
      error: { type: 'has-people', count: 1 },
    })
  }))

test('annuler demande un motif, ferme les inscriptions et prévient', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    expect(await cancelActivity(ctx, target(activity), null)).toEqual({ ok: false, error: { type: 'no-reason' } })
    expect(await events(ctx)).toEqual([])
    expect(await cancelActivity(ctx, target(activity), 'Salle inondée')).toMatchObject({
      ok: true,
      value: { status: 'cancelled', cancelledReason: 'Salle inondée', registrationOpen: false, calendarSequence: 1 },
    })
    expect(await events(ctx)).toEqual(['activities.cancelled'])
    expect(await cancelActivity(ctx, { activityId: activity.id, version: null }, 'Encore')).toEqual({
      ok: false,
      error: { type: 'not-published' },
    })
  }))

test('publier, annuler et remplacer les demi-journées demandent chacun leur droit', () =>
  inSandbox(async (ctx) => {
    const refused = { ok: false, error: { type: 'not-allowed' } }
    const [activity, waiting] = [await makeActivity(ctx), await makeActivity(ctx, draft)]
    const reader = asRole(ctx, 'gestion')
    expect(await publishActivity(reader, target(waiting))).toEqual(refused)
    expect(await unpublishActivity(reader, target(activity))).toEqual(refused)
    expect(await cancelActivity(reader, target(activity), 'Motif')).toEqual(refused)
    expect(await overrideHalfDays(reader, target(activity), { halfDays: 3, reason: 'Motif' })).toEqual(refused)
    expect(await duplicateActivity(reader, activity.id, { day: '2023-01-10', title: null })).toEqual(refused)
    expect(await deleteDraft(reader, waiting.id)).toEqual(refused)
  }))

test('les demi-journées se remplacent avec un motif, puis se rendent au calcul', () =>
  inSandbox(async (ctx) => {
    const activity = await makeActivity(ctx)
    expect(await overrideHalfDays(ctx, target(activity), { halfDays: 3, reason: null })).toEqual({
      ok: false,
      error: { type: 'no-reason' },
    })
    const set = await overrideHalfDays(ctx, target(activity), { halfDays: 3, reason: 'Préparation en salle' })
    expect(set).toMatchObject({ ok: true, value: { halfDays: 3, computedHalfDays: 1 } })
    const back = await overrideHalfDays(
      ctx,
      { activityId: activity.id, version: null },
      { halfDays: null, reason: null },
    )
    expect(back).toMatchObject({ ok: true, value: { halfDays: 1, halfDaysReason: null } })
  }))

test('un brouillon né d’une erreur se supprime ; ce qui a été publié ou fréquenté reste', () =>
  inSandbox(async (ctx) => {
    const mistake = await makeActivity(ctx, draft)
    expect(await deleteDraft(ctx, mistake.id)).toEqual({ ok: true, value: null })
    expect(await readActivity(ctx, mistake.id)).toBeNull()
    const kept = { ok: false, error: { type: 'not-deletable' } }
    expect(await deleteDraft(ctx, (await makeActivity(ctx)).id)).toEqual(kept)
    expect(await deleteDraft(ctx, (await makeActivity(ctx, { status: 'draft' })).id)).toEqual(kept)
    const attended = await makeActivity(ctx, draft)
    await makeAttendance(ctx, { activityId: attended.id })
    expect(await deleteDraft(ctx, attended.id)).toEqual(kept)
  }))

/** Two sessions before the change of clock, with everything that can hang on an activity. */
async function fullActivity(ctx: AppContext) {
  const activity = await makeActivity(ctx, {
    title: 'Cycle d’essai',
    unidentifiedCount: 12,
    halfDaysOverride: 9,
    halfDaysReason: 'Essai',
    calendarSequence: 4,
    capacityOnsite: 30,
    registrationClosesAt: new Date('2022-10-25T10:00:00Z'),
    sessions: [
      { startsAt: new Date('2022-10-28T07:30:00Z'), endsAt: new Date('2022-10-28T10:30:00Z'), title: 'Jour 1' },
      { startsAt: new Date('2022-10-29T07:30:00Z'), endsAt: new Date('2022-10-29T10:30:00Z'), title: 'Jour 2' },
    ],
  })
  const activityId = activity.id
  const [item] = await ctx.db
    .insert(programmeItems)
    .values({ activityId, position: 0, title: 'Accueil', startsAt: new Date('2022-10-28T07:30:00Z') })
    .returning()
  await ctx.db.insert(speakers).values({ activityId, position: 0, name: 'Inès Bazin', programmeItemId: item!.id })
  const [first] = await ctx.db
    .insert(questions)
    .values({ activityId, position: 0, label: 'Déjeunez-vous ?', kind: 'yes-no' })
    .returning()
  await ctx.db.insert(questions).values({
    activityId,
    position: 1,
    label: 'Régime ?',
    kind: 'text',
    condition: { questionId: first!.id, oneOf: ['oui'] },
  })
  await ctx.db.insert(activityThemes).values({ activityId, themeId: 'theme:culture' })
  const territoryId = await makeTerritory(ctx, { id: 'com-34172', kind: 'commune', name: 'Montpellier' })
  await ctx.db.insert(activityTerritories).values({ activityId, territoryId })
  await ctx.db
    .insert(activityPartners)
    .values({ activityId, organisationId: await makeOrganisation(ctx), part: 'Accueil' })
  await makeAttendance(ctx, { activityId })
  return activity
}

test('dupliquer reprend programme, questions et partenaires, décale les jours à la même heure, jamais les inscrits', () =>
  inSandbox(async (ctx) => {
    const source = await fullActivity(ctx)
    // the copy falls in winter time: 9:30 in Paris stays 9:30
    const made = await duplicateActivity(ctx, source.id, { day: '2022-11-04', title: null })
    if (!made.ok) throw new Error(made.error.type)
    const copy = (await readActivity(ctx, made.value.id))!
    expect(copy).toMatchObject({
      title: 'Cycle d’essai',
      slug: 'cycle-d-essai-2022-11-04',
      status: 'draft',
      publishedAt: null,
      startsAt: new Date('2022-11-04T08:30:00Z'),
      registrationClosesAt: new Date('2022-11-01T11:00:00Z'),
      halfDays: 2,
      halfDaysReason: null,
      unidentifiedCount: 0,
      calendarSequence: 0,
      capacityOnsite: 30,
      themes: [{ id: 'theme:culture' }],
      territories: [{ id: 'com-34172' }],
      partners: [{ part: 'Accueil' }],
    })
    expect(copy.sessions.map(({ title, startsAt }) => [title, startsAt.toISOString()])).toEqual([
      ['Jour 1', '2022-11-04T08:30:00.000Z'],
      ['Jour 2', '2022-11-05T08:30:00.000Z'],
    ])
    const programme = await programmeOf(ctx.db, copy.id)
    expect(programme.items).toMatchObject([{ title: 'Accueil', startsAt: new Date('2022-11-04T08:30:00Z') }])
    expect(programme.speakers).toMatchObject([{ name: 'Inès Bazin', programmeItemId: programme.items[0]!.id }])
    const [first, second] = await questionsOf(ctx.db, copy.id)
    expect(second!.condition).toEqual({ questionId: first!.id, oneOf: ['oui'] })
    expect(await ctx.db.select().from(attendances).where(eq(attendances.activityId, copy.id))).toEqual([])
    expect((await readActivity(ctx, source.id))!.sessions).toHaveLength(2)
  }))

test('une activité sans date, ou inconnue, ne se duplique pas', () =>
  inSandbox(async (ctx) => {
    const undated = await makeActivity(ctx, { sessions: [] })
    const to = { day: '2023-01-10', title: null }
    expect(await duplicateActivity(ctx, undated.id, to)).toEqual({ ok: false, error: { type: 'without-date' } })
    expect(await duplicateActivity(ctx, crypto.randomUUID(), to)).toEqual({ ok: false, error: { type: 'not-found' } })
  }))
