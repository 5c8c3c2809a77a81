import { and, eq, gt } from 'drizzle-orm'
import { type FieldChanges, recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { changes } from '#app/platform/schema.server.ts'
import { mayWriteActivities } from '../policy.ts'
import { activities } from '../schema.server.ts'
import { refreshSlug } from './slug.server.ts'

export type Activity = typeof activities.$inferSelect
type ActivityColumns = Partial<typeof activities.$inferInsert>

/** Somebody else changed the record since the form was shown. */
export interface ChangedSince {
  type: 'changed-since'
  by: string | null
  /** Version of the record as it now is: a form sent again with it wins, knowingly. */
  version: Date
  fields: FieldChanges
}

export type EditError = { type: 'not-allowed' } | { type: 'not-found' } | ChangedSince

export interface EditTarget {
  activityId: string
  /** `updatedAt` of the record that the person was looking at; null: whatever it is now. */
  version: Date | null
}

/** What an edit writes on the activity itself, and the trace it leaves; no field and no column: nothing happened. */
export interface Edit {
  action: string
  fields?: FieldChanges
  set?: ActivityColumns
}

class Refused extends Error {
  readonly error: unknown
  constructor(error: unknown) {
    super('refused')
    this.error = error
  }
}

/**
 * The frame of every change of an activity: permission, lock, version, then `work`, whose refusal undoes whatever it wrote.
 * The record, its trace and its new version are written in the same transaction.
 */
export async function editActivity<Failure>(
  ctx: AppContext,
  target: EditTarget,
  work: (tx: Database, activity: Activity) => Promise<Result<Edit | null, Failure>>,
  may: (actor: AppContext['actor']) => boolean = mayWriteActivities,
): Promise<Result<Activity, EditError | Failure>> {
  if (!may(ctx.actor)) return err({ type: 'not-allowed' })
  try {
    return await ctx.db.transaction(async (tx) => {
      const activity = await lockActivity(tx, target.activityId)
      if (!activity) return err({ type: 'not-found' })
      if (target.version && target.version.getTime() !== activity.updatedAt.getTime())
        return err(await changedSince(tx, activity, target.version))
      const done = await work(tx, activity)
      if (!done.ok) throw new Refused(done.error)
      return ok(done.value ? await writeEdit(tx, ctx, activity, done.value) : activity)
    })
  } catch (thrown) {
    if (thrown instanceof Refused) return err(thrown.error as Failure)
    throw thrown
  }
}

/** Held to the end: registrations draw their places under the same lock. */
async function lockActivity(tx: Database, id: string): Promise<Activity | undefined> {
  const [row] = await tx.select().from(activities).where(eq(activities.id, id)).for('update')
  return row
}

async function writeEdit(tx: Database, ctx: AppContext, before: Activity, edit: Edit): Promise<Activity> {
  const version = nextVersion(before.updatedAt, ctx.now())
  await tx
    .update(activities)
    .set({ ...edit.set, updatedAt: version })
    .where(eq(activities.id, before.id))
  await refreshSlug(tx, before.id)
  // the trace bears the version's own instant: what comes after a version is later than it
  await recordChange(
    tx,
    { ...ctx, now: () => version },
    {
      action: edit.action,
      entity: 'activity',
      entityId: before.id,
      fields: edit.fields ?? {},
    },
  )
  const [after] = await tx.select().from(activities).where(eq(activities.id, before.id))
  return after!
}

/** Two changes within one millisecond are still two versions. */
const nextVersion = (before: Date, now: Date) => new Date(Math.max(now.getTime(), before.getTime() + 1))

async function changedSince(tx: Database, activity: Activity, version: Date): Promise<ChangedSince> {
  const traces = await tx
    .select({ by: changes.actorLabel, fields: changes.fields })
    .from(changes)
    .where(and(eq(changes.entity, 'activity'), eq(changes.entityId, activity.id), gt(changes.at, version)))
    .orderBy(changes.id)
    .limit(50)
  return {
    type: 'changed-since',
    by: traces.at(-1)?.by ?? null,
    version: activity.updatedAt,
    fields: mergedFields(traces.map(({ fields }) => fields)),
  }
}

/** Several changes of one field read as one: the first before, the last after. */
function mergedFields(traces: readonly FieldChanges[]): FieldChanges {
  const merged: FieldChanges = {}
  for (const trace of traces)
    for (const [field, [before, after]] of Object.entries(trace)) merged[field] = [merged[field]?.[0] ?? before, after]
  return merged
}
