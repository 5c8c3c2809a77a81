import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { instantOrNull } from '../instant.server.ts'
import type { ActivityStatus, Mode, SeriesKind, Visibility } from '../labels.ts'
import { mayReadActivities } from '../policy.ts'

export interface SeriesRecord {
  id: string
  slug: string
  title: string
  kind: SeriesKind
  description: string | null
  objectives: string | null
  audience: string | null
  profiles: { id: string; label: string }[]
  requiredShare: number | null
  plannedMinutes: number | null
  visibility: Visibility
}

/** null: there is none, or not for this actor. */
export async function readSeries(ctx: AppContext, id: string): Promise<SeriesRecord | null> {
  if (!mayReadActivities(ctx.actor)) return null
  const { rows } = await ctx.db.execute<SeriesRecord & Record<string, unknown>>(sql`
    select s.id, s.slug, s.title, s.kind, s.description, s.objectives, s.audience, s.visibility,
      s.required_share as "requiredShare", s.planned_minutes as "plannedMinutes",
      coalesce((select json_agg(json_build_object('id', t.id, 'label', t.label) order by t.position, t.label)
        from activities.series_profile x join platform.term t on t.id = x.profile_id where x.series_id = s.id), '[]') as profiles
    from activities.series s where s.id = ${id}`)
  return rows[0] ?? null
}

/** An activity of a series, in the order of the days. */
export interface StepLine {
  id: string
  title: string
  status: ActivityStatus
  mode: Mode
  startsAt: Date | null
  endsAt: Date | null
  place: string | null
  minutes: number
  capacityOnsite: number | null
  capacityRemote: number | null
  expected: number
  waiting: number
  present: number
  absent: number
  unidentified: number
  held: boolean
}

interface RawStep extends Record<string, unknown>, Omit<StepLine, 'startsAt' | 'endsAt'> {
  startsAt: string | null
  endsAt: string | null
}

/** Drafts and cancelled ones too: the page of a series is where one works on it. The caller has checked the right to read. */
export async function stepsOf(ctx: AppContext, seriesId: string): Promise<StepLine[]> {
  const { rows } = await ctx.db.execute<RawStep>(sql`
    select a.id, a.title, a.status, a.mode, a.starts_at as "startsAt", a.ends_at as "endsAt", a.place,
      a.capacity_onsite as "capacityOnsite", a.capacity_remote as "capacityRemote", a.unidentified_count as unidentified,
      (select coalesce(sum(extract(epoch from s.ends_at - s.starts_at) / 60), 0)::int
        from activities.session s where s.activity_id = a.id) as minutes,
      n.expected::int, n.waiting::int, n.present::int, n.absent::int,
      a.status = 'published' and (coalesce(a.ends_at <= ${ctx.now().toISOString()}, false) or n.present > 0) as held
    from activities.activity a
    left join lateral (
      select count(*) filter (where status in ('registered', 'present', 'absent')) as expected,
        count(*) filter (where status = 'waitlisted') as waiting, count(*) filter (where status = 'present') as present,
        count(*) filter (where status = 'absent') as absent
      from activities.attendance where activity_id = a.id) n on true
    where a.series_id = ${seriesId} order by a.starts_at nulls last, a.id limit 500`)
  return rows.map((row) => ({ ...row, startsAt: instantOrNull(row.startsAt), endsAt: instantOrNull(row.endsAt) }))
}
