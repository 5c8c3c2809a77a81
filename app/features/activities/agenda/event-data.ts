import type { PublicActivity } from './activity.server.ts'

const modes = {
  presentiel: 'OfflineEventAttendanceMode',
  distanciel: 'OnlineEventAttendanceMode',
  hybride: 'MixedEventAttendanceMode',
} as const

/** The activity as search engines read it (schema.org/Event); null without a date, which an event must have. */
export function eventData({ facts, summary, speakers, partners, centre }: PublicActivity, baseUrl: string) {
  if (!facts.startsAt || !facts.endsAt) return null
  const url = `${baseUrl}/agenda/${facts.slug}`
  const organiser = { '@type': 'Organization', name: centre.name, url: baseUrl }
  const place = facts.mode !== 'distanciel' && {
    '@type': 'Place',
    name: facts.place ?? 'Lieu à préciser',
    address: facts.address ?? facts.place ?? 'Lieu à préciser',
  }
  const online = facts.mode !== 'presentiel' && { '@type': 'VirtualLocation', url }
  const location = [place, online].filter(Boolean)
  const event = {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: facts.title,
    url,
    startDate: facts.startsAt.toISOString(),
    endDate: facts.endsAt.toISOString(),
    eventStatus: `https://schema.org/${facts.status === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    eventAttendanceMode: `https://schema.org/${modes[facts.mode]}`,
    location: location.length === 1 ? location[0] : location,
    organizer: [organiser, ...partners.map(({ name }) => ({ '@type': 'Organization', name }))],
    inLanguage: 'fr',
    ...(summary && { description: summary }),
    ...(speakers.length > 0 && { performer: speakers.map(({ name }) => ({ '@type': 'Person', name })) }),
    ...(facts.sessions.length > 1 && {
      subEvent: facts.sessions.map((session) => ({
        '@type': 'Event',
        name: session.title ?? facts.title,
        startDate: session.startsAt.toISOString(),
        endDate: session.endsAt.toISOString(),
        location: location.length === 1 ? location[0] : location,
      })),
    }),
  }
  return event
}

/** A data block is not run, but the HTML around it would end at « </script »: no « < » is left in it. */
export const jsonBlock = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')
