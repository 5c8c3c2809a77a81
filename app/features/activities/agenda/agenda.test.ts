import nodeIcal from 'node-ical'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asVisitor, at, inSandbox } from '#tests/context.ts'
import { makeActivity, makeAttendance, type MakeActivity, makeTerritory } from '../fixtures.ts'
import { activityTerritories, activityThemes, programmeItems, speakers } from '../schema.server.ts'
import { publicActivity } from './activity.server.ts'
import { comingActivities, pastActivities, sessionsBetween } from './agenda.server.ts'
import { eventData, jsonBlock } from './event-data.ts'
import { activityCalendar, agendaCalendar, agendaRss, feedResponse } from './feeds.server.ts'
import { everything } from './filters.ts'
import { addMonths, daysOfGrid, monthOf } from './month-grid.ts'

const day = (date: string, hours = 3) => {
  const startsAt = new Date(`${date}T08:30:00Z`)
  return { startsAt, endsAt: new Date(startsAt.getTime() + hours * 3_600_000) }
}
const on = (ctx: AppContext, title: string, dates: string[], more: MakeActivity = {}) =>
  makeActivity(ctx, { title, sessions: dates.map((date) => day(date)), ...more })

const titles = (page: { lines: { title: string }[] }) => page.lines.map(({ title }) => title)

test('l’agenda montre ce qui vient, du plus proche au plus lointain ; le passé reste consultable', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    await on(ctx, 'Plus tard', ['2023-01-10'])
    await on(ctx, 'Bientôt', ['2022-11-30'])
    await on(ctx, 'Hier', ['2022-11-23'])
    await on(ctx, 'Cycle commencé', ['2022-09-15', '2022-12-15'])
    expect(titles(await comingActivities(ctx, everything))).toEqual(['Bientôt', 'Cycle commencé', 'Plus tard'])
    expect(titles(await pastActivities(ctx, everything))).toEqual(['Hier'])
  }))

test('brouillons, activités internes et pages discrètes ne sont ni dans l’agenda ni dans les flux ; une annulation y reste', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const shown = await on(ctx, 'Publique', ['2022-12-08'])
    await on(ctx, 'Brouillon', ['2022-12-08'], { status: 'draft' })
    await on(ctx, 'Interne', ['2022-12-08'], { visibility: 'internal' })
    const unlisted = await on(ctx, 'Discrète', ['2022-12-08'], { visibility: 'unlisted' })
    await on(ctx, 'Annulée', ['2022-12-09'], { status: 'cancelled' })
    await on(ctx, 'Brouillon annulé', ['2022-12-09'], { status: 'cancelled', publishedAt: null })
    const calendar = (await agendaCalendar(ctx))!.body
    const rss = (await agendaRss(ctx)).body
    expect(titles(await comingActivities(ctx, everything))).toEqual(['Publique', 'Annulée'])
    expect(await sessionsBetween(ctx, '2022-12-01', '2023-01-01')).toHaveLength(2)
    for (const text of [calendar, rss]) expect(text).not.toMatch(/Brouillon|Interne|Discrète/)
    expect((await publicActivity(ctx, unlisted.slug))?.facts.title).toBe('Discrète')
    expect((await publicActivity(ctx, shown.slug))?.registration.state).toBe('open')
  }))

test('brouillon et interne n’ont pas de page ; le lien de connexion n’est jamais sur une page publique', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    for (const given of [
      { status: 'draft' },
      { visibility: 'internal' },
      { status: 'cancelled', publishedAt: null },
    ] as const) {
      const { slug } = await makeActivity(ctx, given)
      expect(await publicActivity(ctx, slug)).toBe(null)
      expect(await activityCalendar(ctx, slug)).toBe(null)
    }
    const { slug } = await makeActivity(ctx, {
      mode: 'distanciel',
      remoteLink: 'https://visio.exemple.test/secret',
      sessions: [{ ...day('2022-12-08'), remoteLink: 'https://visio.exemple.test/autre' }],
    })
    expect(JSON.stringify(await publicActivity(ctx, slug))).not.toContain('visio.exemple.test')
    expect((await activityCalendar(ctx, slug))!.body).not.toContain('visio.exemple.test')
  }))

test('l’agenda se filtre par thème, type, territoire et format', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    await makeTerritory(ctx, { id: 'dep-34', kind: 'departement', name: 'Hérault', departementCode: '34' })
    await makeTerritory(ctx, { id: 'com-34172', kind: 'commune', name: 'Montpellier', departementCode: '34' })
    const a = await on(ctx, 'A', ['2022-12-01'], {
      mainThemeId: 'theme:culture',
      kindId: 'activite:webinaire',
      mode: 'distanciel',
    })
    const b = await on(ctx, 'B', ['2022-12-02'], { departementId: 'dep-34' })
    await ctx.db.insert(activityThemes).values({ activityId: b.id, themeId: 'theme:culture' })
    await ctx.db.insert(activityTerritories).values({ activityId: a.id, territoryId: 'com-34172' })
    await on(ctx, 'C', ['2022-12-03'], { mode: 'hybride' })
    const find = async (filter: Partial<typeof everything>) =>
      titles(await comingActivities(ctx, { ...everything, ...filter }))
    expect(await find({ themeId: 'theme:culture' })).toEqual(['A', 'B'])
    expect(await find({ kindId: 'activite:webinaire' })).toEqual(['A'])
    expect(await find({ departementId: 'dep-34' })).toEqual(['A', 'B'])
    expect(await find({ mode: 'hybride' })).toEqual(['C'])
    expect(await find({ themeId: 'theme:culture', mode: 'distanciel' })).toEqual(['A'])
  }))

