import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { type Candidate, candidatesOf } from './candidates.server.ts'
import { subjectError, type SubjectError } from './issue.server.ts'
import { type Live, liveByPerson, saysTheSame } from './live.server.ts'
import { type Subject, subjectFacts } from './subject.server.ts'

export interface CertificateRow {
  personId: string
  name: string
  hasEmail: boolean
  /** `stale`: something it says has changed since; a new version can be given. */
  state: 'none' | 'given' | 'stale'
  id: string | null
  code: string | null
  issuedAt: Date | null
  sentAt: Date | null
}

export interface CertificateList {
  title: string
  refusal: SubjectError | null
  total: number
  given: number
  withoutEmail: number
  unsent: number
  rows: CertificateRow[]
}

/** Everybody entitled to a certificate, and the one they have; null: no such subject, or not for this actor. */
export async function certificateList(ctx: AppContext, subject: Subject): Promise<CertificateList | null> {
  if (!can(ctx.actor, 'attendance:read')) return null
  const facts = await subjectFacts(ctx.db, subject, ctx.now())
  if (!facts) return null
  const refusal = subjectError(facts, subject.kind, ctx.now())
  const candidates = refusal ? [] : await candidatesOf(ctx.db, subject, facts, ctx.now())
  const people = candidates.map(({ personId }) => personId)
  const [live, reachable] = [await liveByPerson(ctx.db, subject, people), await withEmail(ctx, people)]
  const rows = candidates.map((one) => rowOf(one, live.get(one.personId), reachable.has(one.personId)))
  return {
    title: facts.title,
    refusal,
    total: rows.length,
    given: rows.filter(({ id }) => id).length,
    withoutEmail: rows.filter(({ hasEmail }) => !hasEmail).length,
    unsent: rows.filter(({ hasEmail, sentAt }) => hasEmail && !sentAt).length,
    rows,
  }
}

async function withEmail(ctx: AppContext, people: string[]): Promise<Set<string>> {
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select id from directory.person_card where id = any(${sql.param(people)}::uuid[]) and email is not null`)
  return new Set(rows.map(({ id }) => id))
}

function rowOf(one: Candidate, live: Live | undefined, hasEmail: boolean): CertificateRow {
  return {
    personId: one.personId,
    name: one.holder,
    hasEmail,
    state: !live ? 'none' : saysTheSame(live, one) ? 'given' : 'stale',
    id: live?.id ?? null,
    code: live?.code ?? null,
    issuedAt: live?.issuedAt ?? null,
    sentAt: live?.sentAt ?? null,
  }
}
