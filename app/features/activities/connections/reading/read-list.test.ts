import { expect, test } from 'vitest'
import { readSheet } from '#app/platform/sheets/read-sheet.server.ts'
import { mergeJoins, secondsWithin, shiftOf } from '../durations.ts'
import type { ConnectionList } from './list.ts'
import { readConnectionFile } from './read-file.server.ts'
import { readMoment } from './clock.ts'
import { peopleIn, readName } from './said-name.ts'
import * as samples from './samples.ts'
import { readSpan } from './spans.ts'

const DAY = '2022-12-08'

async function read(text: string, encoding: BufferEncoding | 'windows-1252' = 'utf8'): Promise<ConnectionList> {
  const bytes =
    encoding === 'utf16le'
      ? Buffer.from(`\ufeff${text}`, 'utf16le')
      : Buffer.from(text, encoding === 'windows-1252' ? 'latin1' : encoding)
  const list = await readConnectionFile({ bytes, name: 'liste.csv' }, { day: DAY })
  if (!list.ok) throw new Error(JSON.stringify(list.error))
  return list.value
}

/** « Inès Bouzid 62 host »: the name, the minutes, what is special. */
const summary = ({ participants }: ConnectionList) =>
  participants.map(({ name, joins, saidSeconds, role, phone, heads }) =>
    [
      name,
      Math.round((secondsWithin(joins, []) + (saidSeconds ?? 0)) / 60),
      ...(role === 'host' ? ['hôte'] : []),
      ...(phone ? ['téléphone'] : []),
      ...(heads > 1 ? [`×${heads}`] : []),
    ].join(' '),
  )

const startOf = ({ participants }: ConnectionList, name: string) =>
  new Date(participants.find((one) => one.name === name)!.joins[0]![0] * 1000).toISOString()

test('Zoom, réunion : en-tête, hôte reconnu, salle d’attente ignorée, plusieurs connexions additionnées', async () => {
  const list = await read(samples.zoomMeeting)
  expect(list.tool).toBe('zoom')
  expect(summary(list)).toEqual([
    'Accueil du centre 195 hôte',
    'Inès Bouzid 170',
    'Kiki34 (Christine Durand) 179',
    'iPhone de Marie 85',
    '33612****78 30 téléphone',
  ])
  // month first, as 12/08 is the day of the activity and 8 December is not written 08/12 here
  expect(startOf(list, 'iPhone de Marie')).toBe('2022-12-08T08:35:00.000Z')
})

test('Zoom, webinaire : trois blocs, l’hôte à part, qui n’est pas venu n’est pas là', async () => {
  const list = await read(samples.zoomWebinar)
  expect(list.tool).toBe('zoom')
  expect(summary(list)).toEqual(['Accueil 202 hôte', 'Karim Naceri 185', 'Inès Bouzid 179'])
})

test('Teams en français, UTF-16 et tabulations : le détail des connexions l’emporte sur le résumé', async () => {
  const list = await read(samples.teamsFrench, 'utf16le')
  expect(list.tool).toBe('teams')
  expect(summary(list)).toEqual([
    'Claire Vidal 186 hôte',
    'DUPONT Marie - CD34 (Invité) 171',
    'Paul Ménard 4',
    '33467****12 178 téléphone',
    'Nadia 180',
    'Léo 180',
  ])
})

test('Teams en anglais : une durée plus courte que l’intervalle est la seule sûre', async () => {
  const list = await read(samples.teamsEnglish, 'utf16le')
  expect(summary(list)).toEqual(['Claire Vidal 186 hôte', 'Inès Bouzid (External) 130'])
  expect(list.participants[1]!.joins).toEqual([])
})

test('Teams, ancienne liste : une ligne à l’arrivée, une au départ ; qui ne part pas reste jusqu’au bout', async () => {
  expect(summary(await read(samples.teamsOld))).toEqual(['Claire Vidal 185', 'Inès Bouzid (Guest) 150'])
})

test('BigBlueButton : modérateur à part, ligne « Anonyme » ignorée', async () => {
  const list = await read(samples.bigBlueButton)
  expect(list.tool).toBe('bigbluebutton')
  expect(summary(list)).toEqual(['Claire Vidal 192 hôte', 'Inès Bouzid 179', 'Paul M. 50'])
})

test('Jitsi : liste ou journal, heures universelles, deux écrans comptés une fois', async () => {
  const list = await read(samples.jitsi)
  expect(list.tool).toBe('jitsi')
  expect(summary(list)).toEqual(['Inès Bouzid 179', 'Fellow Jitster 20'])
  expect(startOf(list, 'Inès Bouzid')).toBe('2022-12-08T08:31:00.000Z')
  expect(summary(await read(samples.jitsiJournal))).toEqual(['Inès Bouzid 60', 'Léo Martin 110'])
})

test('Livestorm : seules les personnes venues', async () => {
  const list = await read(samples.livestorm)
  expect(list.tool).toBe('livestorm')
  expect(summary(list)).toEqual(['Inès Bouzid 177'])
  expect(startOf(list, 'Inès Bouzid')).toBe('2022-12-08T08:31:00.000Z')
})

