import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
} from 'ical-generator'
import type { SessionFacts } from './facts.server.ts'
import type { Practical } from './practical.ts'

/** An activity as calendars write it. */
export interface CalendarActivity {
  id: string
  slug: string
  title: string
  status: string
  place: string | null
  address: string | null
  calendarSequence: number
  updatedAt: Date
  sessions: (Pick<SessionFacts, 'title' | 'startsAt' | 'endsAt' | 'place'> & { remoteLink?: string | null })[]
}

interface House {
  /** Name of the centre. */
  name: string
  email: string
  baseUrl: string
}

/**
 * One VEVENT a session. Its UID follows the rank of the session, not its row: a session moved or written again is the same line
 * of the reader's calendar. Times are UTC instants: every calendar shows them in its own zone. `own` is what this one registrant
 * may know; a public calendar has none, and says nothing of how to join from afar.
 */
function eventsOf(activity: CalendarActivity, house: House, own: Practical | null): ICalEventData[] {
  const host = new URL(house.baseUrl).hostname
  const url = `${house.baseUrl}/agenda/${activity.slug}`
  return activity.sessions.map((session, rank) => ({
    id: `${activity.id}-${rank + 1}@${host}`,
    sequence: activity.calendarSequence,
    stamp: activity.updatedAt,
    lastModified: activity.updatedAt,
    start: session.startsAt,
    end: session.endsAt,
    summary: session.title ? `${activity.title} – ${session.title}` : activity.title,
    location: own?.mode === 'remote' ? linkOf(session, own) : placeOf(activity, session),
    description: [...(own ? practicalWords(session, own) : []), url].join('\n\n'),
    url,
    status: activity.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  }))
}

const placeOf = ({ place, address }: CalendarActivity, session: { place: string | null }) =>
  session.place ?? ([place, address].filter(Boolean).join(', ') || null)

const linkOf = (session: CalendarActivity['sessions'][number], own: Practical) =>
  own.joining && (session.remoteLink ?? own.joining)

const practicalWords = (session: CalendarActivity['sessions'][number], own: Practical): string[] =>
  [
    own.mode === 'remote' && own.joining && `Lien de connexion : ${linkOf(session, own)}`,
    own.note,
    own.testLink && `Pour essayer votre connexion : ${own.testLink}`,
  ].filter((words): words is string => Boolean(words))

const prodId = { company: 'Maillage', product: 'Agenda', language: 'FR' }

/** A calendar to subscribe to, or one activity to keep: no method that asks for an answer. */
export function publicCalendar(name: string, activities: readonly CalendarActivity[], house: House): string {
  const calendar = ical({ name, prodId, method: ICalCalendarMethod.PUBLISH, ttl: 3600 })
  for (const activity of activities) for (const event of eventsOf(activity, house, null)) calendar.createEvent(event)
  return calendar.toString()
}

export interface Invitation {
  /** One activity, or the confirmed ones of a cycle, each with what this registrant may know of it. */
  entries: readonly { activity: CalendarActivity; own: Practical }[]
  house: House
  attendee: { name: string; email: string }
  now: Date
}

/** The invitation of one registrant, or its cancellation. */
export function invitation(method: 'REQUEST' | 'CANCEL', { entries, house, attendee, now }: Invitation): string {
  const calendar = ical({
    prodId,
    method: method === 'REQUEST' ? ICalCalendarMethod.REQUEST : ICalCalendarMethod.CANCEL,
  })
  const email = house.email || `ne-pas-repondre@${new URL(house.baseUrl).hostname}`
  for (const event of entries.flatMap(({ activity, own }) => eventsOf(activity, house, own))) {
    calendar.createEvent({
      ...event,
      stamp: now,
      ...(method === 'CANCEL' && { status: ICalEventStatus.CANCELLED }),
      organizer: { name: house.name, email },
      attendees: [
        {
          name: attendee.name,
          email: attendee.email,
          rsvp: false,
          status: ICalAttendeeStatus.ACCEPTED,
          role: ICalAttendeeRole.REQ,
        },
      ],
    })
  }
  return calendar.toString()
}
