import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEmails, readPhones } from './contacts.ts'
import { readDate, readTime } from './dates.ts'
import { guessHeader, guessMapping } from './guess.ts'
import { properName, splitFullName } from './names.ts'
import { peopleKind } from './people-kind.server.ts'
import { bareText, readAnswer } from './words.ts'

test('les noms en capitales s’écrivent comme on les écrit ; les autres ne sont pas touchés', () => {
  const names = {
    'JEAN-MARIE': 'Jean-Marie',
    'DE LA TOUR': 'de La Tour',
    "O'BRIEN": "O'Brien",
    'D’ORNANO': 'd’Ornano',
    'LE GOFF': 'Le Goff',
    'VAN DER BERG': 'van der Berg',
    MCDONALD: 'McDonald',
    ÉLÉONORE: 'Éléonore',
    dupont: 'Dupont',
    'de Gaulle': 'de Gaulle',
    McAdam: 'McAdam',
  }
  for (const [name, expected] of Object.entries(names)) expect(properName(name)).toBe(expected)
})

test('un nom complet dans une seule case se partage, les capitales disant le nom de famille', () => {
  expect(splitFullName('Mme DUPONT Jean-Marie')).toEqual({ familyName: 'DUPONT', givenName: 'Jean-Marie' })
  expect(splitFullName('Jean DE LA TOUR')).toEqual({ familyName: 'DE LA TOUR', givenName: 'Jean' })
  expect(splitFullName('Jean de la TOUR')).toEqual({ familyName: 'de la TOUR', givenName: 'Jean' })
  expect(splitFullName('Dupont, Jean')).toEqual({ familyName: 'Dupont', givenName: 'Jean' })
  expect(splitFullName('Jean Dupont Martin')).toEqual({ familyName: 'Dupont Martin', givenName: 'Jean' })
})

test('ce qui ne dit rien est vide, et les signes invisibles tombent', () => {
  for (const nothing of ['NULL', ' - ', 'n/a', '#N/A', 'Non renseigné', '\u200b', '—', '\u00a0'])
    expect(bareText(nothing)).toBe('')
  expect(bareText('\u202eMarie\u200f\u200b \u00a0 Curie\ufeff')).toBe('Marie Curie')
  expect(bareText('Équipe 👩‍🔬')).toBe('Équipe 👩‍🔬')
  expect(bareText("'=somme")).toBe('=somme')
})

test('les téléphones se lisent dans leurs habits de tableur', () => {
  const french = [
    '06.12.34.56.78',
    '+33(0)6 12 34 56 78',
    '0033612345678',
    '612345678',
    '33612345678',
    '6.12345678E+08',
    '6,12345678E8',
    '0612345678.0',
    '06 12 34 56 78 (poste 12)',
  ]
  for (const text of french) expect(readPhones(text).phone).toBe('06 12 34 56 78')
  expect(readPhones('06 12 34 56 78 / 04 67 12 34 56')).toEqual({
    phone: '06 12 34 56 78',
    others: ['04 67 12 34 56'],
    wrong: null,
  })
  expect(readPhones('+32 2 123 45 67').phone).toBe('+32 2 123 45 67')
  expect(readPhones('6.12E+08')).toEqual({ phone: null, others: [], wrong: '6.12E+08' })
  expect(readPhones('voir Paul').wrong).toBe('voir Paul')
})

test('les adresses se lisent entourées, en liste, déguisées', () => {
  expect(readEmails('Ana <ANA@exemple.fr>').email).toBe('ana@exemple.fr')
  expect(readEmails('a@b.fr ; c@d.fr')).toEqual({ email: 'a@b.fr', others: ['c@d.fr'], wrong: null })
  expect(readEmails('ana(at)exemple.fr').email).toBe('ana@exemple.fr')
  for (const wrong of ['ana@', 'ana@@exemple.fr', 'ana', 'a b@c', 'ana@exemple'])
    expect(readEmails(wrong).wrong).not.toBeNull()
})

test('les dates de toutes les habitudes, et celles dont on doute', () => {
  for (const text of [
    '31/12/2022',
    '2022-12-31',
    '31 déc. 2022',
    '31.12.22',
    'samedi 31 décembre 2022',
    '44926',
    '31 December 2022',
  ])
    expect(readDate(text)).toEqual({ day: '2022-12-31', time: null })
  expect(readDate('1er mai 2022 à 9 h 30')).toEqual({ day: '2022-05-01', time: '09:30' })
  expect(readDate('12/31/22')).toBe('doubtful')
  for (const text of ['31/02/2022', 'mars 2022', 'hier', '00/00/0000']) expect(readDate(text)).toBe('wrong')
  expect(readTime('14h')).toBe('14:00')
})

test('une réponse est oui, non, ou rien que l’on puisse dire', () => {
  for (const yes of ['Oui', 'x', '1', 'VRAI', '✓', 'D’accord']) expect(readAnswer(yes)).toBe(true)
  for (const no of ['non', 'refus', '0', 'Désabonné']) expect(readAnswer(no)).toBe(false)
  for (const unclear of ['peut-être', '2', 'cf. Paul']) expect(readAnswer(unclear)).toBeNull()
})

test('aucune lecture ne tombe, quelle que soit la case, et relire ce qui est propre ne le change plus', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (cell) => {
      const text = bareText(cell)
      expect(bareText(text)).toBe(text)
      expect(properName(properName(text))).toBe(properName(text))
      for (const read of [readEmails, readPhones, readDate, readTime, readAnswer, splitFullName]) read(cell)
    }),
    { numRuns: 1000, seed: 20221124 },
  )
})

test('les titres au-dessus du tableau ne trompent pas, les colonnes se devinent à leur nom puis à leurs cases', () => {
  const rows = [
    ['Fichier de contacts', 'Fichier de contacts', 'Fichier de contacts', 'Fichier de contacts', 'Fichier de contacts'],
    ['NOM', 'PRÉNOM', 'E-mail pro.', 'Joignable au', 'Structure'],
    ['DUPONT', 'Ana', 'ana@exemple.fr', '06 12 34 56 78', 'Mairie'],
  ].map((cells, i) => ({ line: i + 1, cells }))
  const header = guessHeader(rows, peopleKind.columns)
  expect(header.line).toBe(2)
  expect(guessMapping(header.cells, [rows[2]!.cells], peopleKind.columns)).toEqual({
    familyName: 0,
    givenName: 1,
    email: 2,
    phone: 3,
    organisation: 4,
  })
})
