import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { formatDate } from '#app/ui/french.ts'
import { instant } from '../instant.server.ts'
import { matches } from './list.server.ts'

export interface FoundActivity {
  id: string
  label: string
  detail: string
  href: string
}

/** For Ctrl+K and the fields that choose an activity: the nearest in time first. */
export async function searchActivities(ctx: AppContext, text: string, limit: number): Promise<FoundActivity[]> {
  const asked = text.trim().slice(0, 200)
  if (!can(ctx.actor, 'activities:read') || asked === '') return []
  const { rows } = await ctx.db.execute<{ id: string; title: string; kind: string; startsAt: string | null }>(sql`
    select a.id, a.title, k.label as kind, a.starts_at as "startsAt"
    from activities.activity a join platform.term k on k.id = a.kind_id
    where ${matches(asked)}
    order by a.search like '%' || platform.normalise(${asked}) || '%' desc,
      abs(extract(epoch from a.starts_at - ${ctx.now().toISOString()}::timestamptz)) nulls first, a.id
    limit ${limit}`)
  return rows.map(({ id, title, kind, startsAt }) => ({
    id,
    label: title,
    detail: `${kind} · ${startsAt ? formatDate(instant(startsAt)) : 'sans date'}`,
    href: `/bureau/activites/${id}`,
  }))
}
