import { eq, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { isoDay } from '#app/ui/french.ts'
import { activities, series } from '../schema.server.ts'
import { slugOf } from './slug.ts'

/** The first free address of this shape; those who ask for the same one wait for each other until they commit. */
async function freeSlug(tx: Database, table: 'activity' | 'series', wanted: string, selfId: string): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`slug:${table}:${wanted}`}))`)
  const rows = sql.raw(`activities.${table}`)
  const { rows: taken } = await tx.execute<{ slug: string }>(sql`
    select slug from ${rows} where id <> ${selfId} and (slug = ${wanted} or slug ~ ${`^${wanted}-[0-9]+$`})`)
  const names = new Set(taken.map(({ slug }) => slug))
  if (!names.has(wanted)) return wanted
  let number = 2
  while (names.has(`${wanted}-${number}`)) number += 1
  return `${wanted}-${number}`
}

/** The address follows title and date until the activity is published; never afterwards. */
export async function refreshSlug(tx: Database, activityId: string): Promise<void> {
  const [activity] = await tx.select().from(activities).where(eq(activities.id, activityId))
  if (!activity || activity.publishedAt) return
  const wanted = slugOf(activity.title, activity.startsAt && isoDay(activity.startsAt))
  const numbered = new RegExp(`^${wanted}-\\d+$`)
  if (activity.slug === wanted || numbered.test(activity.slug)) return
  const slug = await freeSlug(tx, 'activity', wanted, activityId)
  await tx.update(activities).set({ slug }).where(eq(activities.id, activityId))
}

/** Given at once when the row is written; a draft gets its real one from `refreshSlug`. */
export const provisionalSlug = (id: string) => `brouillon-${id}`

export async function nameSeries(tx: Database, seriesId: string, title: string): Promise<void> {
  const slug = await freeSlug(tx, 'series', slugOf(title, null), seriesId)
  await tx.update(series).set({ slug }).where(eq(series.id, seriesId))
}
