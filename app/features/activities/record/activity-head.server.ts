import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { instantOrNull } from '../instant.server.ts'
import type { ActivityRole, ActivityStatus, Mode, Visibility } from '../labels.ts'
import { mayReadActivities } from '../policy.ts'

/** What stands at the head of every tab of an activity. */
export interface ActivityHead {
  id: string
  slug: string
  title: string
  kind: string
  status: ActivityStatus
  visibility: Visibility
  mode: Mode
  role: ActivityRole
  startsAt: Date | null
  endsAt: Date | null
  place: string | null
  departement: string | null
  /** Registered and those who came: everybody who holds or held a place. */
  expected: number
  waiting: number
  present: number
  /** Rows nobody has ticked yet, once the activity is over. */
  toTick: number
  may: { write: boolean; publish: boolean; cancel: boolean }
}

/** null: there is no such activity, or the actor may not know it. */
export async function activityHead(ctx: AppContext, id: string): Promise<ActivityHead | null> {
  if (!mayReadActivities(ctx.actor)) return null
  const now = ctx.now().toISOString()
  const { rows } = await ctx.db.execute<Omit<ActivityHead, 'may' | 'startsAt' | 'endsAt'> & HeadTimes>(sql`
    select a.id, a.slug, a.title, k.label as kind, a.status, a.visibility, a.mode, a.role, a.starts_at as "startsAt",
      a.ends_at as "endsAt", a.place, t.name as departement,
      count(*) filter (where n.status in ('registered', 'present', 'excused', 'absent'))::int as expected,
      count(*) filter (where n.status = 'waitlisted')::int as waiting,
      count(*) filter (where n.status = 'present')::int as present,
      count(*) filter (where n.status = 'registered' and a.ends_at < ${now})::int as "toTick"
    from activities.activity a
    join platform.term k on k.id = a.kind_id
    left join territory.territory_card t on t.id = a.departement_id
    left join activities.attendance n on n.activity_id = a.id
    where a.id = ${id}
    group by a.id, k.label, t.name`)
  const [row] = rows
  if (!row) return null
  return {
    ...row,
    startsAt: instantOrNull(row.startsAt),
    endsAt: instantOrNull(row.endsAt),
    may: {
      write: can(ctx.actor, 'activities:write'),
      publish: can(ctx.actor, 'activities:publish'),
      cancel: can(ctx.actor, 'activities:cancel'),
    },
  }
}

interface HeadTimes extends Record<string, unknown> {
  startsAt: string | null
  endsAt: string | null
}
