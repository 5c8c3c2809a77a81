import {
  activityView,
  attendanceLeft,
  type ComingActivity,
  comingActivities,
  forgottenDrafts,
  participationView,
  type TodoList,
  yearOf,
  type YearView,
} from '#app/features/activities/index.server.ts'
import { count, eq } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { mails } from '#app/platform/schema.server.ts'

interface Dashboard {
  now: Date
  coming: ComingActivity[]
  attendance: TodoList
  drafts: TodoList
  /** null: not for this role. */
  failedMails: number | null
  /** The year so far beside the year before at the same date; null: not for this role. */
  year: { participation: YearView; activity: YearView } | null
}

/** What the team finds in the morning; each part only for those who may see it. */
export async function dashboard(ctx: AppContext): Promise<Dashboard> {
  const [coming, attendance, drafts, failedMails, year] = await Promise.all([
    comingActivities(ctx, 8),
    attendanceLeft(ctx, 6),
    forgottenDrafts(ctx, 6),
    failedMailCount(ctx),
    yearSoFar(ctx),
  ])
  return { now: ctx.now(), coming, attendance, drafts, failedMails, year }
}

async function failedMailCount(ctx: AppContext): Promise<number | null> {
  if (!can(ctx.actor, 'mails:read')) return null
  const [row] = await ctx.db.select({ failed: count() }).from(mails).where(eq(mails.status, 'failed'))
  return row?.failed ?? 0
}

async function yearSoFar(ctx: AppContext): Promise<Dashboard['year']> {
  const year = yearOf(ctx.now())
  const [participation, activity] = await Promise.all([
    participationView(ctx, year, { perimetre: ['participation'] }),
    activityView(ctx, year, {}),
  ])
  return participation.ok && activity.ok ? { participation: participation.value, activity: activity.value } : null
}
