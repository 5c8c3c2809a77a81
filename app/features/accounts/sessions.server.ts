import { and, eq, gt, lt, or, sql } from 'drizzle-orm'
import { personCards } from '#app/features/directory/index.server.ts'
import { type Actor, type AppContext, userActor } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { userSessions, users } from './schema.server.ts'
import { hashOf, isToken, newToken } from './tokens.server.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** A session ends after so long without a visit, and in any case after the second term. */
export const IDLE = 14 * DAY
export const ABSOLUTE = 30 * DAY

const before = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds)

const isOpen = (now: Date) => and(gt(userSessions.expiresAt, now), gt(userSessions.lastSeenAt, before(now, IDLE)))

/** Whose session this is: an active member of the team whose session is neither closed, idle nor too old; else null. */
export async function actorOfSession(db: Database, token: string | null, now: Date): Promise<Actor | null> {
  if (!isToken(token)) return null
  const [found] = await db
    .select({
      sessionId: userSessions.id,
      lastSeenAt: userSessions.lastSeenAt,
      userId: users.id,
      personId: users.personId,
      role: users.role,
      label: personCards.fullName,
    })
    .from(userSessions)
    .innerJoin(users, eq(users.id, userSessions.userId))
    .innerJoin(personCards, eq(personCards.id, users.personId))
    .where(and(eq(userSessions.tokenHash, hashOf(token)), isOpen(now), eq(users.status, 'active')))
  if (!found) return null
  const { sessionId, lastSeenAt, ...user } = found
  if (lastSeenAt <= before(now, MINUTE)) await noteVisit(db, sessionId, user.userId, now)
  return userActor(user)
}

/** At most once a minute: two requests at once write once. */
async function noteVisit(db: Database, sessionId: string, userId: string, now: Date) {
  await db.execute(sql`
    with seen as (
      update accounts.session set last_seen_at = ${now.toISOString()}::timestamptz
      where id = ${sessionId} and last_seen_at <= ${before(now, MINUTE).toISOString()}::timestamptz
      returning user_id
    )
    update accounts.user set last_seen_at = ${now.toISOString()}::timestamptz
    where id = ${userId} and exists (select from seen)`)
}

/** The token goes in the cookie and nowhere else. */
export async function openSession(
  tx: Database,
  ctx: AppContext,
  userId: string,
  device: string | null,
): Promise<string> {
  const [token, now] = [newToken(), ctx.now()]
  const expiresAt = new Date(now.getTime() + ABSOLUTE)
  await tx
    .insert(userSessions)
    .values({ tokenHash: hashOf(token), userId, device, createdAt: now, lastSeenAt: now, expiresAt })
  await tx.update(users).set({ lastSeenAt: now }).where(eq(users.id, userId))
  return token
}

export async function closeSession(db: Database, token: string | null): Promise<void> {
  if (!isToken(token)) return
  await db.delete(userSessions).where(eq(userSessions.tokenHash, hashOf(token)))
}

export async function closeAllSessions(tx: Database, userId: string): Promise<void> {
  await tx.delete(userSessions).where(eq(userSessions.userId, userId))
}

/** What can open nothing any more has no reason to stay. */
export async function forgetEndedSessions(db: Database, now: Date): Promise<void> {
  await db
    .delete(userSessions)
    .where(or(lt(userSessions.expiresAt, now), lt(userSessions.lastSeenAt, before(now, IDLE))))
}

export interface OwnSession {
  id: string
  device: string | null
  createdAt: Date
  lastSeenAt: Date
  current: boolean
}

/** The open sessions of one's own account, the latest used first. */
export async function ownSessions(ctx: AppContext, userId: string, currentToken: string | null): Promise<OwnSession[]> {
  const rows = await ctx.db
    .select()
    .from(userSessions)
    .where(and(eq(userSessions.userId, userId), isOpen(ctx.now())))
  const current = isToken(currentToken) ? hashOf(currentToken) : null
  return rows
    .map(({ id, device, createdAt, lastSeenAt, tokenHash }) => ({
      id,
      device,
      createdAt,
      lastSeenAt,
      current: tokenHash === current,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.getTime() - a.lastSeenAt.getTime())
}
