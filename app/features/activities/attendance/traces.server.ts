import { type AppContext, userIdOf } from '#app/platform/context.ts'
import type { FieldChanges } from '#app/platform/changes.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { changes } from '#app/platform/schema.server.ts'

/** The numbers of the traces left by one gesture: what « Annuler » gives back. */
export interface TraceRange {
  from: number
  to: number
}

export interface AttendanceTrace {
  attendanceId: string
  action: 'attendance.marked' | 'attendance.undone' | 'attendance.connected' | 'attendance.connection-undone'
  fields: FieldChanges
}

/** One trace per row, in one statement: a list of four hundred people is ticked in one gesture. Answers their numbers, by row. */
export async function recordTraces(
  tx: Database,
  ctx: AppContext,
  traces: readonly AttendanceTrace[],
): Promise<Map<string, number>> {
  if (traces.length === 0) return new Map()
  const actorId = userIdOf(ctx.actor)
  const rows = await tx
    .insert(changes)
    .values(
      traces.map(({ attendanceId, action, fields }) => ({
        at: ctx.now(),
        actorId,
        actorLabel: ctx.actor.label,
        requestId: ctx.requestId ?? null,
        entity: 'attendance',
        entityId: attendanceId,
        action,
        fields,
      })),
    )
    .returning({ id: changes.id, attendanceId: changes.entityId })
  return new Map(rows.map(({ id, attendanceId }) => [attendanceId, id]))
}

/** The numbers follow one another: the whole gesture goes from the first to the last. */
export const rangeOf = (traces: ReadonlyMap<string, number>): TraceRange | null =>
  traces.size > 0 ? { from: Math.min(...traces.values()), to: Math.max(...traces.values()) } : null
