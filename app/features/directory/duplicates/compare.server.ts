import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { likeOrganisation, likePerson, type Twin } from '../duplicates.server.ts'
import { readableValues } from '../history.server.ts'
import { kinds, type MergeRow, readRecords } from './kinds.server.ts'
import type { Entity } from './rules.ts'
import { type Side, sidesOf } from './sides.server.ts'
import { apart } from './tell-apart.server.ts'

/** A field that two records fill differently. */
export interface Difference {
  field: string
  label: string
  one: string
  other: string
}

export interface Comparison {
  one: Side
  mergedIntoId: string | null
  /** Records that look like this one and were not told apart from it. */
  twins: Twin[]
  other: { side: Side; differences: Difference[]; apart: boolean } | null
}

/** Two records side by side, or one and those that look like it; null where there is none, or none that one may merge. */
export async function compareRecords(
  ctx: AppContext,
  entity: Entity,
  id: string,
  otherId: string | null,
): Promise<Comparison | null> {
  if (!can(ctx.actor, 'directory:merge')) return null
  const rows = await readRecords(ctx.db, kinds[entity], otherId ? [id, otherId] : [id])
  const [row, otherRow] = [rows.find((one) => one.id === id), rows.find((one) => one.id === otherId && otherId !== id)]
  if (!row) return null
  const sides = await sidesOf(
    ctx,
    entity,
    rows.map((one) => one.id),
  )
  const aparts = await apartFrom(ctx, entity, id)
  return {
    one: sides.get(id)!,
    mergedIntoId: row.mergedIntoId,
    twins: (await twinsOf(ctx, entity, row)).filter((twin) => twin.id !== id && !aparts.has(twin.id)),
    other: otherRow
      ? {
          side: sides.get(otherRow.id)!,
          differences: await differencesOf(ctx, entity, row, otherRow),
          apart: aparts.has(otherRow.id),
        }
      : null,
  }
}

const twinsOf = ({ db }: AppContext, entity: Entity, row: MergeRow): Promise<Twin[]> =>
  entity === 'person'
    ? likePerson(db, { givenName: row.givenName!, familyName: row.familyName!, email: row.email!, phone: row.phone! })
    : likeOrganisation(db, { name: row.name!, acronym: row.acronym!, departementId: row.departementId! })

async function apartFrom(ctx: AppContext, entity: Entity, id: string): Promise<Set<string>> {
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select case when x.one_id = ${id} then x.other_id else x.one_id end as id from ${apart(entity)} x where ${id} in (x.one_id, x.other_id)`)
  return new Set(rows.map((row) => row.id))
}

/** What both say, and not in the same way; what only one says needs no choice. */
async function differencesOf(ctx: AppContext, entity: Entity, one: MergeRow, other: MergeRow): Promise<Difference[]> {
  const fields = Object.keys(kinds[entity].columns)
    .filter((field) => one[field] && other[field] && one[field] !== other[field])
    .map((field): [string, [unknown, unknown]] => [field, [one[field], other[field]]])
  const readable = await readableValues(ctx.db, [Object.fromEntries(fields)])
  return fields.map(([field, values]) => {
    const [words] = readable({ [field]: values })
    return { field, label: words!.field, one: words!.before, other: words!.after }
  })
}
