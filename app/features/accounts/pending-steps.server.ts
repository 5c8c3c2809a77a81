import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { pendingSteps, type stepPurposes } from './schema.server.ts'
import { hashOf, isToken, newToken } from './tokens.server.ts'

export type StepPurpose = (typeof stepPurposes)[number]

const MINUTE = 60_000
export const STEP_LIFE = 10 * MINUTE

export interface Step<Data> {
  userId: string | null
  data: Data
}

/** The token goes to the browser and nowhere else; the table holds its hash. */
export async function beginStep(
  tx: Database,
  ctx: AppContext,
  purpose: StepPurpose,
  { userId, data }: Step<Record<string, unknown>>,
): Promise<string> {
  const [token, now] = [newToken(), ctx.now()]
  const expiresAt = new Date(now.getTime() + STEP_LIFE)
  await tx.insert(pendingSteps).values({ tokenHash: hashOf(token), purpose, userId, data, createdAt: now, expiresAt })
  return token
}

const open = (ctx: AppContext, purpose: StepPurpose, token: string) =>
  and(
    eq(pendingSteps.tokenHash, hashOf(token)),
    eq(pendingSteps.purpose, purpose),
    gt(pendingSteps.expiresAt, ctx.now()),
    sql`(${pendingSteps.userId} is null or exists (select from accounts.user u where u.id = ${pendingSteps.userId} and u.status = 'active'))`,
  )

const columns = { userId: pendingSteps.userId, data: pendingSteps.data }

/** Looks without using. The caller says what it had kept. */
export async function peekStep<Data>(
  db: Database,
  ctx: AppContext,
  purpose: StepPurpose,
  token: string | null,
): Promise<Step<Data> | null> {
  if (!isToken(token)) return null
  const [found] = await db
    .select(columns)
    .from(pendingSteps)
    .where(open(ctx, purpose, token))
  return (found as Step<Data> | undefined) ?? null
}

/** Uses the step: of two at once, one wins. */
export async function spendStep<Data>(
  tx: Database,
  ctx: AppContext,
  purpose: StepPurpose,
  token: string | null,
): Promise<Step<Data> | null> {
  if (!isToken(token)) return null
  const [spent] = await tx
    .delete(pendingSteps)
    .where(open(ctx, purpose, token))
    .returning(columns)
  return (spent as Step<Data> | undefined) ?? null
}

/** What was begun for an account ends with the password or the factor it rested on. */
export async function voidSteps(tx: Database, userId: string): Promise<void> {
  await tx.delete(pendingSteps).where(eq(pendingSteps.userId, userId))
}

export async function forgetOldSteps(db: Database, now: Date): Promise<void> {
  await db.delete(pendingSteps).where(lt(pendingSteps.expiresAt, now))
}
