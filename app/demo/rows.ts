import { fromParis } from '#app/ui/french.ts'
import type { DemoActivity } from './activity.ts'
import type { DemoAttendance, RowStatus } from './attendance.ts'
import { type DemoPerson, situationOn } from './people.ts'
import type { Draw } from './random.ts'

/** Rows of the tables, from the story. */

const instant = (day: string, time: string) => fromParis(day, time).toISOString()
const daysBefore = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

interface Ids {
  activity: ReadonlyMap<DemoActivity, string>
  series: ReadonlyMap<string, string>
  organisation: ReadonlyMap<string, string>
}

const term = (vocabulary: string, code: string) => `${vocabulary}:${code}`

export const activityRow = (activity: DemoActivity, ids: Ids, leadPersonId: string) => ({
  id: ids.activity.get(activity)!,
  slug: activity.slug,
  kind_id: term('activite', activity.kind),
  title: activity.title,
  summary: activity.summary,
  description: activity.description ?? null,
  status: 'published',
  visibility: activity.internal ? 'internal' : 'public',
  mode: activity.mode,
  role: activity.role,
  scale: activity.scale,
  main_theme_id: term('theme', activity.theme),
  series_id: activity.series ? ids.series.get(activity.series)! : null,
  lead_person_id: leadPersonId,
  place: activity.place ?? null,
  address: activity.address ?? null,
  departement_id: activity.departement ?? null,
  unidentified_count: activity.estimated ?? 0,
  unidentified_basis: activity.estimated ? 'estimated' : 'counted',
  published_at: instant(daysBefore(activity.day, 45), '10:00'),
  created_at: instant(daysBefore(activity.day, 60), '10:00'),
  updated_at: instant(daysBefore(activity.day, 45), '10:00'),
})

export const sessionRows = (activity: DemoActivity, { activity: id }: Ids, draw: Draw) =>
  activity.sessions.map(([start, end, title]) => ({
    id: draw.id(),
    activity_id: id.get(activity)!,
    title: title ?? null,
    starts_at: instant(activity.day, start),
    ends_at: instant(activity.day, end),
  }))

export function programmeRows(activity: DemoActivity, ids: Ids, draw: Draw) {
  const activityId = ids.activity.get(activity)!
  const items = (activity.programme ?? []).map(([time, title, speakers = []], position) => ({
    speakers,
    row: { id: draw.id(), activity_id: activityId, position, starts_at: instant(activity.day, time), title },
  }))
  const speakers = items.flatMap(({ row, speakers: list }) =>
    list.map(([name, job]) => ({ name, function: job, itemId: row.id })),
  )
  return {
    items: items.map(({ row }) => row),
    speakers: speakers.map(({ itemId, ...speaker }, position) => ({
      id: draw.id(),
      activity_id: activityId,
      programme_item_id: itemId,
      position,
      ...speaker,
    })),
  }
}

export const documentRows = (activity: DemoActivity, ids: Ids, draw: Draw) =>
  (activity.documents ?? []).map(([title, path], position) => ({
    id: draw.id(),
    activity_id: ids.activity.get(activity)!,
    position,
    title,
    url: `https://documents.demo.maillage.example/${path}`,
    public: true,
    created_at: instant(activity.day, '18:00'),
  }))

export const linkRows = (activity: DemoActivity, ids: Ids) => {
  const activity_id = ids.activity.get(activity)!
  return {
    themes: (activity.themes ?? []).map((theme) => ({ activity_id, theme_id: term('theme', theme) })),
    territories: activity.territories.map((territory_id) => ({ activity_id, territory_id })),
    partners: (activity.partners ?? []).map(([name, part]) => ({
      activity_id,
      organisation_id: ids.organisation.get(name)!,
      part,
    })),
  }
}

/** What the directory knows of somebody on a day, as an attendance row copies it. */
const snapshot = (person: DemoPerson, day: string) => {
  const { employer, function: job, profile } = situationOn(person, day)
  return {
    profile_id: term('profil', profile),
    function: job,
    organisation_id: employer.id,
    organisation_name: employer.name,
    departement_id: `dep-${employer.departement ?? person.departement}`,
  }
}

export function attendanceRow({ activity, person, status }: DemoAttendance, ids: Ids, draw: Draw, now: string) {
  const source = sourceOf(activity, status, draw)
  const late = source === 'registration' ? 1 + draw.below(35) : 0
  const registered = instant(
    daysBefore(activity.day, late),
    late === 0 ? activity.sessions[0]![0] : `${8 + draw.below(10)}:${10 + draw.below(49)}`.padStart(5, '0'),
  )
  const registeredAt =
    registered < now ? registered : new Date(Date.parse(now) - (1 + draw.below(4000)) * 60_000).toISOString()
  return {
    id: draw.id(),
    activity_id: ids.activity.get(activity)!,
    person_id: person.id,
    status,
    mode: modeOf(activity, draw),
    source,
    ...snapshot(person, activity.day),
    answers: {},
    registered_at: registeredAt,
    status_at: ['present', 'absent', 'excused'].includes(status) ? instant(activity.day, '17:30') : registeredAt,
    link_version: 1,
    told_sequence: 0,
  }
}

function sourceOf({ mode, kind }: DemoActivity, status: RowStatus, draw: Draw) {
  if (status !== 'present') return 'registration'
  if (mode === 'distanciel') return draw.chance(0.25) ? 'connection-list' : 'registration'
  if (kind === 'reseau') return draw.chance(0.3) ? 'sheet' : 'registration'
  return draw.chance(0.08) ? 'walk-in' : 'registration'
}

const modeOf = ({ mode, remote = 0 }: DemoActivity, draw: Draw) =>
  mode === 'distanciel' || (mode === 'hybride' && draw.chance(remote)) ? 'remote' : 'onsite'
