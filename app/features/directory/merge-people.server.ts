import type { AppContext } from '#app/platform/context.ts'
import type { Result } from '#app/platform/result.ts'
import { kinds } from './duplicates/kinds.server.ts'
import { type MergeError, type MergeInput, mergeRecords } from './duplicates/merge-records.server.ts'
import { undoMerge } from './duplicates/undo-merge.server.ts'

/** Two records of one person become one (see `mergeRecords`). */
export const mergePeople = (ctx: AppContext, input: MergeInput): Promise<Result<{ mergeId: string }, MergeError>> =>
  mergeRecords(ctx, kinds.person, input)

/** The two are two again (see `undoMerge`). */
export const undoPeopleMerge = (ctx: AppContext, input: { mergeId: string; apart?: boolean }) =>
  undoMerge(ctx, kinds.person, input)
