import { describe, expect, test } from 'vitest'
import type { PlainName } from '../names.ts'
import { LISTED_FROM, organisationRules, personRules, scored } from './rules.ts'
import { type OrganisationTraits, scoreOrganisations } from './score-organisations.ts'
import { nameReason, type PersonTraits, scorePeople } from './score-people.ts'

const name = (text: string): PlainName => {
  const [given = '', family = ''] = text.split(' / ')
  return { given, family }
}

describe('en quoi deux noms se ressemblent', () => {
  test.each([
    ['helene / berthier', 'helene / berthier', 'same-name'],
    ['jean pierre / dupont', 'jeanpierre / dupont', 'same-name'],
    ['helene / de la fontaine', 'helene / fontaine', 'particle'],
    ['helene / lafontaine', 'helene / de la fontaine', 'particle'],
    ['yann / le goff', 'yann / goff', 'particle'],
    ['paul / d alembert', 'paul / alembert', 'particle'],
    ['dupont / jean', 'jean / dupont', 'order'],
    ['la fontaine / helene', 'helene / de la fontaine', 'order'],
    ['jean / dupont', 'jean pierre / dupont', 'compound'],
    ['amina / berthier', 'amina / berthier roux', 'compound'],
    ['amina / bertier', 'amina / berthier', 'slip'],
    ['nathalie / bertier', 'nathalie / berthier', 'long-slip'],
    ['marie claire / dupont', 'marie / claire dupont', 'order'],
    ['j. / dupont', 'jean / dupont', 'initial'],
    ['h / lafontaine', 'helene / de la fontaine', 'initial'],
    [' / dupont', 'jean / dupont', 'no-given'],
    ['nathalie / durand', 'nathalie / lopez', 'same-given'],
    ['michel / durand', 'michele / durand', null],
    ['jean / dupont', 'marie / martin', null],
    ['p. / dupont', 'jean / dupont', null],
  ])('%s et %s', (one, other, reason) => {
    expect(nameReason(name(one), name(other))).toBe(reason)
    expect(nameReason(name(other), name(one))).toBe(reason)
  })
})

const person = (text: string, said: Partial<PersonTraits> = {}): PersonTraits => ({
  ...name(text),
  email: null,
  phone: null,
  organisations: [],
  departementId: null,
  ...said,
})

describe('le poids des raisons', () => {
  const email = { email: 'accueil@lunel.fr' }
  test.each([
    ['le même nom à la même adresse', person('a / b', email), person('a / b', email), 95],
    ['un couple qui partage une adresse', person('luc / durand', email), person('lise / durand', email), 0],
    ['un nom de famille changé', person('lise / durand', email), person('lise / lopez', email), 60],
    [
      'deux homonymes de deux départements',
      person('a / b', { departementId: 'dep-34' }),
      person('a / b', { departementId: 'dep-11' }),
      35,
    ],
    [
      'une initiale dans la même organisation',
      person('l. / durand', { organisations: ['x', 'y'] }),
      person('lise / durand', { organisations: ['y'] }),
      45,
    ],
  ])('%s', (_, one, other, score) => {
    expect(scorePeople(one, other).score).toBe(score)
    expect(scorePeople(other, one)).toEqual(scorePeople(one, other))
  })

  test('les raisons vont de la plus forte à celle qui joue contre', () => {
    const both = { ...email, phone: '467000001' }
    const [one, other] = [
      person('a / b', { ...both, departementId: 'x' }),
      person('a / b', { ...both, departementId: 'y' }),
    ]
    expect(scorePeople(one, other).reasons).toEqual(['same-name', 'email', 'phone', 'other-departement'])
    expect(scored(personRules, new Set(['same-name', 'email', 'phone'])).score).toBe(100)
    expect(scored(organisationRules, new Set(['other-siren'])).score).toBe(0)
  })
})

const organisation = (text: string, said: Partial<OrganisationTraits> = {}): OrganisationTraits => ({
  name: text,
  acronym: null,
  siren: null,
  email: null,
  phone: null,
  site: null,
  territoryId: null,
  kindId: null,
  ...said,
})

test.each([
  ['ville de lunel', 'mairie de lunel', ['near-name'], true],
  ['association les passerelles', 'les passerelles', ['near-name'], true],
  ['centre social la gardiole', 'centre social de la gardiole', ['same-name'], true],
  ['college 12', 'college 13', [], false],
  ['mission locale du biterrois', 'mission locale du bitterois', ['near-name'], true],
  ['ligue', 'odyssee', [], false],
])('organisations : %s et %s', (one, other, reasons, listed) => {
  const { score, reasons: found } = scoreOrganisations(organisation(one), organisation(other))
  expect(found).toEqual(reasons)
  expect(score >= LISTED_FROM).toBe(listed)
})

test('un sigle, un SIREN, un territoire pèsent ; deux SIREN différents écartent', () => {
  const full = organisation('centre communal d action sociale', { acronym: 'ccas', territoryId: 'x' })
  expect(scoreOrganisations(full, organisation('ccas', { territoryId: 'x' }))).toEqual({
    score: 55,
    reasons: ['acronym', 'territory'],
  })
  expect(scoreOrganisations(full, organisation('ccas', { territoryId: 'y' })).score).toBe(10)
  const [one, other] = [organisation('a', { siren: '1' }), organisation('a', { siren: '2' })]
  expect(scoreOrganisations(one, other).score).toBeLessThan(LISTED_FROM)
  expect(scoreOrganisations(one, organisation('b', { siren: '1' })).reasons).toEqual(['siren'])
})