test('un tableau ordinaire : nom et prénom séparés, heures sans date, ou durées seules ; Windows-1252 aussi', async () => {
  const list = await read(samples.plainTable, 'windows-1252')
  expect(list.tool).toBe('other')
  expect(summary(list)).toEqual(['Inès Bouzid 179', 'Paul Ménard 9'])
  expect(startOf(list, 'Inès Bouzid')).toBe('2022-12-08T08:31:00.000Z')
  expect(summary(await read(samples.durationsOnly))).toEqual(['Bouzid Inès 90', 'Ménard Paul 12'])
})

test('un fichier sans personne, ou qui n’est pas une liste, se dit', async () => {
  const refused = async (text: string) => {
    const list = await readConnectionFile({ bytes: Buffer.from(text), name: 'x.csv' }, { day: DAY })
    return list.ok ? 'lu' : list.error.type
  }
  expect(await refused('recette;farine\ncrêpes;250 g\n')).toBe('no-table')
  expect(await refused('Nom;Durée\n')).toBe('nobody')
  expect(await refused('')).toBe('empty')
  expect(await refused('%PDF-1.7 …')).toBe('not-a-table')
})

test('les dates de plusieurs habitudes', () => {
  const seconds = (text: string) => readMoment(text)?.seconds
  for (const text of [
    '31/12/2022 09:03',
    '12/31/2022 09:03:00 AM',
    '2022-12-31T09:03:00',
    '31 déc. 2022 à 9 h 03',
    'Dec 31, 2022 9:03 AM',
    '9h03',
    '31.12.22 09:03:00',
    'samedi 31 décembre 2022 09:03',
  ])
    expect([text, seconds(text)]).toEqual([text, 9 * 3600 + 180])
  expect(seconds('12/31/2022 12:10:00 AM')).toBe(600)
  for (const text of ['', 'hier', '31/31/2022 09:00', '99:99', '12', '32 janvier 2022'])
    expect([text, readMoment(text)]).toEqual([text, null])
})

test('les durées de plusieurs habitudes', () => {
  for (const [text, minutes] of [
    ['1 h 2 min 3 s', 62.05],
    ['1h 2m 3s', 62.05],
    ['01:02:03', 62.05],
    ['62', 62],
    ['1 h 05', 65],
    ['45 min', 45],
    ['62,5', 62.5],
    ['3 h', 180],
    ['1 hour 2 minutes', 62],
  ] as const)
    expect([text, readSpan(text, 'minutes')! / 60]).toEqual([text, minutes])
  for (const text of ['-', '', 'longtemps', '-5', '999999999']) expect(readSpan(text, 'minutes')).toBeNull()
})

test('ce que dit un nom affiché', () => {
  const names = (text: string) => readName(text).names
  expect(names('Kiki34 (Christine Durand)')).toEqual(['Christine Durand'])
  expect(readName('Dupont M. (Ville de Sète)')).toMatchObject({ hints: ['Dupont M.', 'Ville de Sète'] })
  expect(names('DUPONT Marie - CD34')).toEqual(['DUPONT Marie'])
  expect(names('iPhone de Marie')).toEqual(['Marie'])
  expect(names('Marie’s iPad')).toEqual(['Marie'])
  expect(names('Jean-Pierre Lopez (Guest)')).toEqual(['Jean-Pierre Lopez'])
  for (const device of ['Galaxy S21', 'iPhone', 'SM-A526B', 'Utilisateur Zoom', 'iPhone 12'])
    expect([device, names(device)]).toEqual([device, []])
  for (const phone of ['33612****78', 'Appel 1', '+33 6 12 34 56 78', 'Call-in User_2'])
    expect([phone, readName(phone).phone]).toEqual([phone, true])
  expect(readName('Mairie de Sète (3 personnes)').heads).toBe(3)
  expect(peopleIn('2 personnes : Marie et Paul')).toEqual(['Marie', 'Paul'])
  expect(peopleIn('Marie et Paul Martin')).toEqual(['Marie Martin', 'Paul Martin'])
  expect(peopleIn('Centre social et culturel')).toEqual(['Centre social et culturel'])
})

test('les connexions qui se recouvrent comptent une fois ; un fichier d’un autre fuseau est ramené', () => {
  expect(
    mergeJoins([
      [10, 20],
      [15, 30],
      [40, 50],
    ]),
  ).toEqual([
    [10, 30],
    [40, 50],
  ])
  const session: [number, number] = [36_000, 43_200]
  expect(shiftOf([[21_600, 28_800]], [session])).toBe(240)
  expect(shiftOf([[36_060, 43_000]], [session])).toBe(0)
  expect(shiftOf([[900_000, 903_600]], [session])).toBe(0)
})

test('le lecteur de la maison rend les mêmes lignes que celles d’un tableur', async () => {
  const rows: string[][] = []
  for await (const { cells } of readSheet(
    { bytes: Buffer.from(samples.teamsFrench, 'utf8'), name: 'x.csv' },
    { separator: '\t' },
  ))
    rows.push(cells)
  expect(rows[0]).toEqual(['1. Résumé'])
})
