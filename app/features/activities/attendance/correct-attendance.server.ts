import { and, eq } from 'drizzle-orm'
import { noteSituation } from '#app/features/directory/index.server.ts'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { attendances } from '../schema.server.ts'
import { namedOrganisation } from './named-organisation.server.ts'
import { openActivity } from './open-activity.server.ts'
import { parisDay } from './paris-day.server.ts'
import { type UnknownReference, unknownReference } from './references.server.ts'

/** What the row copied of the person at the activity's date. */
export interface Snapshot {
  function: string | null
  profileId: string | null
  organisationId: string | null
  organisationName: string | null
  departementId: string | null
}

export interface Correction extends Snapshot {
  activityId: string
  attendanceId: string
  /** Also keep it in the directory as this person's situation on that day. */
  toDirectory: boolean
}

export type CorrectAttendanceError = { type: 'not-allowed' } | { type: 'no-such-row' } | UnknownReference

/** Mends the profile, function, organisation or département of one row; the figures of that year follow, nothing else moves. */
export function correctAttendance(
  ctx: AppContext,
  { activityId, attendanceId, toDirectory, ...said }: Correction,
): Promise<Result<Snapshot, CorrectAttendanceError>> {
  return ctx.db.transaction(async (tx): Promise<Result<Snapshot, CorrectAttendanceError>> => {
    if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
    const activity = await openActivity(tx, activityId)
    const before = activity && (await held(tx, activityId, attendanceId))
    if (!before) return err({ type: 'no-such-row' })
    const unknown = await unknownReference(tx, said)
    if (unknown) return err(unknown)
    const after = { ...said, ...(await namedOrganisation(tx, said)) }
    const { personId, ...snapshot } = before
    const fields = changedFields<Snapshot & Record<string, unknown>>({ ...snapshot }, after)
    if (Object.keys(fields).length > 0) {
      await tx.update(attendances).set(after).where(eq(attendances.id, attendanceId))
      await recordChange(tx, ctx, {
        action: 'attendance.corrected',
        entity: 'attendance',
        entityId: attendanceId,
        fields,
      })
    }
    if (toDirectory) await noteSituation(tx, ctx, personId, activity.day ?? parisDay(ctx.now()), after)
    return ok(after)
  })
}

async function held(tx: Database, activityId: string, attendanceId: string) {
  const [row] = await tx
    .select({
      personId: attendances.personId,
      function: attendances.function,
      profileId: attendances.profileId,
      organisationId: attendances.organisationId,
      organisationName: attendances.organisationName,
      departementId: attendances.departementId,
    })
    .from(attendances)
    .where(and(eq(attendances.id, attendanceId), eq(attendances.activityId, activityId)))
    .for('update')
  return row
}
