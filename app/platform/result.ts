/** Expected failures are values: one union of errors per operation. What is not expected is thrown. */
export type Result<Value, Failure> = { ok: true; value: Value } | { ok: false; error: Failure }

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })
export const err = <Failure>(error: Failure): { ok: false; error: Failure } => ({ ok: false, error })
