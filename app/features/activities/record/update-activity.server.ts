import { eq } from 'drizzle-orm'
import { changedFields, type FieldChanges } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { emit } from '#app/platform/outbox.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { activityCapacityRaised, type ActivityChange, activityChanged } from '../events.ts'
import { activityTerritories, activityThemes } from '../schema.server.ts'
import { type Activity, type Edit, editActivity, type EditError, type EditTarget } from './editing.server.ts'
import type { ActivityInput } from './inputs.server.ts'
import { type UnknownChoice, unknownChoice } from './references.server.ts'
import { type SessionProblem, sessionProblems } from './session-rules.ts'
import { findPartners, type PartnerProblem, partnersOf, partnerTrace, writePartners } from './write-partners.server.ts'
import { sessionRow, type SessionRow, sessionsOf, sessionTrace, writeSessions } from './write-sessions.server.ts'

export type UpdateActivityError =
  | EditError
  | UnknownChoice
  | PartnerProblem
  | { type: 'sessions'; problems: SessionProblem[] }
  | { type: 'published-without-session' }

/** The whole record in one gesture: what it is, when, where, with whom. Those registered are told once, by one event. */
export const updateActivity = (ctx: AppContext, target: EditTarget, input: ActivityInput) =>
  editActivity<Exclude<UpdateActivityError, EditError>>(ctx, target, (tx, activity) => write(ctx, tx, activity, input))

type Refusal = Exclude<UpdateActivityError, EditError>

async function write(
  ctx: AppContext,
  tx: Database,
  activity: Activity,
  { sessions, partners, themeIds, territoryIds, ...columns }: ActivityInput,
): Promise<Result<Edit | null, Refusal>> {
  const rows = sessions.map(sessionRow)
  const problems = sessionProblems(rows)
  if (problems.length > 0) return err({ type: 'sessions', problems })
  if (activity.status === 'published' && rows.length === 0) return err({ type: 'published-without-session' })
  const before = await linkedLists(tx, activity.id)
  const kept = { terms: [activity.kindId, activity.mainThemeId, ...before.themes] }
  const unknown = await unknownChoice(tx, { ...columns, themeIds, territoryIds }, kept)
  if (unknown) return err(unknown)
  const found = await findPartners(tx, ctx, partners)
  if (!found.ok) return found

  const after = {
    themes: [...new Set(themeIds)].filter((theme) => theme !== columns.mainThemeId).sort(),
    territories: [...new Set(territoryIds)].sort(),
    partners: partnerTrace(found.value),
    sessions: sessionTrace(rows),
  }
  const was = {
    themes: before.themes,
    territories: before.territories,
    partners: before.partners,
    sessions: before.sessions,
  }
  const fields = { ...changedFields<Record<string, unknown>>(activity, columns), ...changedFields(was, after) }
  if (Object.keys(fields).length === 0 && !detailsChanged(before.rows, rows)) return ok(null)

  await writeSessions(tx, activity.id, before.rows, rows)
  await writeThemes(tx, activity.id, after.themes)
  await writeTerritories(tx, activity.id, after.territories)
  await writePartners(tx, activity.id, found.value)
  const told = await tell(tx, ctx, activity, fields)
  return ok({ action: 'activities.updated', fields, set: { ...columns, ...told } })
}

async function linkedLists(tx: Database, activityId: string) {
  const rows = await sessionsOf(tx, activityId)
  const themes = await tx.select().from(activityThemes).where(eq(activityThemes.activityId, activityId))
  const territories = await tx.select().from(activityTerritories).where(eq(activityTerritories.activityId, activityId))
  return {
    rows,
    sessions: sessionTrace(rows),
    themes: themes.map(({ themeId }) => themeId).sort(),
    territories: territories.map(({ territoryId }) => territoryId).sort(),
    partners: partnerTrace(await partnersOf(tx, activityId)),
  }
}

/** The title, the place or the link of a session: no date moved, yet something was written. */
function detailsChanged(before: readonly SessionRow[], after: readonly SessionRow[]): boolean {
  const details = (rows: readonly SessionRow[]) =>
    rows.map(({ startsAt, title, place, remoteLink }) => JSON.stringify([startsAt, title, place, remoteLink])).sort()
  return details(before).join() !== details(after).join()
}

async function writeThemes(tx: Database, activityId: string, ids: readonly string[]) {
  await tx.delete(activityThemes).where(eq(activityThemes.activityId, activityId))
  if (ids.length > 0) await tx.insert(activityThemes).values(ids.map((themeId) => ({ activityId, themeId })))
}

async function writeTerritories(tx: Database, activityId: string, ids: readonly string[]) {
  await tx.delete(activityTerritories).where(eq(activityTerritories.activityId, activityId))
  if (ids.length > 0)
    await tx.insert(activityTerritories).values(ids.map((territoryId) => ({ activityId, territoryId })))
}

const tellsOf: Record<string, ActivityChange> = {
  sessions: 'dates',
  place: 'place',
  address: 'place',
  remoteLink: 'place',
  mode: 'mode',
}

/** Says to the rest of the house what a change means for those who are registered. */
async function tell(tx: Database, ctx: AppContext, activity: Activity, fields: FieldChanges) {
  if (activity.status !== 'published') return {}
  if (capacityGrew(fields)) await emit(tx, ctx, activityCapacityRaised, { activityId: activity.id })
  const what = [...new Set(Object.keys(fields).flatMap((field) => tellsOf[field] ?? []))]
  if (what.length === 0) return {}
  await emit(tx, ctx, activityChanged, { activityId: activity.id, what })
  return { calendarSequence: activity.calendarSequence + 1 }
}

/** A limit raised or lifted, or a second way of taking part. */
function capacityGrew(fields: FieldChanges): boolean {
  const grew = ([before, after]: [unknown, unknown]) =>
    after === null || (before !== null && Number(after) > Number(before))
  const limits = [fields.capacityOnsite, fields.capacityRemote].filter((change) => change !== undefined)
  return limits.some(grew) || fields.mode !== undefined
}
