import { isoDay, isoTime } from '#app/ui/french.ts'
import type { Line } from './lines.ts'
import type { ActivityRecord } from './record.server.ts'

const tick = (value: boolean) => (value ? 'oui' : '')
const number = (value: number | null) => (value === null ? '' : String(value))
const moment = (instant: Date | null) => (instant ? `${isoDay(instant)}T${isoTime(instant)}` : '')

/** The record as its form shows it: everything in text, under the names that come back. */
export function formOfActivity(record: ActivityRecord): Line {
  return {
    title: record.title,
    kindId: record.kindId,
    mode: record.mode,
    role: record.role,
    scale: record.scale,
    visibility: record.visibility,
    mainThemeId: record.mainThemeId ?? '',
    themeIds: record.themes.map(({ id }) => id),
    territoryIds: record.territories.map(({ id }) => id),
    seriesId: record.seriesId ?? '',
    leadPersonId: record.leadPersonId ?? '',
    place: record.place ?? '',
    address: record.address ?? '',
    departementId: record.departementId ?? '',
    remoteLink: record.remoteLink ?? '',
    onsiteNote: record.onsiteNote ?? '',
    remoteNote: record.remoteNote ?? '',
    remoteTestLink: record.remoteTestLink ?? '',
    summary: record.summary ?? '',
    description: record.description ?? '',
    registrationOpen: tick(record.registrationOpen),
    registrationClosesAt: moment(record.registrationClosesAt),
    capacityOnsite: number(record.capacityOnsite),
    capacityRemote: number(record.capacityRemote),
    waitingList: tick(record.waitingList),
    askAccessibility: tick(record.askAccessibility),
    askPhotos: tick(record.askPhotos),
    sessions: record.sessions.map(sessionLine),
    partners: record.partners.map(({ organisationId, name, part }) => ({
      organisationId,
      organisationName: name,
      part: part ?? '',
    })),
  }
}

const sessionLine = ({ id, title, startsAt, endsAt, place, remoteLink }: ActivityRecord['sessions'][number]): Line => ({
  id,
  title: title ?? '',
  day: isoDay(startsAt),
  start: isoTime(startsAt),
  end: isoTime(endsAt),
  endDay: isoDay(endsAt) === isoDay(startsAt) ? '' : isoDay(endsAt),
  place: place ?? '',
  remoteLink: remoteLink ?? '',
})
