import { consentWordings } from '#app/features/directory/labels.ts'
import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Role } from '#app/platform/permissions.ts'
import type { DemoActivity } from './activity.ts'
import { insertRows } from './insert-rows.server.ts'
import type { Employer } from './people.ts'
import { activityRow, attendanceRow, documentRows, linkRows, programmeRows, sessionRows } from './rows.ts'
import type { Story } from './story.ts'
import type { ComingActivity } from './upcoming.ts'

/** Two thirds have answered about the newsletter when they first came; the others were never asked. */
const ASKED = 0.66

export async function insertPeople({ db, now }: AppContext, { lists, draw }: Story): Promise<void> {
  const at = '2021-01-04T08:00:00.000Z'
  const stamps = { created_at: at, updated_at: now().toISOString() }
  await insertRows(
    db,
    'directory.person',
    lists.people.map((person) => ({
      id: person.id,
      given_name: person.givenName,
      family_name: person.familyName,
      email: person.email,
      departement_id: `dep-${person.departement}`,
      ...stamps,
    })),
  )
  const affiliations = lists.people.flatMap((person) =>
    person.situations.map((situation) => ({
      id: draw.id(),
      person_id: person.id,
      organisation_id: situation.employer.id,
      function: situation.function,
      profile_id: `profil:${situation.profile}`,
      valid_from: situation.from,
      valid_to: situation.to,
      created_at: at,
    })),
  )
  await insertRows(db, 'directory.affiliation', affiliations)
  const asked = lists.people.filter(() => draw.chance(ASKED))
  const consents = asked.map((person) => ({
    id: draw.id(),
    person_id: person.id,
    purpose: 'newsletter',
    given: draw.chance(0.7),
    at,
    how: 'registration',
    wording: consentWordings.newsletter,
  }))
  await insertRows(db, 'directory.consent', consents)
}

export interface StoryIds {
  activity: Map<DemoActivity, string>
  series: Map<string, string>
  organisation: Map<string, string>
}

/** Activities with their sessions, programme, speakers, partners, documents; each led by somebody of the team. */
export async function insertActivities(
  ctx: AppContext,
  { activities, coming, draw }: Story,
  organisations: readonly Employer[],
  team: ReadonlyMap<Role, string>,
): Promise<StoryIds> {
  const all: DemoActivity[] = [...activities, ...coming]
  const series = [...new Set(all.flatMap(({ series: title }) => title ?? []))]
  const ids: StoryIds = {
    activity: new Map(all.map((activity) => [activity, draw.id()])),
    series: new Map(series.map((title) => [title, draw.id()])),
    organisation: new Map(organisations.map(({ name, id }) => [name, id])),
  }
  const { db } = ctx
  await insertRows(db, 'activities.series', seriesRows(ids))
  const lead = await peopleOf(ctx, team)
  const leads = ['charge-de-mission', 'charge-de-mission', 'direction'] as const
  await insertRows(
    db,
    'activities.activity',
    all.map((activity, i) => ({
      ...activityRow(activity, ids, lead.get(leads[i % leads.length]!)!),
      ...openingOf(activity),
    })),
  )
  const programmes = all.map((activity) => programmeRows(activity, ids, draw))
  const links = all.map((activity) => linkRows(activity, ids))
  await insertRows(
    db,
    'activities.session',
    all.flatMap((activity) => sessionRows(activity, ids, draw)),
  )
  await insertRows(
    db,
    'activities.programme_item',
    programmes.flatMap(({ items }) => items),
  )
  await insertRows(
    db,
    'activities.speaker',
    programmes.flatMap(({ speakers }) => speakers),
  )
  await insertRows(
    db,
    'activities.document',
    all.flatMap((activity) => documentRows(activity, ids, draw)),
  )
  await insertRows(
    db,
    'activities.activity_theme',
    links.flatMap(({ themes }) => themes),
  )
  await insertRows(
    db,
    'activities.activity_territory',
    links.flatMap(({ territories }) => territories),
  )
  await insertRows(
    db,
    'activities.activity_partner',
    links.flatMap(({ partners }) => partners),
  )
  return ids
}

const seriesRows = ({ series }: StoryIds) =>
  [...series].map(([title, id]) => ({
    id,
    slug: title
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-'),
    title,
    created_at: '2021-01-04T08:00:00.000Z',
  }))

async function peopleOf({ db }: AppContext, team: ReadonlyMap<Role, string>): Promise<Map<Role, string>> {
  const { rows } = await db.execute<{ id: string; personId: string }>(
    sql`select id, person_id as "personId" from accounts."user"`,
  )
  const byUser = new Map(rows.map((row) => [row.id, row.personId]))
  return new Map([...team].map(([role, userId]) => [role, byUser.get(userId)!]))
}

/** What is to come takes registrations; what is past does not. */
function openingOf(activity: DemoActivity | ComingActivity) {
  const coming = 'registered' in activity ? activity : null
  return {
    registration_open: coming !== null,
    capacity_onsite: coming?.capacityOnsite ?? null,
    capacity_remote: coming?.capacityRemote ?? null,
    remote_link:
      coming && activity.mode !== 'presentiel' ? `https://visio.demo.maillage.example/${activity.slug}` : null,
    waiting_list: true,
    ask_accessibility: true,
    ask_photos: false,
    calendar_sequence: 0,
    computed_half_days: 0,
  }
}

/** In the order of arrival: the waiting list follows it. */
export async function insertLists({ db, now }: AppContext, { lists, draw }: Story, ids: StoryIds): Promise<void> {
  const at = now().toISOString()
  const rows = lists.rows.map((row) => attendanceRow(row, ids, draw, at))
  const late = (status: string) => (status === 'waitlisted' ? 1 : 0)
  rows.sort((a, b) => late(a.status) - late(b.status) || (a.registered_at < b.registered_at ? -1 : 1))
  await insertRows(db, 'activities.attendance', rows)
}
