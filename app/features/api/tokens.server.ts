import { createHash, randomBytes } from 'node:crypto'
import { desc, eq, isNull, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type Actor, type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { permissionsOfScopes, type Scope } from './scopes.ts'
import { tokens } from './schema.server.ts'

const FORM = /^mlg_[A-Za-z0-9_-]{43}$/
const DAY = 86_400_000
const MOST = 100

/** 256 random bits: looking its hash up says nothing of it by its timing. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

export interface NewToken {
  name: string
  scopes: readonly Scope[]
  /** Days until it ends by itself. */
  days: number
}

export type MakeTokenError = { type: 'not-allowed' } | { type: 'too-many' }

/** A new key, shown once: the table keeps its hash. */
export async function makeToken(
  ctx: AppContext,
  { name, scopes, days }: NewToken,
): Promise<Result<{ id: string; token: string }, MakeTokenError>> {
  if (!can(ctx.actor, 'api:write')) return err({ type: 'not-allowed' })
  const token = `mlg_${randomBytes(32).toString('base64url')}`
  return ctx.db.transaction(async (tx) => {
    const live = await tx.$count(tokens, isNull(tokens.revokedAt))
    if (live >= MOST) return err({ type: 'too-many' })
    const now = ctx.now()
    const [made] = await tx
      .insert(tokens)
      .values({
        name,
        scopes: [...scopes],
        tokenHash: hashOf(token),
        beginning: token.slice(0, 10),
        createdAt: now,
        createdBy: ctx.actor.label,
        expiresAt: new Date(now.getTime() + days * DAY),
      })
      .returning({ id: tokens.id })
    const fields = { name: [null, name] as [unknown, unknown], scopes: [null, [...scopes]] as [unknown, unknown] }
    await recordChange(tx, ctx, { action: 'api.token-made', entity: 'api-token', entityId: made!.id, fields })
    return ok({ id: made!.id, token })
  })
}

export type Token = Omit<typeof tokens.$inferSelect, 'tokenHash'>

/** The living first, then those that ended. */
export async function listTokens(ctx: AppContext): Promise<Token[] | null> {
  if (!can(ctx.actor, 'api:write')) return null
  const rows = await ctx.db
    .select()
    .from(tokens)
    .orderBy(sql`${tokens.revokedAt} nulls first`, desc(tokens.createdAt))
    .limit(300)
  return rows.map(({ tokenHash: _, ...token }) => token)
}

export type RevokeError = { type: 'not-allowed' } | { type: 'not-found' }

/** From its commit on, the key opens nothing. Twice is once. */
export async function revokeToken(ctx: AppContext, id: string): Promise<Result<null, RevokeError>> {
  if (!can(ctx.actor, 'api:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [token] = await tx.select().from(tokens).where(eq(tokens.id, id)).for('update')
    if (!token) return err({ type: 'not-found' })
    if (token.revokedAt) return ok(null)
    await tx.update(tokens).set({ revokedAt: ctx.now() }).where(eq(tokens.id, id))
    await recordChange(tx, ctx, {
      action: 'api.token-revoked',
      entity: 'api-token',
      entityId: id,
      fields: { name: [token.name, null] },
    })
    return ok(null)
  })
}

export interface Bearer {
  tokenId: string
  actor: Actor
}

/** Who a key speaks for; null: it is unknown, ended or revoked, and one does not learn which. */
export async function bearerOf(db: Database, authorization: string | null, now: Date): Promise<Bearer | null> {
  const token = /^Bearer ([^\s]{1,100})$/i.exec(authorization ?? '')?.[1] ?? ''
  if (!FORM.test(token)) return null
  const [row] = await db
    .select()
    .from(tokens)
    .where(eq(tokens.tokenHash, hashOf(token)))
  if (!row || row.revokedAt || row.expiresAt <= now) return null
  // once a minute is enough to know that it serves
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > 60_000)
    await db.update(tokens).set({ lastUsedAt: now }).where(eq(tokens.id, row.id))
  const actor: Actor = {
    kind: 'program',
    label: `Programme « ${row.name} »`,
    permissions: permissionsOfScopes(row.scopes),
  }
  return { tokenId: row.id, actor }
}
