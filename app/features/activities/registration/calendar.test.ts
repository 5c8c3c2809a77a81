import nodeIcal, { type VEvent } from 'node-ical'
import { expect, test } from 'vitest'
import { type CalendarActivity, invitation, publicCalendar } from './calendar.server.ts'

const activity: CalendarActivity = {
  id: '00000000-0000-4000-8000-00000000000a',
  slug: 'femmes-et-espaces-publics',
  title: 'Femmes et espaces publics ; « tout, et plus »',
  status: 'published',
  place: 'Maison des associations',
  address: 'Toulouse',
  calendarSequence: 2,
  updatedAt: new Date('2022-11-20T10:00:00Z'),
  sessions: [
    // one in winter time, one in summer time: 9:30 in Paris both
    { title: null, startsAt: new Date('2023-03-20T08:30:00Z'), endsAt: new Date('2023-03-20T11:00:00Z'), place: null },
    {
      title: 'Suite',
      startsAt: new Date('2023-03-27T07:30:00Z'),
      endsAt: new Date('2023-03-27T10:00:00Z'),
      place: 'Salle 2',
    },
  ],
}
const house = { name: 'Centre de ressources', email: 'contact@centre.test', baseUrl: 'https://maillage.test' }
const attendee = { name: 'Nadia Roussel', email: 'nadia@exemple.test' }
const now = new Date('2022-11-24T09:00:00Z')

const eventsOf = (text: string) =>
  Object.values(nodeIcal.sync.parseICS(text)).filter((one): one is VEvent => one?.type === 'VEVENT')

test('un fichier de calendrier a une ligne par séance, à l’heure juste en hiver comme en été', () => {
  const events = eventsOf(publicCalendar('Agenda', [activity], house))
  expect(events.map(({ start, end }) => [start.toISOString(), end!.toISOString()])).toEqual([
    ['2023-03-20T08:30:00.000Z', '2023-03-20T11:00:00.000Z'],
    ['2023-03-27T07:30:00.000Z', '2023-03-27T10:00:00.000Z'],
  ])
  expect(events.map(({ summary }) => summary)).toEqual([activity.title, `${activity.title} – Suite`])
  expect(events.map(({ location }) => location)).toEqual(['Maison des associations, Toulouse', 'Salle 2'])
  expect(events.map(({ sequence }) => Number(sequence))).toEqual([2, 2])
})

const onsite = { mode: 'onsite' as const, joining: null, note: null, testLink: null }

test('l’invitation garde le même identifiant que l’agenda, et porte le numéro du dernier changement', () => {
  const given = { entries: [{ activity, own: onsite }], house, attendee, now }
  const [listed, invited, cancelled] = [
    publicCalendar('Agenda', [activity], house),
    invitation('REQUEST', given),
    invitation('CANCEL', given),
  ]
  const uids = (text: string) => eventsOf(text).map(({ uid }) => uid)
  expect(uids(listed)).toEqual(uids(invited))
  expect(uids(cancelled)).toEqual(uids(invited))
  expect(invited).toContain('METHOD:REQUEST')
  expect(cancelled).toContain('METHOD:CANCEL')
  expect(cancelled).toContain('STATUS:CANCELLED')
  expect(invited).toContain('SEQUENCE:2')
})

test('le lien de connexion est dans l’invitation, jamais dans l’agenda public', () => {
  const joining = 'https://visio.exemple.test/salle'
  const own = { mode: 'remote' as const, joining, note: null, testLink: null }
  const invited = invitation('REQUEST', { entries: [{ activity, own }], house, attendee, now })
  expect(eventsOf(invited)[0]!.location).toBe(joining)
  expect(publicCalendar('Agenda', [activity], house)).not.toContain('visio.exemple.test')
})

test('le fichier est fait de lignes de 75 octets au plus, terminées par CRLF', () => {
  const text = invitation('REQUEST', { entries: [{ activity, own: onsite }], house, attendee, now })
  const lines = text.split('\r\n')
  expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})
