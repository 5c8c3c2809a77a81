import { and, eq, gt, lt, ne, or, sql } from 'drizzle-orm'
import { personCards } from '#app/features/directory/index.server.ts'
import { type Actor, type AppContext, userActor } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { settings } from '#app/platform/schema.server.ts'
import { userSessions, users } from './schema.server.ts'
import { RULE_KEY, ruleIn } from './second-factor/rule.server.ts'
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
      provenAt: userSessions.provenAt,
      strong: userSessions.strong,
      rule: settings.value,
    })
    .from(userSessions)
    .innerJoin(users, eq(users.id, userSessions.userId))
    .innerJoin(personCards, eq(personCards.id, users.personId))
    .leftJoin(settings, eq(settings.key, RULE_KEY))
    .where(and(eq(userSessions.tokenHash, hashOf(token)), isOpen(now), eq(users.status, 'active')))
  if (!found) return null
  const { lastSeenAt, strong, rule, ...user } = found
  if (lastSeenAt <= before(now, MINUTE)) await noteVisit(db, user.sessionId, user.userId, now)
  const confined = !strong && ruleIn(rule).secondFactorRoles.includes(user.role)
  return userActor({ ...user, confined })
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

export interface SessionFacts {
  /** With a second factor, or a passkey. */
  strong?: boolean
  /** Sealed. */
  idToken?: string | null
}

/** The token goes in the cookie and nowhere else. Who opens a session has just shown that it is them. */
export async function openSession(
  tx: Database,
  ctx: AppContext,
  userId: string,
  device: string | null,
  { strong = false, idToken = null }: SessionFacts = {},
): Promise<string> {
  const [token, now] = [newToken(), ctx.now()]
  const expiresAt = new Date(now.getTime() + ABSOLUTE)
  await tx.insert(userSessions).values({
    tokenHash: hashOf(token),
    userId,
    device,
    createdAt: now,
    lastSeenAt: now,
    provenAt: now,
    expiresAt,
    strong,
    idToken,
  })
  await tx.update(users).set({ lastSeenAt: now }).where(eq(users.id, userId))
  return token
}

/** What the next session of this device keeps of the present one. */
export async function sessionFacts(tx: Database, { actor }: AppContext): Promise<SessionFacts> {
  if (actor.kind !== 'user' || !actor.sessionId) return {}
  const [found] = await tx
    .select({ strong: userSessions.strong, idToken: userSessions.idToken })
    .from(userSessions)
    .where(eq(userSessions.id, actor.sessionId))
  return found ?? {}
}

export async function closeSession(db: Database, token: string | null): Promise<void> {
  if (!isToken(token)) return
  await db.delete(userSessions).where(eq(userSessions.tokenHash, hashOf(token)))
}

export async function closeAllSessions(tx: Database, userId: string): Promise<void> {
  await tx.delete(userSessions).where(eq(userSessions.userId, userId))
}

export async function closeOtherSessions(tx: Database, userId: string, sessionId: string | undefined): Promise<void> {
  const others = sessionId ? ne(userSessions.id, sessionId) : undefined
  await tx.delete(userSessions).where(and(eq(userSessions.userId, userId), others))
}

/** The session goes on under a new token: one that was seen before the proof is worth nothing after it. Null when it is over. */
export async function renewSession(
  tx: Database,
  ctx: AppContext,
  sessionId: string | undefined,
  gained: { strong?: true },
): Promise<string | null> {
  if (!sessionId) return null
  const token = newToken()
  const renewed = await tx
    .update(userSessions)
    .set({ tokenHash: hashOf(token), provenAt: ctx.now(), ...gained })
    .where(eq(userSessions.id, sessionId))
    .returning({ id: userSessions.id })
  return renewed.length > 0 ? token : null
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