test('chaque ligne dit s’il reste des places', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const full = await on(ctx, 'Complet', ['2022-12-01'], { capacityOnsite: 1 })
    const closed = await on(ctx, 'Complet sans liste', ['2022-12-02'], { capacityOnsite: 1, waitingList: false })
    const some = await on(ctx, 'Des places', ['2022-12-03'], { mode: 'hybride', capacityOnsite: 2, capacityRemote: 3 })
    await on(ctx, 'Sans limite', ['2022-12-04'])
    await on(ctx, 'Fermé', ['2022-12-05'], { registrationOpen: false })
    for (const { id } of [full, closed, some]) await makeAttendance(ctx, { activityId: id, status: 'registered' })
    const hints = (await comingActivities(ctx, everything)).lines.map(({ registration }) => registration)
    expect(hints).toEqual([
      { kind: 'waiting-list' },
      { kind: 'full' },
      { kind: 'places', left: 4 },
      { kind: 'open' },
      { kind: 'none' },
    ])
  }))

test('une page publique ne laisse pas sortir d’un bloc de données ce qui y est écrit', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const activity = await on(ctx, '</script><script>alert(1)</script>', ['2022-12-08', '2022-12-09'])
    await ctx.db.insert(programmeItems).values({ activityId: activity.id, position: 0, title: 'Ouverture' })
    await ctx.db.insert(speakers).values({ activityId: activity.id, position: 0, name: 'Lucie Marchand' })
    const event = eventData((await publicActivity(ctx, activity.slug))!, 'https://maillage.test')!
    const block = jsonBlock(event)
    expect(block).not.toContain('<')
    expect(JSON.parse(block)).toEqual(JSON.parse(JSON.stringify(event)))
    expect(event).toMatchObject({
      '@type': 'Event',
      eventStatus: 'https://schema.org/EventScheduled',
      startDate: '2022-12-08T08:30:00.000Z',
      performer: [{ name: 'Lucie Marchand' }],
      subEvent: [{}, {}],
    })
  }))

test('les calendriers se lisent ; celui d’un thème n’a que ce thème, un thème inconnu n’en a pas', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    await on(ctx, 'Culture', ['2022-12-01'], { mainThemeId: 'theme:culture' })
    await on(ctx, 'Autre', ['2022-12-02'])
    const summaries = (text: string) =>
      Object.values(nodeIcal.sync.parseICS(text)).flatMap((one) => (one?.type === 'VEVENT' ? [one.summary] : []))
    expect(summaries((await agendaCalendar(ctx))!.body)).toEqual(['Culture', 'Autre'])
    expect(summaries((await agendaCalendar(ctx, 'culture'))!.body)).toEqual(['Culture'])
    expect(await agendaCalendar(ctx, 'jardinage')).toBe(null)
    expect(await activityCalendar(ctx, 'inconnue')).toBe(null)
  }))

test('le fil RSS est bien formé quoi que contiennent les titres', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    await on(ctx, 'Élu·es & <habitant·es> : « ça » "marche"', ['2022-12-01'], { summary: 'a < b \u0001 & c' })
    const { body } = await agendaRss(ctx)
    expect(body).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n<rss version="2.0"/)
    expect(body).toContain('<title>Élu·es &amp; &lt;habitant·es&gt; : « ça » &quot;marche&quot;</title>')
    expect(body).not.toMatch(/[\u0000-\u0008]|&(?!amp;|lt;|gt;|quot;)/)
    const open = [...body.matchAll(/<([a-z]+)(?:\s[^>]*[^/])?>/gi)].map(([, name]) => name)
    const closed = [...body.matchAll(/<\/([a-z]+)>/gi)].map(([, name]) => name)
    expect(open.toSorted()).toEqual(closed.toSorted())
  }))

test('un flux qui n’a pas changé répond 304', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    await on(ctx, 'Culture', ['2022-12-01'])
    const feed = (await agendaCalendar(ctx))!
    const ask = (headers: Record<string, string>) =>
      feedResponse(new Request('https://maillage.test/agenda.ics', { headers }), feed)
    const first = ask({})
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'public, max-age=900'])
    const [etag, modified] = [first.headers.get('etag')!, first.headers.get('last-modified')!]
    expect(ask({ 'if-none-match': `W/${etag}` }).status).toBe(304)
    expect(ask({ 'if-modified-since': modified }).status).toBe(304)
    expect(ask({ 'if-none-match': '"autre"', 'if-modified-since': modified }).status).toBe(200)
    const again = (await agendaCalendar(at(ctx, '2022-11-25T09:00:00Z')))!
    expect(again.body).toBe(feed.body)
  }))

test('un mois est fait de semaines entières, du lundi au dimanche', () => {
  for (let i = 0; i < 240; i += 1) {
    const month = addMonths('2015-01', i)
    const days = daysOfGrid(month)
    expect(days.length % 7).toBe(0)
    expect(new Date(days[0]!).getUTCDay()).toBe(1)
    expect(days.filter((one) => one.startsWith(month))).toHaveLength(
      new Date(Date.UTC(+month.slice(0, 4), +month.slice(5), 0)).getUTCDate(),
    )
  }
  expect([monthOf('2022-13'), monthOf('2022-1'), monthOf('<b>'), monthOf('2022-12')]).toEqual([
    null,
    null,
    null,
    '2022-12',
  ])
})
