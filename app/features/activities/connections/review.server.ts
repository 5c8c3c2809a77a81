import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { instantOrNull } from '../instant.server.ts'
import type { ConnectionDecision, ConnectionState, ConnectionTool, ConnectionVerdict } from '../labels.ts'
import type { MinimumRule } from './durations.ts'
import { sessionsOf } from './held-activity.server.ts'
import { liveConnections } from './live.server.ts'
import type { Candidate } from './matching.server.ts'
import { proposals } from './proposals.server.ts'
import { newName } from './reading/new-name.ts'
import { ruleOf } from './rule.server.ts'
import { settle, type Settlement } from './settle.ts'

export interface ReviewLine {
  id: string
  /** null once erased. */
  name: string | null
  email: string | null
  phone: boolean
  heads: number
  /** Holds the meeting, as the file says. */
  host: boolean
  minutes: number | null
  enough: boolean
  verdict: ConnectionVerdict
  decision: ConnectionDecision | null
  byHand: boolean
  person: { id: string; name: string } | null
  candidates: Candidate[]
  /** What a new person would be called. */
  proposed: { givenName: string; familyName: string }
}

export interface Review {
  id: string
  activityId: string
  fileName: string
  tool: ConnectionTool
  state: ConnectionState
  rule: MinimumRule
  /** Minutes one must have been connected, by that rule. */
  minimum: number
  shift: number
  createdAt: Date
  createdBy: string
  forgotten: boolean
  lines: ReviewLine[]
  /** Lists in force of the same activity; the one this list seems to complete says so. */
  others: { id: string; fileName: string; tool: ConnectionTool; at: Date; same: boolean }[]
  /** Something of it falls in the sessions. */
  inSession: boolean
}

/** A list as one settles it; null when there is none, or when it may not be seen. `rule`: as if the minimum were that one. */
export async function connectionReview(
  ctx: AppContext,
  { activityId, importId, rule }: { activityId: string; importId: string; rule?: MinimumRule },
): Promise<Review | null> {
  if (!can(ctx.actor, 'attendance:write')) return null
  const head = await readHead(ctx.db, activityId, importId)
  if (!head) return null
  const { minutes, share, createdAt, ...list } = head
  const asked = rule ?? ruleOf({ minutes, share })
  const others = await otherLists(ctx.db, activityId, importId)
  const without = list.state === 'draft' ? others.filter(({ same }) => same).map(({ id }) => id) : []
  const live = await liveConnections(ctx.db, activityId, { draft: importId, without })
  const settlement = settle(live, await sessionsOf(ctx.db, activityId), asked)
  const lines = await readLines(ctx.db, activityId, importId, settlement)
  const timed = live.some(({ importId: from, joins }) => from === importId && joins.length > 0)
  return {
    ...list,
    activityId,
    rule: asked,
    minimum: settlement.minimum,
    createdAt: instantOrNull(createdAt)!,
    lines,
    others: others.map((one) => ({ ...one, at: instantOrNull(one.at)! })),
    inSession: !timed || lines.some(({ minutes: connected }) => (connected ?? 0) > 0),
  }
}

type Head = Omit<Review, 'rule' | 'minimum' | 'createdAt' | 'lines' | 'others' | 'inSession' | 'activityId'> & {
  createdAt: string
  minutes: number | null
  share: number | null
} & Record<string, unknown>

async function readHead(db: Database, activityId: string, importId: string): Promise<Head | null> {
  const { rows } = await db.execute<Head>(sql`
    select id, file_name as "fileName", tool, state, shift, created_at as "createdAt", created_by as "createdBy",
      forgotten_at is not null as forgotten, minimum_minutes as minutes, minimum_share as share
    from activities.connection_import where id = ${importId} and activity_id = ${activityId}`)
  return rows[0] ?? null
}

interface Other extends Record<string, unknown> {
  id: string
  fileName: string
  tool: ConnectionTool
  at: string
  same: boolean
}

/** Most names of the former are in this one: it is the same room, read later. */
async function otherLists(db: Database, activityId: string, importId: string): Promise<Other[]> {
  const { rows } = await db.execute<Other>(sql`
    select i.id, i.file_name as "fileName", i.tool, i.created_at as at,
      (select count(*) filter (where m.id is not null) >= 0.6 * count(*) from activities.connection_participant c
        left join activities.connection_participant m on m.import_id = ${importId} and m.key = c.key
        where c.import_id = i.id) as same
    from activities.connection_import i
    where i.activity_id = ${activityId} and i.state = 'applied' and i.id <> ${importId} order by i.created_at desc`)
  return rows
}

interface Row extends Record<string, unknown> {
  id: string
  key: string
  name: string | null
  email: string | null
  phone: boolean
  heads: number
  host: boolean
  verdict: ConnectionVerdict
  decision: ConnectionDecision | null
  byHand: boolean
  personId: string | null
  personName: string | null
}

async function readLines(
  db: Database,
  activityId: string,
  importId: string,
  { lines }: Settlement,
): Promise<ReviewLine[]> {
  const { rows } = await db.execute<Row>(sql`
    select c.id, c.key, c.name, c.email, c.phone, c.heads, c.role = 'host' as host, c.verdict, c.decision, c.by_hand as "byHand", k.id as "personId",
      k.full_name as "personName"
    from activities.connection_participant c left join directory.person_card p on p.id = c.person_id
    left join directory.person_card k on k.id = p.identity_id
    where c.import_id = ${importId} order by platform.normalise(coalesce(c.name, '')), c.id`)
  const named = rows.flatMap(({ key, name, email }) => (name === null ? [] : [{ key, name, email }]))
  const found = await proposals(db, activityId, named)
  return rows.map(({ key, personId, personName, ...row }) => ({
    ...row,
    minutes: lines.get(row.id)?.minutes ?? null,
    enough: lines.get(row.id)?.enough ?? false,
    person: personId && personName ? { id: personId, name: personName } : null,
    candidates: found.get(key) ?? [],
    proposed: newName(row.name ?? ''),
  }))
}
