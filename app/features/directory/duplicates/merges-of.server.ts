import { and, desc, eq } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'

import { readableValues } from '../history.server.ts'

import type { Entity } from './rules.ts'
import { merges } from './schema.server.ts'
import { sidesOf, type Side } from './sides.server.ts'

export interface MergeLine {
  id: string
  at: Date
  by: string
  /** The record that was merged into this one. */
  dropped: Side
  /** What this one took from it. */
  taken: { field: string; before: string; after: string }[]
  undone: { at: Date; by: string } | null
}

/** The merges into a record, the latest first; null where the actor may not merge. */
export async function mergesOf(ctx: AppContext, entity: Entity, id: string): Promise<MergeLine[] | null> {
  if (!can(ctx.actor, 'directory:merge')) return null
  const rows = await ctx.db
    .select()
    .from(merges)
    .where(and(eq(merges.entity, entity), eq(merges.keptId, id)))
    .orderBy(desc(merges.number))
    .limit(200)
  const sides = await sidesOf(
    ctx,
    entity,
    rows.map(({ droppedId }) => droppedId),
  )
  const readable = await readableValues(
    ctx.db,
    rows.map(({ keptFields }) => keptFields),
  )
  return rows.flatMap(({ id: mergeId, at, byLabel, droppedId, keptFields, undoneAt, undoneByLabel }) => {
    const dropped = sides.get(droppedId)
    return dropped
      ? [
          {
            id: mergeId,
            at,
            by: byLabel,
            dropped,
            taken: readable(keptFields),
            undone: undoneAt && { at: undoneAt, by: undoneByLabel ?? '' },
          },
        ]
      : []
  })
}
