import { eq, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { signLink } from '#app/platform/signed-link.server.ts'
import { activities, attendances, series, sessions } from './schema.server.ts'

/** Rows for tests and for the seed: valid as they are, each field can be given. */

let made = 0
const next = () => (made += 1)

type NewActivity = typeof activities.$inferInsert
type NewSession = Pick<typeof sessions.$inferInsert, 'startsAt' | 'endsAt'> &
  Partial<Pick<typeof sessions.$inferInsert, 'title' | 'place' | 'remoteLink'>>

export type MakeActivity = Partial<NewActivity> & { sessions?: readonly NewSession[] }

/** A published seminar of our own, on site, with one session: 8 December 2022 from 9:30 to 12:30 in Paris, registration open. */
export async function makeActivity(ctx: AppContext, { sessions: given, ...overrides }: MakeActivity = {}) {
  const number = next()
  const [made] = await ctx.db
    .insert(activities)
    .values({
      slug: `activite-d-essai-${number}-${process.pid}`,
      kindId: 'activite:seminaire',
      title: `Activité d’essai ${number}`,
      status: 'published',
      mode: 'presentiel',
      role: 'organisateur',
      scale: 'regional',
      place: 'Maison des associations, Montpellier',
      registrationOpen: true,
      publishedAt: ctx.now(),
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
      ...overrides,
    })
    .returning({ id: activities.id })
  const rows = given ?? [{ startsAt: new Date('2022-12-08T08:30:00Z'), endsAt: new Date('2022-12-08T11:30:00Z') }]
  if (rows.length > 0) await ctx.db.insert(sessions).values(rows.map((row) => ({ ...row, activityId: made!.id })))
  const [activity] = await ctx.db.select().from(activities).where(eq(activities.id, made!.id))
  return activity!
}

/** A training cycle of which 80 % must be followed; it has no page of its own. */
export async function makeSeries(
  ctx: AppContext,
  overrides: Partial<typeof series.$inferInsert> = {},
): Promise<string> {
  const number = next()
  const [made] = await ctx.db
    .insert(series)
    .values({
      slug: `cycle-d-essai-${number}-${process.pid}`,
      title: `Cycle d’essai ${number}`,
      kind: 'cycle',
      requiredShare: 80,
      createdAt: ctx.now(),
      ...overrides,
    })
    .returning({ id: series.id })
  return made!.id
}

interface MakePerson {
  givenName?: string
  familyName?: string
  email?: string | null
  departementId?: string | null
}

/** A person of the directory, written straight into it: the tests of this feature need no more of a person. */
export async function makePerson(ctx: AppContext, overrides: MakePerson = {}): Promise<string> {
  const number = next()
  const { givenName = 'Dominique', familyName = `Essai ${number}`, departementId = null } = overrides
  const email = overrides.email === undefined ? `personne-${number}@exemple.test` : overrides.email
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    insert into directory.person (given_name, family_name, email, departement_id, created_at, updated_at)
    values (${givenName}, ${familyName}, ${email}, ${departementId}, ${ctx.now().toISOString()}, ${ctx.now().toISOString()})
    returning id`)
  return rows[0]!.id
}

export async function makeOrganisation(ctx: AppContext, name = `Organisation d’essai ${next()}`): Promise<string> {
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    insert into directory.organisation (name, created_at, updated_at)
    values (${name}, ${ctx.now().toISOString()}, ${ctx.now().toISOString()}) returning id`)
  return rows[0]!.id
}

/** A territory without its links: `dep-34`, `com-34172`… */
export async function makeTerritory(
  ctx: AppContext,
  {
    id,
    kind,
    name,
    departementCode = null,
  }: { id: string; kind: string; name: string; departementCode?: string | null },
): Promise<string> {
  await ctx.db.execute(sql`
    insert into territory.vintage (id, source, attribution, year, loaded_at)
    values ('essai', 'Essai', 'Essai', 2022, ${ctx.now().toISOString()}) on conflict do nothing`)
  await ctx.db.execute(sql`
    insert into territory.territory (id, kind, code, name, departement_code, vintage_id)
    values (${id}, ${kind}, ${id.slice(id.indexOf('-') + 1)}, ${name}, ${departementCode}, 'essai') on conflict do nothing`)
  return id
}

/** The token of the link that somebody registered would get. */
export const ownLinkFor = (ctx: AppContext, attendanceId: string): string =>
  signLink(ctx.secret, 'own-registration', { id: attendanceId, expiresAt: new Date(ctx.now().getTime() + 86_400_000) })

export type MakeAttendance = Partial<typeof attendances.$inferInsert>

/** Somebody present on site; makes the activity and the person that were not given. */
export async function makeAttendance(ctx: AppContext, overrides: MakeAttendance = {}) {
  const activityId = overrides.activityId ?? (await makeActivity(ctx)).id
  const personId = overrides.personId ?? (await makePerson(ctx))
  const [attendance] = await ctx.db
    .insert(attendances)
    .values({
      status: 'present',
      source: 'registration',
      profileId: 'profil:association',
      registeredAt: ctx.now(),
      statusAt: ctx.now(),
      ...overrides,
      activityId,
      personId,
    })
    .returning()
  return attendance!
}

/** What the short form sends, valid as it is. */
export const newActivityForm = (overrides: Record<string, string> = {}): Record<string, string> => ({
  title: 'Égalité : où en est-on ?',
  kindId: 'activite:seminaire',
  day: '08/12/2022',
  start: '9 h 30',
  end: '12 h 30',
  endDay: '',
  place: 'Maison des associations, Montpellier',
  remoteLink: '',
  mode: 'presentiel',
  role: 'organisateur',
  scale: 'regional',
  mainThemeId: 'theme:egalite-femmes-hommes',
  departementId: '',
  ...overrides,
})
