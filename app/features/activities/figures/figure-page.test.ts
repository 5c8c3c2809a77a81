import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { toCsv } from '#app/platform/export.server.ts'
import { asRole, asVisitor, at, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { exportFigure, openFigure } from './figure-page.server.ts'
import { figureHref } from './hrefs.ts'
import { rowColumns } from './row-columns.tsx'
import { yearPage } from './year-page.server.ts'

const past = { sessions: [{ startsAt: new Date('2022-03-10T08:00:00Z'), endsAt: new Date('2022-03-10T11:00:00Z') }] }

async function someYear(ctx: AppContext) {
  const activity = await makeActivity(ctx, { title: 'Réseau PRE', ...past })
  const personId = await makePerson(ctx, { givenName: 'Inès', familyName: 'Bouzid' })
  await makeAttendance(ctx, { activityId: activity.id, personId, organisationName: 'Les Passerelles' })
  await makeAttendance(ctx, { activityId: activity.id, mode: 'remote', profileId: 'profil:elu' })
  return { activityId: activity.id, personId }
}

const query = (text: string) => new URLSearchParams(text)

test('un chiffre s’ouvre sur ses lignes, qui mènent à la personne et à l’activité', () =>
  inSandbox(async (ctx) => {
    const { activityId, personId } = await someYear(ctx)
    const opened = await openFigure(ctx, 'presences', query('annee=2022&profil=association'))
    expect(opened).toMatchObject({
      ok: true,
      value: {
        value: { value: 1 },
        total: 1,
        asked: { filters: { perimetre: ['participation'], profil: ['association'] } },
        rows: [{ personId, name: 'Inès Bouzid', organisation: 'Les Passerelles', activityId, title: 'Réseau PRE' }],
      },
    })
  }))

test('l’adresse d’un chiffre dit toujours son périmètre, et se relit comme elle a été écrite', () =>
  inSandbox(async (ctx) => {
    await someYear(ctx)
    const asked = { year: 2022, until: '2022-11-24', filters: { mode: ['presentiel'], mois: ['03'] } }
    const href = figureHref('activites', asked)
    expect(href).toBe('/bureau/chiffres/activites?annee=2022&jusqu=2022-11-24&perimetre=tout&mode=presentiel&mois=03')
    const opened = await openFigure(ctx, 'activites', query(href.split('?')[1]!))
    expect(opened).toMatchObject({ ok: true, value: { asked, value: { value: 1 } } })
  }))

test('une part s’ouvre sur ses deux comptes', () =>
  inSandbox(async (ctx) => {
    await someYear(ctx)
    expect(await openFigure(ctx, 'part-a-distance', query('annee=2022'))).toMatchObject({
      ok: true,
      value: { value: { value: 0.5, parts: { numerator: 1, denominator: 2 } }, total: 2 },
    })
  }))

test.each([
  ['annee=deux-mille', { type: 'bad-year', value: 'deux-mille' }],
  ['annee=20222', { type: 'bad-year', value: '20222' }],
  ['annee=2022&jusqu=2022-02-31', { type: 'bad-day', value: '2022-02-31' }],
  ['annee=2022&jusqu=2021-03-01', { type: 'bad-day', value: '2021-03-01' }],
  ['annee=2022&theme=magie', { type: 'unknown-value', axis: 'theme', value: 'magie' }],
  ['annee=2022&mois=13', { type: 'unknown-value', axis: 'mois', value: '13' }],
  ['annee=2022&perimetre=autre', { type: 'unknown-value', axis: 'perimetre', value: 'autre' }],
  ['annee=2022&famille=elus', { type: 'axis-not-used', axis: 'famille' }],
])('« %s » est refusé plutôt qu’ignoré', (text, error) =>
  inSandbox(async (ctx) => {
    expect(await openFigure(ctx, 'activites', query(text))).toEqual({
      ok: false,
      error: { type: 'bad-address', error },
    })
  }),
)

test('une page au-delà de la dernière, un tri ou un chiffre inconnus sont refusés', () =>
  inSandbox(async (ctx) => {
    await someYear(ctx)
    const type = async (id: string, text: string) => {
      const opened = await openFigure(ctx, id, query(text))
      return opened.ok ? null : 'error' in opened.error ? opened.error.error.type : opened.error.type
    }
    expect(await type('presences', 'annee=2022&page=2')).toBe('page-out-of-range')
    expect(await type('presences', 'annee=2022&page=zéro')).toBe('bad-page')
    expect(await type('presences', 'annee=2022&tri=mot-de-passe')).toBe('unknown-sort')
    expect(await type('recettes', 'annee=2022')).toBe('no-such-figure')
    expect(await type('presences', 'annee=2011')).toBeNull()
  }))

test('qui ne peut qu’y lire voit les lignes mais n’exporte aucun nom ; les activités s’exportent', () =>
  inSandbox(async (ctx) => {
    await someYear(ctx)
    const reader = asRole(ctx, 'lecture')
    expect(await openFigure(reader, 'presences', query('annee=2022'))).toMatchObject({
      ok: true,
      value: { total: 2, mayExport: false },
    })
    expect(await exportFigure(reader, 'presences', query('annee=2022'))).toMatchObject({
      ok: false,
      error: { type: 'not-allowed' },
    })
    expect(await exportFigure(reader, 'personnes', query('annee=2022'))).toMatchObject({ ok: false })
    expect(await exportFigure(reader, 'activites', query('annee=2022'))).toMatchObject({ ok: true })
    expect(await exportFigure(asRole(ctx, 'gestion'), 'presences', query('annee=2022'))).toMatchObject({ ok: true })
  }))

test('un visiteur ne sait pas même que la page existe', () =>
  inSandbox(async (ctx) => {
    expect(await openFigure(asVisitor(ctx), 'presences', query('annee=2022'))).toEqual({
      ok: false,
      error: { type: 'not-allowed' },
    })
    expect(await yearPage(asVisitor(ctx), query(''))).toEqual({ ok: false, error: { type: 'not-allowed' } })
  }))

test('l’export dit ce que dit l’écran, en français', () =>
  inSandbox(async (ctx) => {
    await someYear(ctx)
    const found = await exportFigure(ctx, 'presences', query('annee=2022&profil=association'))
    if (!found.ok) throw new Error('refused')
    const { rowKind, rows, words } = found.value
    expect(
      toCsv(rowColumns(rowKind, words, 'Présences'), rows)
        .slice(1)
        .split('\r\n'),
    ).toEqual([
      'Le;Personne;Fonction;Organisation;Profil;Département;Activité;Présence;Relevée par',
      '10/03/2022;Inès Bouzid;;Les Passerelles;Association;Département inconnu;Réseau PRE;Sur place;Inscription',
      '',
    ])
  }))

test('la page d’une année : le périmètre de chaque chiffre, l’année d’avant, les demi-journées croisées', () =>
  inSandbox(async (sandbox) => {
    const ctx = at(sandbox, '2022-11-24T09:00:00Z')
    await someYear(ctx)
    const before = { startsAt: new Date('2021-03-01T08:00:00Z'), endsAt: new Date('2021-03-01T10:00:00Z') }
    const late = { startsAt: new Date('2021-12-20T08:00:00Z'), endsAt: new Date('2021-12-20T10:00:00Z') }
    for (const one of [before, late])
      await makeAttendance(ctx, { activityId: (await makeActivity(ctx, { sessions: [one] })).id })
    await makeActivity(ctx, { kindId: 'activite:copil', ...past })
    const page = await yearPage(ctx, query('annee=2022&lignes=type&colonnes=mois'))
    if (!page.ok) throw new Error(page.error.type)
    const { participation, activity, crosstab, years } = page.value
    expect(participation.total).toMatchObject({ activities: 1, presences: 2, people: 2 })
    // under way: compared at the same date, so that December 2021 is left out
    expect(participation.compared).toEqual({ year: 2021, until: '2021-11-24' })
    expect(participation.before).toMatchObject({ presences: 1 })
    expect(activity.total.activities).toBe(2)
    expect(crosstab.cells).toEqual({ seminaire: { '03': 1 }, copil: { '03': 1 } })
    expect(years).toEqual([2022, 2021])
    const filtered = await yearPage(ctx, query('annee=2022&perimetre=appui'))
    expect(filtered.ok && filtered.value.participation.total).toMatchObject({ activities: 1, presences: 0 })
    expect(await yearPage(ctx, query('lignes=couleur'))).toMatchObject({ ok: false, error: { type: 'bad-axis' } })
    const blank = await yearPage(ctx, query('annee=2011'))
    expect(blank.ok && blank.value.blank).toBe(true)
  }))
