import { eq } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { type JobHandler, onJob, onSchedule } from '#app/platform/jobs.server.ts'
import { enqueue, jobType } from '#app/platform/outbox.server.ts'
import {
  failProgress,
  finishProgress,
  type Progress,
  readProgress,
  startProgress,
  stepProgress,
} from '#app/platform/progress.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { findPairs } from './find-pairs.server.ts'
import type { Entity } from './rules.ts'
import { duplicateSearches } from './schema.server.ts'

export const searchDuplicates = jobType<{ entity: Entity; progressId: string }>(
  'directory.search-duplicates',
  'Chercher les doublons',
)

/** A search that says nothing for so long has died: another may be asked. */
const GIVEN_UP_AFTER = 15 * 60_000

export type AskSearchError = { type: 'not-allowed' } | { type: 'under-way' }

/** Asks for the list to be made anew, in the background. */
export async function askSearch(
  ctx: AppContext,
  entity: Entity,
): Promise<Result<{ progressId: string }, AskSearchError>> {
  if (!can(ctx.actor, 'directory:merge')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx }
    // the row is made first, so that there is something to hold: two who ask at once ask one after the other
    const asked = { entity, askedAt: new Date(0), endedAt: new Date(0) }
    await tx.insert(duplicateSearches).values(asked).onConflictDoNothing()
    const [last] = await tx.select().from(duplicateSearches).where(eq(duplicateSearches.entity, entity)).for('update')
    if (isUnderWay(ctx, last!)) return err({ type: 'under-way' })
    const label =
      entity === 'person' ? 'Chercher les doublons des personnes' : 'Chercher les doublons des organisations'
    const progressId = await startProgress(inside, { label, total: 100 })
    const state = { progressId, askedAt: ctx.now(), endedAt: null }
    await tx.update(duplicateSearches).set(state).where(eq(duplicateSearches.entity, entity))
    await enqueue(tx, ctx, searchDuplicates, { entity, progressId })
    return ok({ progressId })
  })
}

const isUnderWay = ({ now }: AppContext, { endedAt, askedAt }: typeof duplicateSearches.$inferSelect) =>
  endedAt === null && now().getTime() - askedAt.getTime() < GIVEN_UP_AFTER

/** The work itself. Run again, it makes the same list again. */
async function runSearch(ctx: AppContext, { entity, progressId }: { entity: Entity; progressId: string }) {
  try {
    const { records, found } = await findPairs(ctx, entity, (step, done) =>
      stepProgress(ctx, progressId, { done, step }),
    )
    await finishProgress(ctx, progressId, { records, found })
  } catch (error) {
    await failProgress(ctx, progressId, 'La recherche s’est interrompue ; elle sera reprise.')
    throw error
  }
  await ended(ctx, entity, progressId)
}

async function ended(ctx: AppContext, entity: Entity, progressId: string | null) {
  const state = { progressId, askedAt: ctx.now(), endedAt: ctx.now() }
  await ctx.db
    .insert(duplicateSearches)
    .values({ entity, ...state })
    .onConflictDoUpdate({ target: duplicateSearches.entity, set: state })
}

async function everyNight(ctx: AppContext) {
  for (const entity of ['person', 'organisation'] as const) {
    await findPairs(ctx, entity)
    await ended(ctx, entity, null)
  }
}

export const duplicatesJobs: JobHandler[] = [
  onJob(searchDuplicates, runSearch, { lane: 'long' }),
  onSchedule('directory.nightly-duplicates', 'Chercher les doublons de la nuit', '40 3 * * *', everyNight, {
    lane: 'long',
  }),
]

export interface SearchState {
  /** null: never yet. */
  endedAt: Date | null
  underWay: boolean
  /** Of who asked for it. */
  progress: Pick<Progress, 'done' | 'total' | 'step' | 'failedReason'> | null
}

export async function searchState(ctx: AppContext, entity: Entity): Promise<SearchState> {
  const [last] = await ctx.db.select().from(duplicateSearches).where(eq(duplicateSearches.entity, entity))
  if (!last) return { endedAt: null, underWay: false, progress: null }
  const underWay = isUnderWay(ctx, last)
  const progress = underWay && last.progressId ? await readProgress(ctx, last.progressId) : null
  return { endedAt: last.endedAt, underWay, progress }
}
