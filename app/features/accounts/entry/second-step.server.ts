import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { noteSignIn, type SecondStep } from '../history/sign-ins.server.ts'
import { withinAccountLimit, withinIpLimit } from '../limits.server.ts'
import { peekStep, spendStep } from '../pending-steps.server.ts'
import { type Factors, factorsOf, spendCode } from '../second-factor/factors.server.ts'
import { type Around, type FirstStep, openDoor, tellRecoveryCodeUsed } from './admit.server.ts'

/** Of whom the second step is awaited, and with what it may be made; null when none is, or no more. */
export async function awaitedStep(
  ctx: AppContext,
  token: string | null,
): Promise<(Factors & { userId: string }) | null> {
  const step = await peekStep<FirstStep>(ctx.db, ctx, 'second-step', token)
  return step?.userId ? { userId: step.userId, ...(await factorsOf(ctx.db, step.userId)) } : null
}

export type SecondStepError = { type: 'step-over' } | { type: 'too-many-tries' } | { type: 'wrong-code' }
export interface Inside {
  userId: string
  session: string
}

/** A code of the telephone or a recovery code, after the password or the link. */
export async function takeSecondStep(
  ctx: AppContext,
  { step: token, code, ...around }: Around & { step: string | null; code: string },
): Promise<Result<Inside, SecondStepError>> {
  if (!(await withinIpLimit(ctx, 'second-step', around.ip))) return err({ type: 'too-many-tries' })
  const awaited = await peekStep<FirstStep>(ctx.db, ctx, 'second-step', token)
  const { userId } = awaited ?? {}
  if (!awaited || !userId) return err({ type: 'step-over' })
  if (!(await withinAccountLimit(ctx, 'second-step', userId))) return err({ type: 'too-many-tries' })
  return ctx.db.transaction(async (tx) => {
    const used = await spendCode(tx, ctx, userId, code)
    if (!used) {
      const { device, ip } = around
      await noteSignIn(tx, ctx, { userId, method: awaited.data.method, outcome: 'wrong-code', device, ip })
      return err({ type: 'wrong-code' })
    }
    if (used === 'recovery') await tellRecoveryCodeUsed(tx, ctx, userId, (await factorsOf(tx, userId)).codesLeft)
    return finishSecondStep(tx, ctx, { token, used, around })
  })
}

/** The step is spent with the code: neither serves twice. */
export async function finishSecondStep(
  tx: Database,
  ctx: AppContext,
  { token, used, around }: { token: string | null; used: SecondStep; around: Around },
): Promise<Result<Inside, { type: 'step-over' }>> {
  const spent = await spendStep<FirstStep>(tx, ctx, 'second-step', token)
  if (!spent?.userId) return err({ type: 'step-over' })
  return ok({ userId: spent.userId, session: await openDoor(tx, ctx, spent.userId, spent.data, around, used) })
}
