import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { makeActivity, makeAttendance, makePerson } from '#app/features/activities/fixtures.ts'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, asVisitor, at, inSandbox } from '#tests/context.ts'
import { dashboard } from './dashboard.server.ts'
import { participantsChapter } from './participants/chapter.server.ts'
import { Opening, Profiles, Unnamed } from './participants/sentences.tsx'
import { publicChapter, publicYear } from './public-year.server.ts'

const on = (day: string) => ({
  sessions: [{ startsAt: new Date(`${day}T08:00:00Z`), endsAt: new Date(`${day}T11:00:00Z`) }],
})

/** 2021: one presence. 2022: two activities, three presences of two people, five people not named. */
async function twoYears(ctx: AppContext) {
  await makeAttendance(ctx, { activityId: (await makeActivity(ctx, on('2021-05-10'))).id })
  const [one, two] = [await makePerson(ctx), await makePerson(ctx)]
  const spring = await makeActivity(ctx, { unidentifiedCount: 5, ...on('2022-03-10') })
  const summer = await makeActivity(ctx, on('2022-06-10'))
  await makeAttendance(ctx, { activityId: spring.id, personId: one })
  await makeAttendance(ctx, { activityId: spring.id, personId: two, profileId: 'profil:elu' })
  await makeAttendance(ctx, { activityId: summer.id, personId: one })
}

const text = (node: React.ReactNode) =>
  renderToStaticMarkup(node)
    .replace(/<sup>.*?<\/sup>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replaceAll('&#x27;', '’')

test('le chapitre s’écrit en phrases à partir des lignes de l’année', () =>
  inSandbox(async (sandbox) => {
    const ctx = at(sandbox, '2023-02-01T08:00:00Z')
    await twoYears(ctx)
    const chapter = await participantsChapter(ctx, 2022)
    if (!chapter.ok) throw new Error('refused')
    expect(text(<Opening chapter={chapter.value} />)).toBe(
      'En 2022, Maillage a organisé ou co-organisé 2 actions collectives, soit 2 demi-journées. Elles ont réuni 3 présences cumulées, de 2 personnes différentes : chacune est venue 1,5 fois en moyenne.Pour les présences, c’est 3 fois le nombre de 2021 (1) ; pour les personnes, 2 fois le nombre de 2021 (1).',
    )
    expect(text(<Unnamed chapter={chapter.value} />)).toBe(
      'À ces présences s’ajouteraient, si elles avaient pu être nommées, 5 personnes comptées en séance. Le nombre de personnes différentes se situe donc entre 2 et 7.',
    )
    expect(text(<Profiles view={chapter.value.view} />)).toBe(
      'Par leurs présences, les premiers profils sont : Associations (67 %) et Élu·es (33 %). Si l’on compte chaque personne une fois : Élu·es (50 %) et Associations (50 %).',
    )
  }))

test('une année sans donnée le dit, et un visiteur n’a pas de chapitre', () =>
  inSandbox(async (ctx) => {
    const chapter = await participantsChapter(ctx, 2010)
    expect(chapter).toMatchObject({ ok: true, value: { blank: true, view: { compared: null } } })
    expect(await participantsChapter(asVisitor(ctx), 2022)).toEqual({ ok: false, error: { type: 'not-allowed' } })
  }))

test('le public lit la dernière année complète qui a des présences, jamais l’année en cours', () =>
  inSandbox(async (ctx) => {
    expect(await publicYear(ctx.db, ctx.now())).toBeNull()
    await twoYears(ctx)
    expect(await publicYear(ctx.db, ctx.now())).toEqual({ year: 2021, presences: 1, people: 1, activities: 1 })
    expect(await publicYear(ctx.db, new Date('2023-01-01T00:00:00Z'))).toEqual({
      year: 2022,
      presences: 3,
      people: 2,
      activities: 2,
    })
    expect(await publicChapter(ctx.db, ctx.now(), 2022)).toBeNull()
    expect(await publicChapter(ctx.db, ctx.now(), 2021)).toMatchObject({
      years: [2021],
      view: { total: { people: 1 } },
    })
  }))

test('l’accueil du bureau : ce qui vient avec ses places, ce qui reste à cocher, l’année à la même date', () =>
  inSandbox(async (ctx) => {
    await twoYears(ctx)
    const coming = await makeActivity(ctx, { capacityOnsite: 1, ...on('2022-12-08') })
    await makeAttendance(ctx, { activityId: coming.id, status: 'registered' })
    await makeAttendance(ctx, { activityId: coming.id, status: 'waitlisted' })
    const left = await makeActivity(ctx, on('2022-11-10'))
    await makeAttendance(ctx, { activityId: left.id, status: 'registered' })
    const unnoted = await makeActivity(ctx, on('2022-11-03'))
    const draft = await makeActivity(ctx, { status: 'draft', ...on('2022-11-05') })
    const today = await dashboard(asRole(ctx, 'direction'))
    expect(today.coming).toMatchObject([{ id: coming.id, onsite: 1, waiting: 1, capacityOnsite: 1 }])
    expect(today.attendance).toMatchObject({
      total: 2,
      items: [
        { id: left.id, people: 1 },
        { id: unnoted.id, people: 0 },
      ],
    })
    expect(today.drafts.items.map(({ id }) => id)).toEqual([draft.id])
    expect(today.failedMails).toBe(0)
    expect(today.year?.participation).toMatchObject({
      total: { presences: 3 },
      before: { presences: 1 },
      compared: { until: '2021-11-24' },
    })
  }))

test('chacun ne voit de l’accueil que ce que son rôle permet', () =>
  inSandbox(async (ctx) => {
    await twoYears(ctx)
    await makeActivity(ctx, { status: 'draft', ...on('2022-11-05') })
    expect(await dashboard(asRole(ctx, 'lecture'))).toMatchObject({ drafts: { total: 0 }, failedMails: null })
    expect(await dashboard(asVisitor(ctx))).toMatchObject({ coming: [], attendance: { total: 0 }, year: null })
  }))
