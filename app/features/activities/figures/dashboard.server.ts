import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'

/** An activity ahead, with its places. */
export interface ComingActivity {
  id: string
  title: string
  kind: string
  startsAt: Date
  endsAt: Date | null
  place: string | null
  mode: string
  onsite: number
  remote: number
  waiting: number
  /** null = no limit. */
  capacityOnsite: number | null
  capacityRemote: number | null
  registrationOpen: boolean
}

/** What comes next, the nearest first. */
export async function comingActivities(ctx: AppContext, limit: number): Promise<ComingActivity[]> {
  if (!can(ctx.actor, 'activities:read')) return []
  const { rows } = await ctx.db.execute<ComingActivity & Record<string, unknown>>(sql`
    select a.id, a.title, kind.label as kind, a.starts_at as "startsAt", a.ends_at as "endsAt", a.place, a.mode,
      coalesce(t.onsite, 0)::int as onsite, coalesce(t.remote, 0)::int as remote, coalesce(t.waiting, 0)::int as waiting,
      a.capacity_onsite as "capacityOnsite", a.capacity_remote as "capacityRemote", a.registration_open as "registrationOpen"
    from activities.activity a join platform.term kind on kind.id = a.kind_id
    left join lateral (
      select count(*) filter (where t.status in ('registered', 'present') and t.mode = 'onsite') as onsite,
        count(*) filter (where t.status in ('registered', 'present') and t.mode = 'remote') as remote,
        count(*) filter (where t.status = 'waitlisted') as waiting
      from activities.attendance t where t.activity_id = a.id
    ) t on true
    where a.status = 'published' and coalesce(a.ends_at, a.starts_at) >= ${ctx.now().toISOString()}::timestamptz
    order by a.starts_at, a.id limit ${limit}`)
  return rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt), endsAt: row.endsAt && new Date(row.endsAt) }))
}

interface LeftToDo {
  id: string
  title: string
  startsAt: Date
  /** People registered whose attendance is not ticked; 0 when nobody at all was noted. */
  people: number
}

export interface TodoList {
  total: number
  items: LeftToDo[]
}

const LOOK_BACK = '1 year'

/** Activities of ours that are over and whose attendance is not, or not wholly, ticked. */
export async function attendanceLeft(ctx: AppContext, limit: number): Promise<TodoList> {
  if (!can(ctx.actor, 'attendance:read')) return { total: 0, items: [] }
  return todo(
    ctx,
    sql`select a.id, a.title, a.starts_at as "startsAt", count(t.id) filter (where t.status = 'registered')::int as people
    from activities.activity a join platform.term kind on kind.id = a.kind_id
    left join activities.attendance t on t.activity_id = a.id
    where a.status = 'published' and a.role in ('organisateur', 'co-organisateur')
      and coalesce(kind.attributes ->> 'perimeter', 'collectif') in ('collectif', 'appui')
      and a.ends_at < ${ctx.now().toISOString()}::timestamptz
      and a.ends_at >= ${ctx.now().toISOString()}::timestamptz - ${LOOK_BACK}::interval and a.unidentified_count = 0
    group by a.id
    having count(t.id) filter (where t.status = 'registered') > 0 or count(t.id) filter (where t.status = 'present') = 0`,
    limit,
  )
}

/** Drafts whose day has passed: they count nowhere until they are published. */
export async function forgottenDrafts(ctx: AppContext, limit: number): Promise<TodoList> {
  if (!can(ctx.actor, 'activities:write')) return { total: 0, items: [] }
  return todo(
    ctx,
    sql`select a.id, a.title, a.starts_at as "startsAt", 0 as people from activities.activity a
    where a.status = 'draft' and a.starts_at < ${ctx.now().toISOString()}::timestamptz
      and a.starts_at >= ${ctx.now().toISOString()}::timestamptz - ${LOOK_BACK}::interval`,
    limit,
  )
}

async function todo(ctx: AppContext, statement: ReturnType<typeof sql>, limit: number): Promise<TodoList> {
  const { rows } = await ctx.db.execute<LeftToDo & { total: number } & Record<string, unknown>>(
    sql`select x.*, count(*) over ()::int as total from (${statement}) x order by x."startsAt" desc, x.id limit ${limit}`,
  )
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map(({ total: _total, ...row }) => ({ ...row, startsAt: new Date(row.startsAt) })),
  }
}
