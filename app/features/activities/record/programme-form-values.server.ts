import { isoDay, isoTime } from '#app/ui/french.ts'
import type { Line } from './lines.ts'
import type { ActivityRecord } from './record.server.ts'
import type { Programme } from './set-programme.server.ts'

/** The programme as its form shows it; a moment of the first day does not repeat its date. */
export function formOfProgramme(
  { startsAt: first }: Pick<ActivityRecord, 'startsAt'>,
  { items, speakers }: Programme,
): Line {
  const speakersOf = (itemId: string | null) =>
    speakers.filter(({ programmeItemId }) => programmeItemId === itemId).map(speakerLine)
  return {
    items: items.map(({ id, startsAt, title, description }) => ({
      id,
      day: startsAt && first && isoDay(startsAt) !== isoDay(first) ? isoDay(startsAt) : '',
      time: startsAt ? isoTime(startsAt) : '',
      title,
      description: description ?? '',
      speakers: speakersOf(id),
    })),
    speakers: speakersOf(null),
  }
}

const speakerLine = (speaker: Programme['speakers'][number]): Line => ({
  id: speaker.id,
  personId: speaker.personId ?? '',
  name: speaker.name,
  function: speaker.function ?? '',
  organisationId: speaker.organisationId ?? '',
  organisationName: speaker.organisationName ?? '',
})
