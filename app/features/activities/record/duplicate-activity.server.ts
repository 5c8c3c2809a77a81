import { asc, eq } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { mayWriteActivities } from '../policy.ts'
import {
  activities,
  activityPartners,
  activityTerritories,
  activityThemes,
  programmeItems,
  questions,
  sessions,
  speakers,
} from '../schema.server.ts'
import type { Activity } from './editing.server.ts'
import { daysBetween, shiftDays } from './shift-days.ts'
import { provisionalSlug, refreshSlug } from './slug.server.ts'

export type DuplicateActivityError = { type: 'not-allowed' } | { type: 'not-found' } | { type: 'without-date' }

/**
 * The same activity on another day, in draft: its sessions and the hours of its programme move by as many days, and keep the
 * clock of Paris; never who came, nor what was said of it afterwards (documents, half-days by hand, unnamed people).
 */
export async function duplicateActivity(
  ctx: AppContext,
  activityId: string,
  { day, title }: { day: string; title: string | null },
): Promise<Result<{ id: string }, DuplicateActivityError>> {
  if (!mayWriteActivities(ctx.actor)) return err({ type: 'not-allowed' })
  const now = ctx.now()
  return ctx.db.transaction(async (tx) => {
    const [source] = await tx.select().from(activities).where(eq(activities.id, activityId)).for('share')
    if (!source) return err({ type: 'not-found' })
    if (!source.startsAt) return err({ type: 'without-date' })
    const days = daysBetween(source.startsAt, day)
    const id = await copyRecord(tx, now, source, days, title)
    await copyDates(tx, source.id, id, days)
    await copyLinks(tx, source.id, id)
    await copyQuestions(tx, source.id, id)
    await refreshSlug(tx, id)
    const fields = { source: [null, source.title] as [unknown, unknown] }
    await recordChange(
      tx,
      { ...ctx, now: () => now },
      { action: 'activities.duplicated', entity: 'activity', entityId: id, fields },
    )
    return ok({ id })
  })
}

async function copyRecord(tx: Database, now: Date, source: Activity, days: number, title: string | null) {
  const id = crypto.randomUUID()
  const { halfDays: _h, search: _s, computedHalfDays: _c, startsAt: _b, endsAt: _e, ...kept } = source
  await tx.insert(activities).values({
    ...kept,
    id,
    slug: provisionalSlug(id),
    title: title ?? source.title,
    status: 'draft',
    halfDaysOverride: null,
    halfDaysReason: null,
    unidentifiedCount: 0,
    unidentifiedBasis: 'counted',
    registrationClosesAt: source.registrationClosesAt && shiftDays(source.registrationClosesAt, days),
    cancelledReason: null,
    publishedAt: null,
    calendarSequence: 0,
    createdAt: now,
    updatedAt: now,
  })
  return id
}

async function copyDates(tx: Database, from: string, to: string, days: number) {
  const dated = await tx.select().from(sessions).where(eq(sessions.activityId, from)).orderBy(asc(sessions.startsAt))
  const moved = dated.map(({ id: _, ...session }) => ({
    ...session,
    activityId: to,
    startsAt: shiftDays(session.startsAt, days),
    endsAt: shiftDays(session.endsAt, days),
  }))
  if (moved.length > 0) await tx.insert(sessions).values(moved)
  const items = await tx.select().from(programmeItems).where(eq(programmeItems.activityId, from))
  const newIds = new Map(items.map(({ id }) => [id, crypto.randomUUID()]))
  const copied = items.map((item) => ({
    ...item,
    id: newIds.get(item.id)!,
    activityId: to,
    startsAt: item.startsAt && shiftDays(item.startsAt, days),
  }))
  if (copied.length > 0) await tx.insert(programmeItems).values(copied)
  const people = await tx.select().from(speakers).where(eq(speakers.activityId, from))
  const invited = people.map(({ id: _, programmeItemId, ...speaker }) => ({
    ...speaker,
    activityId: to,
    programmeItemId: programmeItemId && newIds.get(programmeItemId)!,
  }))
  if (invited.length > 0) await tx.insert(speakers).values(invited)
}

async function copyLinks(tx: Database, from: string, activityId: string) {
  const themes = await tx.select().from(activityThemes).where(eq(activityThemes.activityId, from))
  if (themes.length > 0) await tx.insert(activityThemes).values(themes.map((row) => ({ ...row, activityId })))
  const places = await tx.select().from(activityTerritories).where(eq(activityTerritories.activityId, from))
  if (places.length > 0) await tx.insert(activityTerritories).values(places.map((row) => ({ ...row, activityId })))
  const partners = await tx.select().from(activityPartners).where(eq(activityPartners.activityId, from))
  if (partners.length > 0) await tx.insert(activityPartners).values(partners.map((row) => ({ ...row, activityId })))
}

/** A condition follows the question it hangs on. */
async function copyQuestions(tx: Database, from: string, activityId: string) {
  const asked = await tx.select().from(questions).where(eq(questions.activityId, from))
  const newIds = new Map(asked.map(({ id }) => [id, crypto.randomUUID()]))
  const rows = asked.map(({ condition, ...question }) => ({
    ...question,
    id: newIds.get(question.id)!,
    activityId,
    condition: condition?.questionId
      ? { ...condition, questionId: newIds.get(condition.questionId) }
      : (condition ?? null),
  }))
  if (rows.length > 0) await tx.insert(questions).values(rows)
}
