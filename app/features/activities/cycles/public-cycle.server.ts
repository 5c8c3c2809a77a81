import { sql } from 'drizzle-orm'
import { departementOptions } from '#app/features/territory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { formNotice } from '#app/platform/purposes.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { termOptions, termsOf } from '#app/platform/terms.server.ts'
import type { AttendanceMode, SeriesKind, Visibility } from '../labels.ts'
import { consentsAsked } from '../registration/consents.ts'
import { type ActivityFacts, factsOf, modesOf, publicFacts } from '../registration/facts.server.ts'
import { newFormToken } from '../registration/links.server.ts'
import { placesOfEach } from '../registration/places.server.ts'
import { registrationState } from '../registration/state.ts'

export interface CycleFacts {
  id: string
  slug: string
  title: string
  kind: SeriesKind
  description: string | null
  objectives: string | null
  audience: string | null
  plannedMinutes: number | null
  requiredShare: number | null
  visibility: Visibility
}

/** A cycle that has a page of its own; null: none of this address, or it is kept inside. */
export async function openCycle(db: Database, slug: string): Promise<CycleFacts | null> {
  const { rows } = await db.execute<CycleFacts & Record<string, unknown>>(sql`
    select id, slug, title, kind, description, objectives, audience, planned_minutes as "plannedMinutes",
      required_share as "requiredShare", visibility
    from activities.series where slug = ${slug} and visibility <> 'internal'`)
  return rows[0] ?? null
}

/** Its activities that have a page: those of the agenda; an unlisted cycle also shows the unlisted ones. */
export const shownActivities = (db: Database, { id, visibility }: CycleFacts): Promise<ActivityFacts[]> =>
  factsOf(
    db,
    sql`a.series_id = ${id} and a.status <> 'draft' and (a.status = 'published' or a.published_at is not null)
      and (a.visibility = 'public' or (a.visibility = 'unlisted' and ${visibility === 'unlisted'}))`,
  )

/** What one registers to with the whole cycle: what is to come and still open. */
export const stillOpen = (activities: readonly ActivityFacts[], now: Date): ActivityFacts[] =>
  activities.filter((activity) => registrationState(activity, now) === 'open')

/** Ways of taking part that are left to choose: none when no activity has two. */
export const modesAsked = (activities: readonly ActivityFacts[]): readonly AttendanceMode[] =>
  activities.some(({ mode }) => mode === 'hybride') ? modesOf('hybride') : []

/** The page of a cycle: what it is, its activities with their places; null: there is none. */
export async function publicCycle(ctx: AppContext, slug: string) {
  const cycle = await openCycle(ctx.db, slug)
  if (!cycle) return null
  const activities = await shownActivities(ctx.db, cycle)
  const places = await placesOfEach(ctx.db, activities)
  return {
    cycle,
    centre: (await readCentre(ctx.db)).name,
    steps: activities.map((facts) => {
      const { questions: _questions, ...activity } = publicFacts(facts)
      return { activity, state: registrationState(facts, ctx.now()), places: places.get(facts.id)! }
    }),
    open: stillOpen(activities, ctx.now()).length,
  }
}

export type PublicCycle = NonNullable<Awaited<ReturnType<typeof publicCycle>>>

/** What the form needs besides. */
export async function cycleForm(ctx: AppContext, slug: string) {
  const page = await publicCycle(ctx, slug)
  if (!page) return null
  const open = stillOpen(await shownActivities(ctx.db, page.cycle), ctx.now())
  const [profiles, departements, notice] = await Promise.all([
    termsOf(ctx.db, 'profil'),
    departementOptions(ctx),
    formNotice(ctx.db, 'registration'),
  ])
  return {
    ...page,
    asked: open
      .filter(({ questions }) => questions.length > 0)
      .map(({ id, title, mode, questions }) => ({
        id,
        title,
        questions,
        onlyMode: modesOf(mode).length === 1 ? modesOf(mode)[0] : undefined,
      })),
    askAccessibility: open.some((activity) => activity.askAccessibility),
    modes: modesAsked(open),
    profiles: termOptions(profiles),
    departements,
    consents: consentsAsked({ askPhotos: open.some(({ askPhotos }) => askPhotos) }),
    formToken: newFormToken(ctx),
    notice,
  }
}

export type CycleForm = NonNullable<Awaited<ReturnType<typeof cycleForm>>>
