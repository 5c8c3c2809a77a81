import { describe, expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, asVisitor, inSandbox } from '#tests/context.ts'
import { readPdf } from '#tests/read-pdf.ts'
import { makeActivity, makeAttendance, makeOrganisation, makePerson } from '../fixtures.ts'
import { speakers } from '../schema.server.ts'
import { badgeSheets } from './badges.server.ts'
import { badgeOptions, sheetOptions } from './options.ts'
import { sheetDays } from './sheet-days.ts'
import { signingSheet } from './sheet.server.ts'

const at = (text: string) => new Date(`${text}+01:00`)
const nowhere = '0f0e0d0c-0b0a-4908-8706-050403020100'

describe('une séance se signe', () => {
  const days = (from: string, to: string, wanted: 'auto' | 'une' | 'deux' = 'auto') =>
    sheetDays({ startsAt: at(from), endsAt: at(to) }, wanted).map(({ columns }) => columns.length)

  test('une fois quand elle tient en une demi-journée, deux quand elle dure', () => {
    expect(days('2022-12-08T09:30', '2022-12-08T12:30')).toEqual([1])
    expect(days('2022-12-08T09:30', '2022-12-08T17:00')).toEqual([2])
    expect(days('2022-12-08T13:00', '2022-12-08T19:00')).toEqual([1])
    expect(days('2022-12-08T18:00', '2022-12-09T00:30')).toEqual([1])
  })

  test('comme on le demande', () => {
    expect(days('2022-12-08T09:30', '2022-12-08T17:00', 'une')).toEqual([1])
    expect(days('2022-12-08T09:30', '2022-12-08T11:00', 'deux')).toEqual([2])
  })

  test('jour par jour quand elle en prend plusieurs : l’après-midi du premier, le matin du dernier', () => {
    expect(days('2022-12-08T14:00', '2022-12-10T12:00')).toEqual([1, 2, 1])
    expect(days('2022-03-26T09:00', '2022-03-28T17:00')).toEqual([2, 2, 2])
    expect(sheetDays({ startsAt: at('2022-12-01T09:00'), endsAt: at('2023-01-20T17:00') }, 'auto')).toHaveLength(15)
  })
})

async function seminar(ctx: AppContext) {
  const activity = await makeActivity(ctx, {
    title: 'Égalité : où en est-on ?',
    sessions: [
      { startsAt: at('2022-12-08T09:30'), endsAt: at('2022-12-08T17:00') },
      { startsAt: at('2022-12-09T09:30'), endsAt: at('2022-12-09T12:00'), title: 'Retour', place: 'Salle bleue' },
    ],
  })
  const organisationId = await makeOrganisation(ctx, 'Mairie de Nîmes')
  const people = [
    ['Zoé', 'Abadie', { organisationId, function: 'Cheffe de projet' }],
    ['Élise', 'Œuvrard', { status: 'registered', accessibilityNeeds: 'Fauteuil roulant' }],
    ['Ali', 'Excusé', { status: 'excused' }],
    ['Inès', 'Attente', { status: 'waitlisted' }],
    ['Paul', 'Distance', { status: 'registered', mode: 'remote' }],
  ] as const
  const rows = []
  for (const [givenName, familyName, row] of people) {
    const personId = await makePerson(ctx, { givenName, familyName, email: `${givenName}@exemple.test` })
    rows.push(await makeAttendance(ctx, { activityId: activity.id, personId, ...row }))
  }
  return { activity, rows }
}

const sheet = async (ctx: AppContext, id: string, asked: Record<string, string> = {}) => {
  const result = await signingSheet(ctx, id, sheetOptions.parse(asked))
  return result.ok ? readPdf(await result.value.draw()) : result.error.type
}

