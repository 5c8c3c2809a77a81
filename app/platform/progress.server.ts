import { desc, eq } from 'drizzle-orm'
import { type AppContext, can, userIdOf } from './context.ts'
import { progress } from './schema.server.ts'

export type Progress = typeof progress.$inferSelect

/** Begins something long, before or inside the job that does it; `ownerId` is the user who asked and may look. */
export async function startProgress(
  ctx: AppContext,
  { label, total, ownerId }: { label: string; total?: number; ownerId?: string | null },
): Promise<string> {
  const asked = userIdOf(ctx.actor)
  const [row] = await ctx.db
    .insert(progress)
    .values({ label, total: total ?? null, ownerId: ownerId ?? asked, startedAt: ctx.now() })
    .returning({ id: progress.id })
  return row!.id
}

/** How far it is; committed at once, apart from the work's own transaction, so that it can be seen. A few times a second is plenty. */
export async function stepProgress(ctx: AppContext, id: string, now: { done: number; total?: number; step?: string }) {
  await ctx.db.update(progress).set(now).where(eq(progress.id, id))
}

export async function finishProgress(ctx: AppContext, id: string, result: Record<string, unknown> | null = null) {
  await ctx.db
    .update(progress)
    .set({ finishedAt: ctx.now(), result, failedReason: null, step: null })
    .where(eq(progress.id, id))
}

/** `reason` is French, shown to who asked. */
export async function failProgress(ctx: AppContext, id: string, reason: string) {
  await ctx.db.update(progress).set({ finishedAt: ctx.now(), failedReason: reason }).where(eq(progress.id, id))
}

/** For who asked for it, and for those who read the jobs; null for anybody else. */
export async function readProgress(ctx: AppContext, id: string): Promise<Progress | null> {
  const [row] = await ctx.db.select().from(progress).where(eq(progress.id, id))
  const own = ctx.actor.kind === 'user' && row?.ownerId === ctx.actor.userId
  return row && (own || can(ctx.actor, 'jobs:read')) ? row : null
}

/** The latest long works of the house, the ones under way first. */
export async function latestProgress(ctx: AppContext, limit = 20): Promise<Progress[]> {
  if (!can(ctx.actor, 'jobs:read')) return []
  return ctx.db.select().from(progress).orderBy(desc(progress.finishedAt), desc(progress.startedAt)).limit(limit)
}
