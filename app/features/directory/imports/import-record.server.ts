import { desc, eq, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { imports } from './schema.server.ts'

export type Import = typeof imports.$inferSelect
export type ImportState = Import['state']

/** null where there is none, or where the actor may not know of it. */
export async function importById(ctx: AppContext, id: string): Promise<Import | null> {
  if (!can(ctx.actor, 'directory:import')) return null
  const [row] = await ctx.db.select().from(imports).where(eq(imports.id, id))
  return row ?? null
}

/** Held until the end of the transaction: a gesture and a batch never cross. */
export async function holdImport(tx: Database, id: string): Promise<Import | null> {
  const [row] = await tx.select().from(imports).where(eq(imports.id, id)).for('update')
  return row ?? null
}

/** The latest imports first. */
export const latestImports = async (
  ctx: AppContext,
  { offset, limit }: { offset: number; limit: number },
): Promise<Import[]> =>
  can(ctx.actor, 'directory:import')
    ? ctx.db.select().from(imports).orderBy(desc(imports.createdAt), desc(imports.id)).limit(limit).offset(offset)
    : []

export const countImports = async (ctx: AppContext): Promise<number> =>
  can(ctx.actor, 'directory:import') ? ctx.db.$count(imports) : 0

export type Counts = Record<'create' | 'complete' | 'same' | 'doubtful' | 'rejected', number>

export async function countsOf(db: Database, id: string): Promise<Counts> {
  const { rows } = await db.execute<{ outcome: keyof Counts; count: number }>(sql`
    select outcome, count(*)::int as count from directory.import_row where import_id = ${id} group by outcome`)
  const none: Counts = { create: 0, complete: 0, same: 0, doubtful: 0, rejected: 0 }
  return { ...none, ...Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count])) }
}
