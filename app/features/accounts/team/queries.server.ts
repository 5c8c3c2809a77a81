import { type SQL, sql } from 'drizzle-orm'
import { changesOf, type RecordedChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { ListState } from '#app/platform/list-params.ts'
import type { Role } from '#app/platform/permissions.ts'
import type { MemberState } from '../labels.ts'

export interface Member extends Record<string, unknown> {
  id: string
  personId: string
  fullName: string
  email: string
  role: Role
  state: MemberState
  createdAt: Date
  lastSeenAt: Date | null
}

const state = sql`case when u.status = 'suspended' then 'suspended'
  when u.password_hash is null and u.last_seen_at is null then 'invited' else 'active' end`

const members = sql`
  select u.id, u.person_id, p.full_name, p.family_name, p.given_name, p.search, u.email, u.role, ${state} as state,
    u.created_at, u.last_seen_at
  from accounts.user u join directory.person_card p on p.id = u.person_id`

/** Raw rows carry instants as the driver reads them. */
const shown = sql`id, person_id as "personId", full_name as "fullName", email, role, state, created_at as "createdAt", last_seen_at as "lastSeenAt"`

const orders: Record<string, SQL> = {
  nom: sql`platform.normalise(family_name || ' ' || given_name)`,
  role: sql`role`,
  vu: sql`last_seen_at`,
}

const oneOf = (column: SQL, values: readonly string[] | undefined) =>
  values && values.length > 0
    ? sql`${column} in (${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )})`
    : sql`true`

function matching({ q, filters }: ListState): SQL {
  const asked = q ? sql`strpos(search, platform.normalise(${q})) > 0` : sql`true`
  return sql`${asked} and ${oneOf(sql`role`, filters.role)} and ${oneOf(sql`state`, filters.etat)}`
}

/** The team as the list shows it; null without the right to see it. */
export async function listTeam(ctx: AppContext, list: ListState, page?: { offset: number; limit: number }) {
  if (!can(ctx.actor, 'users:read')) return null
  const direction = list.sort.direction === 'desc' ? sql`desc nulls last` : sql`asc nulls last`
  const { rows } = await ctx.db.execute<Member>(sql`
    with member as (${members}) select ${shown} from member where ${matching(list)}
    order by ${orders[list.sort.key] ?? orders.nom!} ${direction}, id
    ${page ? sql`limit ${page.limit} offset ${page.offset}` : sql``}`)
  return rows.map(asMember)
}

export async function countTeam(ctx: AppContext, list: ListState): Promise<number> {
  if (!can(ctx.actor, 'users:read')) return 0
  const { rows } = await ctx.db.execute<{ total: number }>(
    sql`with member as (${members}) select count(*)::int as total from member where ${matching(list)}`,
  )
  return rows[0]!.total
}

export interface MemberRecord extends Member {
  history: RecordedChange[]
}

/** One account with all that happened to it. */
export async function memberRecord(ctx: AppContext, userId: string): Promise<MemberRecord | null> {
  if (!can(ctx.actor, 'users:read')) return null
  const { rows } = await ctx.db.execute<Member>(
    sql`with member as (${members}) select ${shown} from member where id = ${userId}`,
  )
  const [found] = rows
  return found ? { ...asMember(found), history: await changesOf(ctx.db, 'user', userId) } : null
}

const instant = (value: Date | string) => (value instanceof Date ? value : new Date(value))

const asMember = (row: Member): Member => ({
  ...row,
  createdAt: instant(row.createdAt),
  lastSeenAt: row.lastSeenAt && instant(row.lastSeenAt),
})
