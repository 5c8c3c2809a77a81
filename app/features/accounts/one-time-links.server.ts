import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { type linkPurposes, oneTimeLinks, users } from './schema.server.ts'
import { hashOf, isToken, newToken } from './tokens.server.ts'

export type LinkPurpose = (typeof linkPurposes)[number]

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const linkLife: Record<LinkPurpose, number> = {
  'set-up': 24 * HOUR,
  'sign-in': 15 * MINUTE,
  'password-reset': HOUR,
  invitation: 7 * 24 * HOUR,
}

const usable = (now: Date) => and(isNull(oneTimeLinks.usedAt), gt(oneTimeLinks.expiresAt, now))

/** The token is returned once, for the mail or the console; the table holds its hash. */
export async function makeLink(
  tx: Database,
  ctx: AppContext,
  purpose: LinkPurpose,
  userId: string | null,
): Promise<string> {
  const [token, now] = [newToken(), ctx.now()]
  const expiresAt = new Date(now.getTime() + linkLife[purpose])
  await tx.insert(oneTimeLinks).values({ tokenHash: hashOf(token), purpose, userId, createdAt: now, expiresAt })
  return token
}

export interface OpenLink {
  userId: string | null
  email: string | null
}

/** Looks without using: a mail scanner that follows the link must not spend it. */
export async function peekLink(ctx: AppContext, purpose: LinkPurpose, token: string): Promise<OpenLink | null> {
  if (!isToken(token)) return null
  const [found] = await ctx.db
    .select({ userId: oneTimeLinks.userId, email: users.email, status: users.status })
    .from(oneTimeLinks)
    .leftJoin(users, eq(users.id, oneTimeLinks.userId))
    .where(and(eq(oneTimeLinks.tokenHash, hashOf(token)), eq(oneTimeLinks.purpose, purpose), usable(ctx.now())))
  if (!found || found.status === 'suspended') return null
  return { userId: found.userId, email: found.email }
}

/** Uses the link: of two at once, one wins. Links of a suspended account open nothing. */
export async function spendLink(
  tx: Database,
  ctx: AppContext,
  purpose: LinkPurpose,
  token: string,
): Promise<{ userId: string | null } | null> {
  if (!isToken(token)) return null
  const [spent] = await tx
    .update(oneTimeLinks)
    .set({ usedAt: ctx.now() })
    .where(
      and(
        eq(oneTimeLinks.tokenHash, hashOf(token)),
        eq(oneTimeLinks.purpose, purpose),
        usable(ctx.now()),
        sql`(${oneTimeLinks.userId} is null or exists (select from accounts.user u where u.id = ${oneTimeLinks.userId} and u.status = 'active'))`,
      ),
    )
    .returning({ userId: oneTimeLinks.userId })
  return spent ?? null
}

/** Links not used yet stop working: another of the same kind was made, or the account changed. */
export async function voidLinks(
  tx: Database,
  { userId, purpose }: { userId?: string; purpose?: LinkPurpose },
): Promise<void> {
  await tx
    .delete(oneTimeLinks)
    .where(
      and(
        isNull(oneTimeLinks.usedAt),
        userId ? eq(oneTimeLinks.userId, userId) : isNull(oneTimeLinks.userId),
        purpose && eq(oneTimeLinks.purpose, purpose),
      ),
    )
}

const MONTH = 30 * 24 * HOUR

export async function forgetOldLinks(db: Database, now: Date): Promise<void> {
  await db.delete(oneTimeLinks).where(lt(oneTimeLinks.expiresAt, new Date(now.getTime() - MONTH)))
}
