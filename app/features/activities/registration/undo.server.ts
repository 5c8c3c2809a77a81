import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { flushedTransaction } from '#app/platform/flushed.server.ts'
import type { Result } from '#app/platform/result.ts'

class Undo extends Error {
  readonly failure: unknown
  constructor(failure: unknown) {
    super('undone')
    this.failure = failure
  }
}

/** A transaction of which a refusal leaves nothing: what was already written is taken back. */
export async function allOrNothing<Value, Failure>(
  ctx: AppContext,
  work: (tx: Database) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  try {
    return await flushedTransaction(ctx.db, async (tx) => {
      const result = await work(tx)
      if (!result.ok) throw new Undo(result.error)
      return result
    })
  } catch (error) {
    if (error instanceof Undo) return { ok: false, error: error.failure as Failure }
    throw error
  }
}
