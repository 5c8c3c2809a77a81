import type { AppContext } from '#app/platform/context.ts'
import { readProgress } from '#app/platform/progress.server.ts'
import type { ErasureReport } from '../erasure/background.server.ts'

export interface Work {
  done: number
  total: number | null
  finished: boolean
  failedReason: string | null
  report: ErasureReport | null
}

/** An erasure that was asked for, as far as it is; null for who may not look. */
export async function readErasureWork(ctx: AppContext, id: string): Promise<Work | null> {
  const progress = await readProgress(ctx, id)
  if (!progress) return null
  const { done, total, finishedAt, failedReason, result } = progress
  const report = result && 'erased' in result ? (result as ErasureReport) : null
  return { done, total, finished: finishedAt !== null, failedReason, report }
}
