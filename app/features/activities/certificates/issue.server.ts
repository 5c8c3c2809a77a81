import { and, inArray, sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type LinkError, readOwn } from '../registration/own.server.ts'
import { type Candidate, candidatesOf, type Only } from './candidates.server.ts'
import { newCode } from './code.ts'
import { liveByPerson, ofSubject, saysTheSame } from './live.server.ts'
import { certificates } from './schema.server.ts'
import { type Subject, type SubjectFacts, subjectFacts } from './subject.server.ts'

/** Why no certificate can be given yet, or ever. */
export type SubjectError =
  | { type: 'no-such-subject' }
  | { type: 'not-given'; state: 'draft' | 'cancelled' }
  | { type: 'no-date' }
  | { type: 'not-over'; endsAt: Date }
  /** A cycle that asks for no share of presence gives no certificate. */
  | { type: 'no-certificate' }

export function subjectError(facts: SubjectFacts | null, kind: Subject['kind'], now: Date): SubjectError | null {
  if (!facts) return { type: 'no-such-subject' }
  if (facts.state !== 'given') return { type: 'not-given', state: facts.state }
  if (kind === 'series' && facts.requiredShare === null) return { type: 'no-certificate' }
  if (!facts.endsAt) return { type: 'no-date' }
  return facts.endsAt > now || facts.coming > 0 ? { type: 'not-over', endsAt: facts.endsAt } : null
}

export type IssueError = { type: 'not-allowed' } | { type: 'not-entitled' } | SubjectError

/** The certificate of one presence, from the office: the one there is when it still says the truth, a new version otherwise. */
export function issueCertificate(
  ctx: AppContext,
  { subject, only }: { subject: Subject; only: Only },
): Promise<Result<{ id: string }, IssueError>> {
  return ctx.db.transaction(async (tx): Promise<Result<{ id: string }, IssueError>> => {
    if (!can(ctx.actor, 'attendance:write')) return err({ type: 'not-allowed' })
    return issueOne(tx, ctx, subject, only)
  })
}

/** One's own certificate, by the link of one's registration. */
export async function issueOwnCertificate(
  ctx: AppContext,
  token: string,
): Promise<Result<{ id: string }, LinkError | Exclude<IssueError, { type: 'not-allowed' }>>> {
  const own = await readOwn(ctx, token)
  if (!own.ok) return own
  const { id: attendanceId, activity } = own.value
  return ctx.db.transaction((tx) => issueOne(tx, ctx, { kind: 'activity', id: activity.id }, { attendanceId }))
}

type OneError = Exclude<IssueError, { type: 'not-allowed' }>

async function issueOne(
  tx: Database,
  ctx: AppContext,
  subject: Subject,
  only: Only,
): Promise<Result<{ id: string }, OneError>> {
  const issued = await issueTo(tx, ctx, subject, only)
  if (!issued.ok) return issued
  const [id] = issued.value.ids
  if (!id) return err({ type: 'not-entitled' })
  if (issued.value.made > 0)
    await recordChange(tx, ctx, { action: 'certificates.issued', entity: subject.kind, entityId: subject.id })
  return ok({ id })
}

export interface Issued {
  /** Of everybody entitled, in the order of their names. */
  ids: string[]
  made: number
}

/** Gives their certificate to all who are entitled to it; who already has one that says the same keeps it. Checks no permission. */
export async function issueTo(
  tx: Database,
  ctx: AppContext,
  subject: Subject,
  only: Only = {},
): Promise<Result<Issued, SubjectError>> {
  await hold(tx, subject)
  const facts = await subjectFacts(tx, subject, ctx.now())
  const refusal = subjectError(facts, subject.kind, ctx.now())
  if (refusal) return err(refusal)
  const candidates = await candidatesOf(tx, subject, facts!, ctx.now(), only)
  const live = await liveByPerson(
    tx,
    subject,
    candidates.map(({ personId }) => personId),
  )
  const missing = candidates.filter((one) => {
    const known = live.get(one.personId)
    return !known || !saysTheSame(known, one)
  })
  const made = await writeVersions(tx, ctx, subject, missing)
  const idOf = ({ personId }: Candidate) => made.get(personId) ?? live.get(personId)!.id
  return ok({ ids: candidates.map(idOf), made: missing.length })
}

/** One at a time by subject; presences are held too, so that none is unsaid between the reading and the writing. */
async function hold(tx: Database, { kind, id }: Subject): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`certificate ${id}`}, 0))`)
  const of =
    kind === 'activity'
      ? sql`n.activity_id = ${id}`
      : sql`n.activity_id in (select id from activities.activity where series_id = ${id})`
  await tx.execute(sql`
    select count(*) from (
      select n.id from activities.attendance n where ${of} and n.status = 'present' order by n.id for share) as held`)
}

const BATCH = 500

/** Earlier versions lead to the new one, which alone is good. */
async function writeVersions(tx: Database, ctx: AppContext, subject: Subject, candidates: readonly Candidate[]) {
  const made = new Map(candidates.map(({ personId }) => [personId, crypto.randomUUID() as string]))
  for (let from = 0; from < candidates.length; from += BATCH) {
    const batch = candidates.slice(from, from + BATCH)
    await replace(tx, ctx, subject, made, batch)
    await tx.insert(certificates).values(
      batch.map((one) => ({
        id: made.get(one.personId)!,
        code: newCode(),
        kind: subject.kind,
        activityId: subject.kind === 'activity' ? subject.id : null,
        seriesId: subject.kind === 'series' ? subject.id : null,
        issuedAt: ctx.now(),
        ...one,
      })),
    )
  }
  return made
}

async function replace(
  tx: Database,
  ctx: AppContext,
  subject: Subject,
  made: Map<string, string>,
  batch: readonly Candidate[],
) {
  const people = batch.map(({ personId }) => personId)
  const pairs = JSON.stringify(people.map((personId) => ({ person: personId, version: made.get(personId) })))
  await tx
    .update(certificates)
    .set({
      revokedAt: sql`coalesce(${certificates.revokedAt}, ${ctx.now().toISOString()}::timestamptz)`,
      revokedFor: sql`case ${certificates.revokedFor} when 'renamed' then 'renamed' else 'replaced' end`,
      replacedById: sql`(select p.version from jsonb_to_recordset(${pairs}::jsonb) as p(person uuid, version uuid)
        where p.person = ${certificates.personId})`,
    })
    .where(and(ofSubject(subject), inArray(certificates.personId, people)))
}
