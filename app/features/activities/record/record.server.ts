import { eq, sql } from 'drizzle-orm'
import { territoryCards } from '#app/features/territory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { mayReadActivities } from '../policy.ts'
import { activities, activityTerritories } from '../schema.server.ts'
import type { Activity } from './editing.server.ts'
import { partnersOf } from './write-partners.server.ts'
import { sessionsOf } from './write-sessions.server.ts'

interface Named {
  id: string
  label: string
}

export interface ActivityRecord extends Activity {
  kind: string
  mainTheme: string | null
  themes: Named[]
  territories: Named[]
  departement: string | null
  lead: Named | null
  series: Named | null
  sessions: Awaited<ReturnType<typeof sessionsOf>>
  partners: Awaited<ReturnType<typeof partnersOf>>
  /** Places taken and people waiting, by way of taking part. */
  places: Record<'onsite' | 'remote', { taken: number; waiting: number }>
  counts: { programme: number; questions: number; documents: number }
}

/** All of one activity, for its page and its form; null: there is none, or not for this actor. */
export async function readActivity(ctx: AppContext, id: string): Promise<ActivityRecord | null> {
  if (!mayReadActivities(ctx.actor)) return null
  const [activity] = await ctx.db.select().from(activities).where(eq(activities.id, id))
  if (!activity) return null
  const [names, territories, sessions, partners] = [
    await namesOf(ctx.db, activity),
    await territoriesOf(ctx.db, id),
    await sessionsOf(ctx.db, id),
    await partnersOf(ctx.db, id),
  ]
  return { ...activity, ...names, territories, sessions, partners }
}

interface Names extends Record<string, unknown> {
  kind: string
  mainTheme: string | null
  departement: string | null
  themes: Named[]
  lead: Named | null
  series: Named | null
  places: ActivityRecord['places']
  counts: ActivityRecord['counts']
}

async function namesOf(db: Database, { id, kindId, mainThemeId, departementId, leadPersonId, seriesId }: Activity) {
  const count = (table: string) =>
    sql`(select count(*) from ${sql.raw(`activities.${table}`)} where activity_id = ${id})`
  const place = (mode: string) => sql`(select json_build_object(
      'taken', count(*) filter (where status in ('registered', 'present', 'excused', 'absent')),
      'waiting', count(*) filter (where status = 'waitlisted'))
    from activities.attendance where activity_id = ${id} and mode = ${mode})`
  const { rows } = await db.execute<Names>(sql`
    select (select label from platform.term where id = ${kindId}) as kind,
      (select label from platform.term where id = ${mainThemeId}) as "mainTheme",
      (select name from territory.territory_card where id = ${departementId}) as departement,
      (select coalesce(json_agg(json_build_object('id', t.id, 'label', t.label) order by t.position), '[]')
        from activities.activity_theme x join platform.term t on t.id = x.theme_id where x.activity_id = ${id}) as themes,
      (select json_build_object('id', id, 'label', full_name) from directory.person_card where id = ${leadPersonId}) as lead,
      (select json_build_object('id', id, 'label', title) from activities.series where id = ${seriesId}) as series,
      json_build_object('onsite', ${place('onsite')}, 'remote', ${place('remote')}) as places,
      json_build_object('programme', ${count('programme_item')}, 'questions', ${count('question')},
        'documents', ${count('document')}) as counts`)
  return rows[0]!
}

const territoriesOf = (db: Database, activityId: string): Promise<Named[]> =>
  db
    .select({ id: territoryCards.id, label: territoryCards.name })
    .from(activityTerritories)
    .innerJoin(territoryCards, eq(territoryCards.id, activityTerritories.territoryId))
    .where(eq(activityTerritories.activityId, activityId))
    .orderBy(territoryCards.name)
