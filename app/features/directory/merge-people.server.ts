import type { AppContext } from '#app/platform/context.ts'
import type { Result } from '#app/platform/result.ts'
import { kinds } from './duplicates/kinds.server.ts'
import { type MergeError, type MergeInput, mergeRecords } from './duplicates/merge-records.server.ts'

/** Two records of one person become one (see `mergeRecords`). */
export const mergePeople = (ctx: AppContext, input: MergeInput): Promise<Result<{ mergeId: string }, MergeError>> =>
  mergeRecords(ctx, kinds.person, input)
