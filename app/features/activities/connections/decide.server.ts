import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { findOrMakePerson } from '#app/features/directory/index.server.ts'
import { namesake } from '../attendance/add-walk-in.server.ts'
import type { ConnectionDecision } from '../labels.ts'
import type { Stay } from './settle.ts'

/** What somebody says of a line. */
export type Decision =
  | { kind: 'person'; personId: string }
  | { kind: 'new'; givenName: string; familyName: string; email: string | null }
  | { kind: 'unidentified' }
  | { kind: 'aside' }

export interface BadDecision {
  type: 'bad-decision'
  line: string
  why: 'no-such-person' | 'same-name'
}

interface Input {
  activityId: string
  importId: string
  decisions: ReadonlyMap<string, Decision>
  undecided: 'ask' | 'unidentified'
  stays: ReadonlyMap<string, Stay>
}

interface Line extends Record<string, unknown> {
  id: string
  decision: ConnectionDecision | null
  personId: string | null
}

interface Settled {
  id: string
  decision: ConnectionDecision
  personId: string | null
}

/** Writes the decisions of a list; lines too short to count need none. */
export async function saveDecisions(
  tx: Database,
  ctx: AppContext,
  { activityId, importId, decisions, undecided, stays }: Input,
): Promise<BadDecision | { type: 'undecided'; lines: string[] } | null> {
  const { rows: lines } = await tx.execute<Line>(sql`
    select id, decision, person_id as "personId" from activities.connection_participant where import_id = ${importId}
    order by id for update`)
  const open = lines.filter(({ id, decision }) => !decision && !decisions.has(id) && stays.get(id)?.enough)
  if (undecided === 'ask' && open.length > 0) return { type: 'undecided', lines: open.map(({ id }) => id) }
  const missing = await missingPerson(tx, decisions)
  if (missing) return { type: 'bad-decision', line: missing, why: 'no-such-person' }
  const settled: Settled[] = []
  for (const line of lines) {
    const said = decisions.get(line.id)
    if (!said) continue
    const one = await settledLine(tx, ctx, activityId, line, said, stays.get(line.id)?.enough ?? false)
    if ('type' in one) return one
    if (one.decision !== line.decision || one.personId !== line.personId) settled.push(one)
  }
  await store(tx, settled)
  await tx.execute(sql`
    update activities.connection_participant set decision = 'unidentified' where import_id = ${importId} and decision is null`)
  return null
}

/** Keeps what is decided so far of a list that is not validated yet; somebody new is made at the validation only. */
export async function saveDraft(tx: Database, importId: string, decisions: ReadonlyMap<string, Decision>) {
  const missing = await missingPerson(tx, decisions)
  if (missing) return { type: 'bad-decision' as const, line: missing, why: 'no-such-person' as const }
  const { rows: lines } = await tx.execute<Line>(sql`
    select id, decision, person_id as "personId" from activities.connection_participant where import_id = ${importId} for update`)
  const settled = lines.flatMap(({ id, decision, personId }): Settled[] => {
    const said = decisions.get(id)
    if (!said || said.kind === 'new') return []
    const next =
      said.kind === 'person'
        ? { decision: 'person' as const, personId: said.personId }
        : { decision: said.kind, personId: null }
    return next.decision === decision && next.personId === personId ? [] : [{ id, ...next }]
  })
  await store(tx, settled)
  return null
}

async function settledLine(
  tx: Database,
  ctx: AppContext,
  activityId: string,
  { id }: Line,
  said: Decision,
  enough: boolean,
): Promise<Settled | BadDecision> {
  if (said.kind === 'person') return { id, decision: 'person', personId: said.personId }
  if (said.kind !== 'new') return { id, decision: said.kind, personId: null }
  // nobody is made of a connection too short to count
  if (!enough) return { id, decision: 'unidentified', personId: null }
  const { kind: _kind, ...person } = said
  if (await namesake(tx, activityId, said)) return { type: 'bad-decision', line: id, why: 'same-name' }
  const { personId } = await findOrMakePerson(tx, ctx, { ...person, source: 'connection-list' })
  return { id, decision: 'person', personId }
}

async function missingPerson(tx: Database, decisions: ReadonlyMap<string, Decision>): Promise<string | null> {
  const asked = [...decisions].flatMap(([line, said]) =>
    said.kind === 'person' ? [{ line, personId: said.personId }] : [],
  )
  if (asked.length === 0) return null
  const { rows } = await tx.execute<{ line: string }>(sql`
    select line from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as x(line text, "personId" uuid)
    where not exists (select 1 from directory.person_card p where p.id = x."personId") limit 1`)
  return rows[0]?.line ?? null
}

async function store(tx: Database, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return
  await tx.execute(sql`
    update activities.connection_participant c set decision = x.decision, person_id = x."personId", by_hand = true
    from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as x(id uuid, decision text, "personId" uuid) where c.id = x.id`)
}
