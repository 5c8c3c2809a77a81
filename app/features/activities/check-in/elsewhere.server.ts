import { sql } from 'drizzle-orm'
import { can } from '#app/platform/context.ts'
import type { Outcome } from './door.ts'
import type { Door } from './door.server.ts'

/** Codes that are true and of another activity are said to be so; which one, only to the team. */
export async function whereElse(
  { ctx, activityId }: Door,
  asked: readonly { key: string; id: string; version: number | null }[],
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
  const unknown = new Set(outcomes.filter(({ outcome }) => outcome === 'unknown').map(({ key }) => key))
  const codes = asked.filter(({ key, version }) => version !== null && unknown.has(key))
  if (codes.length === 0) return [...outcomes]
  const { rows } = await ctx.db.execute<{ key: string; title: string }>(sql`
    select k.key, a.title from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) as k(key uuid, id uuid, version int)
    join activities.attendance n on n.id = k.id and n.link_version % 65536 = k.version and n.activity_id <> ${activityId}
    join activities.activity a on a.id = n.activity_id`)
  const titles = new Map(rows.map(({ key, title }) => [key, title]))
  const told = can(ctx.actor, 'activities:read')
  return outcomes.map((one) => {
    const title = titles.get(one.key)
    if (title === undefined) return one
    return { key: one.key, id: null, outcome: 'elsewhere', ...(told && { activity: title }) }
  })
}