describe('la feuille d’émargement', () => {
  test('tient en paysage, une par séance, les noms dans l’ordre, rien de plus que nom, organisation et fonction', () =>
    inSandbox(async (ctx) => {
      const { activity } = await seminar(ctx)
      const read = await sheet(ctx, activity.id)
      if (typeof read === 'string') throw new Error(read)
      expect(read).toMatchObject({ tagged: true, claimsUa: true, language: 'fr-FR' })
      expect(read.title).toBe('Feuille d’émargement – Égalité\u202f: où en est-on\u202f?')
      expect(read.pages).toHaveLength(2)
      for (const [width, height] of read.sizes) expect(width).toBeGreaterThan(height)
      const [first, second] = read.pages as [string, string]
      expect(first).toMatch(/Abadie Zoé .*Mairie de Nîmes.*Cheffe de projet.*Œuvrard Élise/)
      expect(first).toMatch(/Matin.*Après-midi.*page 1 sur 1/)
      expect(second).toMatch(/vendredi 9 décembre 2022, 9 h 30 – 12 h.*Retour · Salle bleue.*Signature.*page 1 sur 1/)
      expect(first).not.toMatch(/Excusé|Attente|Distance|Fauteuil|exemple\.test/)
      expect(read.roles[0]).toEqual(expect.arrayContaining(['H1', 'Table', 'TH', 'TD']))
    }))

  test('répète son en-tête et se compte page par page', () =>
    inSandbox(async (ctx) => {
      const { activity } = await seminar(ctx)
      const read = await sheet(ctx, activity.id, { lignes: '40', grand: 'oui', colonnes: 'une' })
      if (typeof read === 'string') throw new Error(read)
      expect(read.pages.length).toBeGreaterThan(8)
      const half = read.pages.length / 2
      read.pages.slice(0, half).forEach((page, i) => {
        expect(page).toContain('Nom et prénom')
        expect(page).toContain(`page ${i + 1} sur ${half}`)
      })
    }))

  test('se limite à une séance, ajoute qui suit à distance quand on le demande', () =>
    inSandbox(async (ctx) => {
      const { activity } = await seminar(ctx)
      const { rows } = await ctx.db.execute<{ id: string }>(
        'select id from activities.session order by starts_at limit 1',
      )
      const read = await sheet(ctx, activity.id, { seance: rows[0]!.id, distance: 'oui', lignes: '0' })
      if (typeof read === 'string') throw new Error(read)
      expect(read.pages).toHaveLength(1)
      expect(read.pages[0]).toContain('Distance Paul')
      expect(read.pages[0]).not.toContain('sans inscription')
      expect(await sheet(ctx, activity.id, { seance: nowhere })).toBe('no-such-session')
    }))

  test('n’existe pas pour qui n’y a pas droit, ni quand il n’y a pas d’activité', () =>
    inSandbox(async (ctx) => {
      const { activity } = await seminar(ctx)
      expect(await sheet(asVisitor(ctx), activity.id)).toBe('no-such-activity')
      expect(await sheet(asRole(ctx, 'lecture'), nowhere)).toBe('no-such-activity')
    }))

  test('refuse d’une phrase ce qui n’est pas une option', () => {
    const said = (asked: Record<string, string>) => sheetOptions.safeParse(asked).error?.issues[0]?.message
    expect(said({ lignes: '61' })).toBe('60 au plus.')
    expect(said({ lignes: 'x' })).toBe('Donnez un nombre entier.')
    expect(said({ seance: 'x' })).toBe('Cette séance n’existe pas.')
  })
})

const badges = async (ctx: AppContext, id: string, asked: Record<string, string> = {}) => {
  const result = await badgeSheets(ctx, id, badgeOptions.parse(asked))
  return result.ok ? readPdf(await result.value.draw()) : result.error.type
}

describe('les badges', () => {
  test('portent prénom, nom, organisation ; les intervenant·es et l’équipe en ont un, une seule fois', () =>
    inSandbox(async (ctx) => {
      const { activity, rows } = await seminar(ctx)
      await ctx.db.insert(speakers).values([
        { activityId: activity.id, position: 0, name: 'Zoé Abadie', personId: rows[0]!.personId },
        { activityId: activity.id, position: 1, name: 'Sarah Inconnue', organisationName: 'Université' },
      ])
      const read = await badges(ctx, activity.id)
      if (typeof read === 'string') throw new Error(read)
      const text = read.pages.join(' ')
      expect(text.match(/Zoé/g)).toHaveLength(1)
      expect(text).toMatch(/Sarah Inconnue.*Université/)
      expect(text.match(/Intervenant·e/g)).toHaveLength(2)
      expect(text).not.toMatch(/Distance|Attente|exemple\.test/)
      expect(read.alternatives).toEqual(['Code à présenter à l’entrée', 'Code à présenter à l’entrée'])
    }))

  test('se rangent à dix ou à huit par feuille, à partir de la case choisie', () =>
    inSandbox(async (ctx) => {
      const { activity } = await seminar(ctx)
      const pages = async (asked: Record<string, string>) => {
        const read = await badges(ctx, activity.id, { qui: 'inscrits', ...asked })
        return typeof read === 'string' ? read : read.pages.length
      }
      expect(await pages({ vierges: '8' })).toBe(1)
      expect(await pages({ vierges: '8', debut: '2' })).toBe(2)
      expect(await pages({ vierges: '8', format: '8' })).toBe(2)
      expect(await pages({ format: '8', debut: '10' })).toBe(2)
      expect(await pages({ reperes: 'oui', code: 'non' })).toBe(1)
    }))

  test('rétrécissent les noms longs plutôt que de déborder', () =>
    inSandbox(async (ctx) => {
      const { activity } = await seminar(ctx)
      const personId = await makePerson(ctx, {
        givenName: 'Marie-Christine-Alexandra-Bernadette',
        familyName: 'de La Rochefoucauld-Montmorency-Luxembourg',
      })
      await makeAttendance(ctx, { activityId: activity.id, personId, organisationName: 'x'.repeat(120) })
      const read = await badges(ctx, activity.id, { qui: 'inscrits' })
      if (typeof read === 'string') throw new Error(read)
      expect(read.pages.join(' ').replaceAll('- ', '-')).toContain('Rochefoucauld-Montmorency-Luxembourg')
    }))

  test('n’existent pas pour qui n’y a pas droit, ni quand personne ne vient', () =>
    inSandbox(async (ctx) => {
      const { activity } = await seminar(ctx)
      expect(await badges(asVisitor(ctx), activity.id)).toBe('no-such-activity')
      expect(await badges(ctx, (await makeActivity(ctx)).id)).toBe('nobody')
    }))
})
